"""The plan on a village's page: its activities and their expected effect."""

from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from areas.models import Activity, CommunityBoard, Village
from areas.workplan.expected import Expectation, ExpectedRt, expected_rts
from areas.workplan.expected_lines import ExpectedLine, expected_lines
from areas.workplan.plan_page import activity_line, plan_query
from kotaku.formats import format_hectares_unit

MANY = 20


@dataclass(frozen=True)
class ExpectedVillage:
    """The plan's expected effect on a village: a sentence and RTs; `more` RTs are not shown."""

    sentence: str
    lines: list[ExpectedLine]
    more: int


def _expected(rts: list[ExpectedRt], sentence: str) -> ExpectedVillage | None:
    """Return the expected effect of the plan; None if it improves no assessed RT."""
    if not rts:
        return None
    lines = expected_lines(rts)
    return ExpectedVillage(sentence, lines[:MANY], len(lines[MANY:]))


def village_plan(village, user, expectation: Expectation | None, *, sample: bool) -> dict:
    """Return the plan's part of a village's page for a user who may read it.

    `expectation` is the one for the period and the chart of the page; None without a period.
    """
    rts = expectation.rts if expectation else expected_rts(sample=sample, village=village)
    activities = Activity.objects.visible_to(user).of_kind(sample=sample).filter(village=village)
    newest = list(activities.loaded()[:MANY])
    query = {"desa": village.code} | plan_query(sample)
    may_plan = Village.objects.planned_by(user).filter(pk=village.pk).exists()
    board = CommunityBoard.objects.visible_to(user).filter(village=village).first()
    return {
        "lines": [activity_line(each) for each in newest],
        "list_url": reverse("areas:activity-list", query=query),
        "add_url": reverse("areas:activity-add", query=query) if may_plan else "",
        "expected": _expected(rts, _sentence(rts, expectation)),
        "board": board,
        "board_url": reverse("areas:community-board", args=[village.code]),
    }


def _sentence(rts: list[ExpectedRt], expectation: Expectation | None) -> str:
    """Return how many RTs will no longer be slum, and the change in area as drawn in the chart."""
    leaving = [rt for rt in rts if rt.now.is_slum and not rt.then.is_slum]
    if not leaving:
        return "Bila rencana terlaksana, belum ada RT yang tidak kumuh lagi."
    begins = f"Bila rencana terlaksana, {len(leaving)} RT tidak kumuh lagi"
    if expectation is None:
        gone = sum((rt.now.slum_ha for rt in leaving), Decimal(0))
        return f"{begins}, seluas {format_hectares_unit(gone)}."
    start = f"{format_hectares_unit(expectation.start_ha)} {expectation.start_label}"
    if not expectation.path:
        return f"{begins}; luas kumuh yang tercatat tetap {start}."
    year, area_ha = expectation.path[-1]
    return f"{begins}: luas kumuh {start} → {format_hectares_unit(area_ha)} pada akhir {year}."
