"""What the plan would bring: class and hectares of the RTs whose criteria it improves.

An RT's volumes are those of its last verified assessment less what the plan takes off them, never
below 0 (domain.md, "The official assessment"). What is done counts until an assessment of that
year or later has seen it; what is cancelled never counts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Max
from django.utils import timezone

from areas import scoring
from areas.models import Activity, ActivityStatus, Assessment, Improvement, YearlyFigure
from areas.progress import Series
from areas.scoring import Measured, Result
from areas.series import counted_statuses


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
    """Return the RTs that the plan improves, of one village or of all; two queries."""
    improvements = _improvements(sample)
    if village is not None:
        improvements = improvements.filter(neighbourhood__village=village)
    return _expect(improvements, {})


def effect_of(activity: Activity) -> list[ExpectedRt]:
    """Return the RTs that one activity improves, as if nothing else were done."""
    return _expect(activity.improvements.all(), {})


def expected_path(
    series: Series, programme, *, village=None, provisional: bool = False
) -> list[tuple]:
    """Return the way of a programme's (or one of its villages') area if the plan is carried out.

    Work that was done by the year of a village's last figure is in that figure already.
    """
    figures = YearlyFigure.objects.filter(
        baseline__programme=programme, status__in=counted_statuses(provisional)
    )
    improvements = _improvements(programme.is_sample).filter(
        neighbourhood__village__baselines__programme=programme
    )
    if village is not None:
        figures = figures.filter(baseline__village=village)
        improvements = improvements.filter(neighbourhood__village=village)
    last = figures.order_by().values_list("baseline__village").annotate(Max("year"))
    known = dict(last)
    rts = _expect(improvements, known, otherwise=programme.baseline_year)
    return plan_path(rts, series.latest.year, series.latest.remaining_ha)


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


def _improvements(sample):
    return Improvement.objects.filter(activity__is_sample=sample, neighbourhood__is_sample=sample)


def _expect(improvements, known: Mapping[int, int], otherwise: int = 0) -> list[ExpectedRt]:
    """Return the RTs; `known` is village → last year that is in its figures, else `otherwise`."""
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
        planned = by_rt[assessment.neighbourhood_id]
        counted = known.get(assessment.neighbourhood.village_id, otherwise)
        now = _lowered(assessment.measured(), _done(planned, assessment.year, counted))
        dated = list(_still_to_come(planned, max(assessment.year, counted)))
        if dated:
            expected.append(_expected(assessment, now, dated))
    return expected


def _done(planned, assessed: int, known: int):
    """Yield (criterion, volume) of what was done after the assessment and is in the figures."""
    for key, volume, year, status in planned:
        if status == ActivityStatus.DONE and assessed < year <= known:
            yield key, volume


def _still_to_come(planned, known: int):
    """Yield (year, criterion, volume); what should be done by now, but is not, comes this year."""
    for key, volume, year, status in planned:
        if status != ActivityStatus.DONE:
            yield max(year, known + 1, timezone.localdate().year), key, volume
        elif year > known:
            yield year, key, volume


def _lowered(measured: Measured, improved: Iterable[tuple[str, Decimal]]) -> Measured:
    sums: dict[str, Decimal] = {}
    for key, volume in improved:
        sums[key] = sums.get(key, Decimal(0)) + volume
    return replace(measured, volumes=scoring.lowered(measured.volumes, sums))


def _expected(assessment, now: Measured, dated) -> ExpectedRt:
    by_year = {
        year: scoring.score(
            _lowered(now, [(key, volume) for each, key, volume in dated if each <= year])
        )
        for year in sorted({each for each, _, _ in dated})
    }
    return ExpectedRt(assessment, scoring.score(now), by_year)
