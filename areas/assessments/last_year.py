"""Links to assessments that officers have begun, above all those of the previous year."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from areas.models import Assessment, Programme
from areas.models.states import EDITABLE

MANY = 20


@dataclass(frozen=True)
class EarlierLink:
    """An assessment of the previous year that is not verified, or not begun (`state` "")."""

    name: str
    year: int
    state: str
    url: str


def unfinished(user) -> list[EarlierLink]:
    """Return the drafts and returned assessments of this officer's villages, newest year first."""
    found = Assessment.objects.editable_by(user).filter(status__in=EDITABLE).loaded()
    names = ("neighbourhood__village__name", "neighbourhood__rt", "pk")
    return [_link(each, str(each)) for each in found.order_by("-year", *names)[:MANY]]


def of_same_rt(assessment, user) -> EarlierLink | None:
    """Return the link to the RT's assessment of the previous year.

    None for other years than the present one, and once it is verified. If there is none, it is
    offered until the day on which the figures of that year are due, at least all January.
    """
    today = timezone.localdate()
    year = assessment.year - 1
    if assessment.year != today.year:
        return None
    rt = assessment.neighbourhood
    earlier = Assessment.objects.filter(neighbourhood=rt, year=year).first()
    if earlier is not None:
        is_decided = earlier.status == earlier.states.VERIFIED
        return None if is_decided else _link(earlier, rt.short_name)
    programme = Programme.objects.of_officer(user).current()
    due = programme.due_date(year) if programme else date.min
    if today > max(due, date(today.year, 1, 31)):
        return None
    url = reverse("areas:assessment-start", query={"rt": rt.pk, "tahun": year})
    return EarlierLink(rt.short_name, year, "", url)


def _link(assessment, name) -> EarlierLink:
    url = reverse("areas:assessment", args=[assessment.pk])
    return EarlierLink(name, assessment.year, assessment.get_status_display().lower(), url)
