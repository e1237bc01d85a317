"""Villages, found by name or code."""

from django.urls import reverse

from areas.models import Village
from kotaku.search import MAX_HITS, SearchHit, containing


def find_villages(words, user) -> list[SearchHit]:
    """Return the villages whose kind, name, code or district has all the words."""
    wanted = containing(words, "name", "code", "kind", "district__name")
    found = Village.objects.filter(wanted).select_related("district")[:MAX_HITS]
    return [
        SearchHit(
            "Desa/kelurahan",
            village.full_name,
            str(village.district),
            reverse("areas:village-detail", args=[village.code]),
        )
        for village in found
    ]
