"""The plan on a village's page: its activities, and what they would bring."""

from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone

from areas.models import Activity, Assessment, CommunityBoard, Village
from areas.workplan.expected import expected_rts
from areas.workplan.expected_lines import ExpectedLine, expected_lines
from areas.workplan.screen import activity_line, plan_query
from kotaku.formats import format_hectares_unit

MANY = 20


@dataclass(frozen=True)
class ExpectedVillage:
    """What the plan would bring to a village: in a sentence, and RT by RT."""

    sentence: str
    lines: list[ExpectedLine]
    more: int


def expected_village(village, *, sample: bool) -> ExpectedVillage | None:
    """Return what the plan would bring; None where it improves no assessed RT."""
    rts = expected_rts(sample=sample, village=village)
    if not rts:
        return None
    lines = expected_lines(rts)
    return ExpectedVillage(
        _expected_sentence(rts, _slum_ha(village, sample=sample)),
        lines[:MANY],
        len(lines[MANY:]),
    )


def village_plan(village, user, *, sample: bool) -> dict | None:
    """Return the plan's part of a village's page; None for who may not read it."""
    if not (user.is_authenticated and user.covers(village.district.region)):
        return None
    activities = Activity.objects.visible_to(user).of_kind(sample=sample).filter(village=village)
    newest = list(activities.loaded()[:MANY])
    query = {"desa": village.code} | plan_query(sample)
    may_plan = Village.objects.planned_by(user).filter(pk=village.pk).exists()
    board = CommunityBoard.objects.visible_to(user).filter(village=village).first()
    return {
        "lines": [activity_line(each) for each in newest],
        "list_url": reverse("areas:activity-list", query=query),
        "add_url": reverse("areas:activity-add", query=query) if may_plan else "",
        "expected": expected_village(village, sample=sample),
        "board": board,
        "board_url": reverse("areas:community-board", args=[village.code]),
    }


def _slum_ha(village, *, sample: bool) -> Decimal:
    rows = Assessment.objects.of_village(village).of_kind(sample=sample)
    return rows.latest_until(timezone.localdate().year).shares()["slum_ha"] or Decimal(0)


def _expected_sentence(rts, slum_ha) -> str:
    leaving = sum(rt.now.is_slum and not rt.then.is_slum for rt in rts)
    if not leaving:
        return "Bila rencana terlaksana, belum ada RT yang keluar dari kumuh."
    gone = sum((rt.now.slum_ha - rt.then.slum_ha for rt in rts), Decimal(0))
    return (
        f"Bila rencana terlaksana, {leaving} RT keluar dari kumuh: luas kumuh menurut penilaian "
        f"{format_hectares_unit(slum_ha)} → {format_hectares_unit(slum_ha - gone)}."
    )
