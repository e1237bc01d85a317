"""What the plan would bring: class and hectares of the RTs whose criteria it improves.

An RT's volumes are those of its last verified assessment less what the plan takes off them, never
below 0 (domain.md, "The official assessment"). What is done counts until an assessment of that
year or later has seen it; what is cancelled never counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils import timezone

from areas import scoring
from areas.models import Activity, ActivityStatus, Assessment, Improvement
from areas.progress import Series
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


def expected_rts(*, sample: bool, village=None, known_until: int = 0) -> list[ExpectedRt]:
    """Return the RTs that the plan improves, of one village or of all; two queries.

    `known_until` is the last year whose work is in the figures already that this is held against.
    """
    improvements = Improvement.objects.filter(
        activity__is_sample=sample, neighbourhood__is_sample=sample
    )
    if village is not None:
        improvements = improvements.filter(neighbourhood__village=village)
    return _expect(improvements, known_until)


def effect_of(activity: Activity) -> list[ExpectedRt]:
    """Return the RTs that one activity improves, as if nothing else were done."""
    return _expect(activity.improvements.all(), known_until=0)


def _expect(improvements, known_until) -> list[ExpectedRt]:
    improvements = improvements.exclude(activity__status=ActivityStatus.CANCELLED).order_by("pk")
    rows = improvements.values_list(
        "neighbourhood", "criterion", "volume", "activity__year", "activity__status"
    )
    by_rt: dict[int, list] = {}
    for rt, *planned in rows:
        by_rt.setdefault(rt, []).append(planned)
    if not by_rt:
        return []
    latest = Assessment.objects.filter(
        neighbourhood__in=improvements.order_by().values("neighbourhood")
    ).latest_until(timezone.localdate().year)
    ordered = latest.select_related("neighbourhood__village").order_by(
        "neighbourhood__village__name", "neighbourhood__rw", "neighbourhood__rt", "pk"
    )
    expected = []
    for assessment in ordered:
        known = max(assessment.year, known_until)
        dated = list(_still_to_come(by_rt[assessment.neighbourhood_id], known))
        if dated:
            expected.append(_expected(assessment, dated))
    return expected


def _still_to_come(planned, known: int):
    """Yield (year, criterion, volume); what should be done by now, but is not, comes next year."""
    for key, volume, year, status in planned:
        if year > known:
            yield year, key, volume
        elif status != ActivityStatus.DONE:
            yield known + 1, key, volume


def _expected(assessment, dated) -> ExpectedRt:
    measured = assessment.measured()
    by_year = {}
    for year in sorted({each for each, _, _ in dated}):
        improved: dict[str, Decimal] = {}
        for each, key, volume in dated:
            if each <= year:
                improved[key] = improved.get(key, Decimal(0)) + volume
        volumes = scoring.lowered(measured.volumes, improved)
        by_year[year] = scoring.score(replace(measured, volumes=volumes))
    return ExpectedRt(assessment, scoring.score(measured), by_year)


def expected_path(series: Series, *, sample: bool, village=None) -> list[tuple]:
    """Return the way of a programme's or a village's area if the plan is carried out."""
    latest = series.latest
    rts = expected_rts(sample=sample, village=village, known_until=latest.year)
    return plan_path(rts, latest.year, latest.remaining_ha)


def plan_path(rts: Iterable[ExpectedRt], start_year: int, start_ha: Decimal) -> list[tuple]:
    """Return (year, hectares), every year from the last known area on, as the plan is carried out.

    Nothing falls below 0; empty when the plan brings no hectares out of slum.
    """
    rts = list(rts)
    last = max((year for rt in rts for year in rt.by_year), default=start_year)
    points = [(start_year, start_ha)]
    for year in range(start_year + 1, max(last, start_year + 1) + 1):
        gone = sum((rt.reduced_ha(year) for rt in rts), Decimal(0))
        points.append((year, max(Decimal("0.00"), start_ha - gone)))
    return points if points[-1][1] < start_ha else []
