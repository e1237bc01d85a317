"""Search for villages and activities of the work plan."""

from django.db.models import Case, When
from django.urls import reverse

from areas.models import Activity, Village
from kotaku.interface.search import (
    MAX_HITS,
    SearchHit,
    containing,
    excerpt,
)
from kotaku.regions.home import home_region


def find_villages(words, user) -> list[SearchHit]:
    """Return the villages whose kind, name, code or district contains all the words.

    A village that is named as asked ("Banjar", "desa binangun") comes first, then those whose name
    begins with the words, then those that contain them, then those of a district.
    """
    wanted = containing(words, "name", "code", "kind", "district__name")
    region = user.region if user.is_authenticated else home_region()
    villages = Village.objects.inside(region).filter(wanted).select_related("district")
    found = villages.order_by(_closeness(words), "name", "code")[:MAX_HITS]
    return [
        SearchHit(
            "Desa/kelurahan",
            village.full_name,
            str(village.district),
            reverse("areas:village-detail", args=[village.code]),
        )
        for village in found
    ]


def _closeness(words) -> Case:
    """Return how close a village's name is to the words, the closest first."""
    plain = [word for word in words if word.casefold() not in Village.Kind.values]
    asked, name = " ".join(words), " ".join(plain)
    ranks = [When(name__iexact=asked, then=0)]
    if name:
        ranks += [
            When(name__iexact=name, then=0),
            When(name__istartswith=name, then=1),
            When(containing(plain, "name"), then=2),
        ]
    return Case(*ranks, default=3)


def find_activities(words, user) -> list[SearchHit]:
    """Return the activities visible to this user whose texts or village name contain the words."""
    wanted = containing(words, "description", "actor", "note", "village__name")
    found = Activity.objects.visible_to(user).filter(wanted).select_related("village")
    return [
        SearchHit(
            "Kegiatan",
            excerpt(activity.description, words),
            f"{activity.village.full_name}, {activity.year}"
            + (", data contoh" if activity.is_sample else ""),
            reverse("areas:activity", args=[activity.pk]),
        )
        for activity in found.order_by("-year", "-pk")[:MAX_HITS]
    ]
