"""What the plan would bring: class and hectares of the RTs whose criteria it improves.

An RT's volumes are those of its last verified assessment less what planned and running
activities take off them, never below 0 (domain.md, "The official assessment").
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils import timezone

from areas import scoring
from areas.models import AHEAD, Assessment, Improvement
from areas.scoring import Result


@dataclass(frozen=True)
class ExpectedRt:
    """One RT: its last verified assessment, what it comes to now, and year by year with the plan."""

    assessment: Assessment
    now: Result
    by_year: dict[int, Result]

    @property
    def then(self) -> Result:
        """What it comes to once everything planned is carried out."""
        return self.by_year[max(self.by_year)]

    def reduced_ha(self, year: int) -> Decimal:
        """Return the hectares that are slum no more at the end of a year."""
        done = [each for each in self.by_year if each <= year]
        return self.now.slum_ha - self.by_year[max(done)].slum_ha if done else Decimal("0.00")


def expected_rts(*, sample: bool, village=None) -> list[ExpectedRt]:
    """Return the RTs that the plan improves, of one village or of all; three queries at most."""
    improvements = Improvement.objects.filter(
        activity__status__in=AHEAD, activity__is_sample=sample, neighbourhood__is_sample=sample
    )
    if village is not None:
        improvements = improvements.filter(neighbourhood__village=village)
    planned: dict[int, list] = {}
    rows = improvements.values_list("neighbourhood", "criterion", "volume", "activity__year")
    for rt, key, volume, year in rows.order_by("pk"):
        planned.setdefault(rt, []).append((year, key, volume))
    if not planned:
        return []
    latest = Assessment.objects.filter(
        neighbourhood__in=improvements.values("neighbourhood")
    ).latest_until(timezone.localdate().year)
    ordered = latest.select_related("neighbourhood__village").order_by(
        "neighbourhood__village__name", "neighbourhood__rw", "neighbourhood__rt", "pk"
    )
    return [_expected(assessment, planned[assessment.neighbourhood_id]) for assessment in ordered]


def _expected(assessment, planned) -> ExpectedRt:
    measured = assessment.measured()
    # What was planned for a year that the assessment already knows is still to come.
    dated = [(max(year, assessment.year + 1), key, volume) for year, key, volume in planned]
    by_year = {}
    for year in sorted({each for each, _, _ in dated}):
        improved: dict[str, Decimal] = {}
        for each, key, volume in dated:
            if each <= year:
                improved[key] = improved.get(key, Decimal(0)) + volume
        volumes = scoring.lowered(measured.volumes, improved)
        by_year[year] = scoring.score(replace(measured, volumes=volumes))
    return ExpectedRt(assessment, scoring.score(measured), by_year)


def plan_path(rts: Iterable[ExpectedRt], start_year: int, start_ha: Decimal) -> list[tuple]:
    """Return (year, hectares) from the last known area on, falling as the plan is carried out.

    Nothing falls below 0; empty when the plan brings no hectares out of slum after `start_year`.
    """
    rts = list(rts)
    years = sorted({max(year, start_year + 1) for rt in rts for year in rt.by_year})
    points = [(start_year, start_ha)]
    for year in years:
        gone = sum((rt.reduced_ha(year) for rt in rts), Decimal(0))
        points.append((year, max(Decimal("0.00"), start_ha - gone)))
    return points if points[-1][1] < start_ha else []
