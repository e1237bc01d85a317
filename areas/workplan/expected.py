"""The expected effect of the work plan: class and slum hectares of the RTs that it improves.

An RT's volumes are those of its last verified assessment minus the planned improvements, never
below 0; improvements of criteria that its edition does not measure are left out. Finished work
counts until an assessment of its year or later includes it; cancelled work never counts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils import timezone

from areas.models import Activity, ActivityStatus, Assessment, Improvement
from areas.rules import scoring
from areas.rules.as_of import at_label
from areas.rules.criteria import by_code
from areas.rules.progress import Series
from areas.rules.scoring import Measured, Result
from areas.totals.series import counted_statuses, with_remaining
from kotaku.formats import round_half_up


@dataclass(frozen=True)
class ExpectedRt:
    """One RT: its last verified assessment, its score now, and its score by year with the plan."""

    assessment: Assessment
    now: Result
    by_year: dict[int, Result]

    @property
    def then(self) -> Result:
        """The score after the whole plan is carried out."""
        return self.by_year[max(self.by_year)]

    def reduced_ha(self, year: int) -> Decimal:
        """Return by how many hectares the slum area has decreased at the end of a year."""
        done = [each for each in self.by_year if each <= year]
        return self.now.slum_ha - self.by_year[max(done)].slum_ha if done else Decimal("0.00")


def expected_rts(*, sample: bool, village) -> list[ExpectedRt]:
    """Return a village's RTs that the plan improves, ignoring its yearly figures; two queries."""
    return _expect(_improvements(sample).filter(neighbourhood__village=village), {})


def effect_of(activity: Activity) -> list[ExpectedRt]:
    """Return the RTs that one activity improves, as if it were the only one."""
    return _expect(activity.improvements.all(), {})


@dataclass(frozen=True)
class VillagePlan:
    """A village's last counted area (or baseline) in hectares, and the RTs that the plan improves."""

    start_ha: Decimal
    rts: list[ExpectedRt]

    def gone_ha(self, year: int) -> Decimal:
        """Return the reduction in hectares at the end of a year, at most `start_ha`."""
        gone = sum((rt.reduced_ha(year) for rt in self.rts), Decimal(0))
        return min(self.start_ha, round_half_up(gone))


@dataclass(frozen=True)
class Expectation:
    """The expected effect of the plan on a village or a city: per RT, and as a `plan_path`."""

    start_year: int
    start_ha: Decimal
    start_label: str
    rts: list[ExpectedRt]
    path: list[tuple[int, Decimal]]


def expected_village(series: Series, baseline) -> Expectation:
    """Return the expected effect on a village, starting from its last counted figure."""
    village, programme = baseline.village, baseline.programme
    improvements = _improvements(programme.is_sample).filter(neighbourhood__village=village)
    rts = _expect(improvements, {village.pk: series.latest.year})
    return _expectation(series, [VillagePlan(series.latest.remaining_ha, rts)])


def expected_city(series: Series, programme, *, provisional: bool = False) -> Expectation:
    """Return the expected effect on a programme's villages, each starting from its last figure.

    A village's last figure already includes work that was done up to its year.
    """
    improvements = _improvements(programme.is_sample).filter(
        neighbourhood__village__baselines__programme=programme
    )
    baselines = programme.baselines.filter(
        village__in=improvements.values("neighbourhood__village")
    )
    rows = with_remaining(baselines.order_by(), counted_statuses(provisional))
    last = {
        village: (area_ha, programme.baseline_year if year is None else year)
        for village, area_ha, year in rows.values_list(
            "village", "remaining_ha", "remaining_ha_year"
        )
    }
    rts: dict[int, list[ExpectedRt]] = {village: [] for village in last}
    for rt in _expect(improvements, {village: year for village, (_, year) in last.items()}):
        rts[rt.assessment.neighbourhood.village_id].append(rt)
    return _expectation(
        series, [VillagePlan(area_ha, rts[village]) for village, (area_ha, _) in last.items()]
    )


def _expectation(series, villages: list[VillagePlan]) -> Expectation:
    year, area_ha = series.latest.year, series.latest.remaining_ha
    rts = [rt for village in villages for rt in village.rts]
    label = at_label(series.latest)
    return Expectation(year, area_ha, label, rts, plan_path(villages, year, area_ha))


def plan_path(
    villages: Iterable[VillagePlan], start_year: int, start_ha: Decimal
) -> list[tuple[int, Decimal]]:
    """Return (year, remaining hectares) for every year from the last known area to the plan's end.

    The reductions of the villages are added up. Empty if the plan reduces nothing.
    """
    villages = list(villages)
    planned = [year for village in villages for rt in village.rts for year in rt.by_year]
    last = max([start_year + 1, *planned])
    points = [(start_year, start_ha)]
    for year in range(start_year + 1, last + 1):
        gone = sum((village.gone_ha(year) for village in villages), Decimal(0))
        points.append((year, start_ha - gone))
    return points if points[-1][1] < start_ha else []


def _improvements(sample):
    return Improvement.objects.filter(activity__is_sample=sample, neighbourhood__is_sample=sample)


def _expect(improvements, known: Mapping[int, int]) -> list[ExpectedRt]:
    """Return the RTs to improve; `known` is village → year of its last figure (0 if missing)."""
    improvements = improvements.exclude(activity__status=ActivityStatus.CANCELLED).order_by("pk")
    rows = improvements.values_list(
        "neighbourhood", "criterion", "volume", "activity__year", "activity__status"
    )
    by_rt: dict[int, list] = {}
    for rt, *planned in rows:
        by_rt.setdefault(rt, []).append(planned)
    if not by_rt:
        return []
    # A list of keys, because PostgreSQL took minutes with a subquery.
    assessments = Assessment.objects.filter(neighbourhood__in=list(by_rt))
    latest = assessments.latest_until(timezone.localdate().year)
    ordered = latest.select_related("neighbourhood__village").order_by(
        "neighbourhood__village__name", "neighbourhood__rw", "neighbourhood__rt", "pk"
    )
    expected = []
    for assessment in ordered:
        measured = by_code(assessment.edition)
        planned = [
            (measured[code].key, *rest)
            for code, *rest in by_rt[assessment.neighbourhood_id]
            if code in measured
        ]
        counted = known.get(assessment.neighbourhood.village_id, 0)
        now = _lowered(assessment.measured(), _done(planned, assessment.year, counted))
        dated = list(_still_to_come(planned, max(assessment.year, counted)))
        if dated:
            expected.append(_expected(assessment, now, dated))
    return expected


def _done(planned, assessed: int, known: int):
    """Yield (criterion, volume) of work done after the assessment and included in the figures."""
    for key, volume, year, status in planned:
        if status == ActivityStatus.DONE and assessed < year <= known:
            yield key, volume


def _still_to_come(planned, known: int):
    """Yield (year, criterion, volume) of work not done by `known`; late work counts this year."""
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
