"""The entries of meetings in the site's navigation, with counts of what waits for the user."""

from collections.abc import Iterator

from django.db.models import F, Q
from django.urls import reverse

from kotaku.contributions import MenuEntry
from meetings.models import FollowUp, Meeting
from meetings.models.minutes import MinutesState


def menu_entries(user) -> Iterator[MenuEntry]:
    """Yield the pages about meetings that this user may open."""
    if user.is_authenticated:
        minutes = (minutes_to_approve(user),)
        yield MenuEntry(6, "Rakor", reverse("meetings:meeting-list"), minutes)
        # To carry out, and to confirm.
        follow_ups = (FollowUp.objects.of(user).open(), FollowUp.objects.confirmable_by(user))
        yield MenuEntry(7, "Tindak lanjut", reverse("meetings:follow-up-list"), follow_ups)
    yield MenuEntry(8, "Berita", reverse("meetings:article-list"))


def minutes_to_approve(user):
    """Return the meetings whose minutes wait for this user's approval."""
    submitted = Meeting.objects.visible_to(user).filter(minutes__state=MinutesState.SUBMITTED)
    mine = Q(chair_user=user)
    if user.is_bappeda:
        own = Q(chair_user=F("minutes__submitted_by"))
        mine |= Q(user.within("region")) & (Q(chair_user__isnull=True) | own)
    return submitted.filter(mine).exclude(minutes__submitted_by=user)
