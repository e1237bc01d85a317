"""Load the data for `summing`: a province or the nation, and its parts."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from django.utils import timezone

from areas.models import (
    Baseline,
    Programme,
    ProgrammeYear,
    YearlyFigure,
    YearTarget,
    programme_year,
)
from areas.models.baseline import Totals, as_totals
from areas.models.figure_queries import as_days
from areas.models.programme_year import BASELINE
from areas.models.states import OFFICIAL
from areas.rules import as_of
from areas.rules.progress import AsOf, Series, YearChange
from areas.rules.summing import Part, series_of, together
from kotaku.caching.remembered import of_one_moment, remembered
from kotaku.models import Region


@dataclass(frozen=True)
class RegionSum:
    """A region with the sum of its running periods; `series` is None if no area is known.

    `known` of its `regencies` kabupaten and kota have a running period with baselines;
    `programmes` are these periods.
    """

    region: Region
    series: Series | None
    known: int
    regencies: int
    programmes: Sequence[Programme]

    @property
    def is_sample(self) -> bool:
        """Whether the sum contains sample data."""
        return any(programme.is_sample for programme in self.programmes)

    @property
    def without_target(self) -> int:
        """The number of periods without a target; with any, the sum has no target."""
        return sum(programme.target_year is None for programme in self.programmes)


@of_one_moment("frame")
def region_sums(region: Region) -> tuple[RegionSum, list[RegionSum]]:
    """Return the sum of a province or the nation, and of its parts, sorted by name.

    The parts of the nation are provinces, those of a province kabupaten and kota. Only verified
    figures count; they come from the summary (`ProgrammeYear`), in a fixed number of queries.
    """
    whole, parts = _frame(region)
    known = [part for part in parts if part.whole]
    changes = _changes(region, known)
    everything = [change for part in known for change in changes[part.region.pk]]
    this_year = timezone.localdate().year
    return whole.summed(everything, this_year, series_of), [
        part.summed(changes.get(part.region.pk, ()), this_year, _series_of) for part in parts
    ]


@dataclass(frozen=True)
class _Framed:
    """A region with its number of kabupaten and kota and their running periods with baselines."""

    region: Region
    regencies: int
    programmes: tuple[Programme, ...]
    whole: Part | None

    @property
    def totals(self) -> Totals:
        """The totals of its baselines."""
        return self.whole.baseline_ha, self.whole.villages, self.whole.cleared_at_baseline

    def summed(self, changes, this_year, work_out) -> RegionSum:
        """Return its sum with these changes; `work_out` is `series_of` or its cached form."""
        series = work_out(self.whole, tuple(changes), this_year) if self.whole else None
        return RegionSum(self.region, series, len(self.programmes), self.regencies, self.programmes)


# A verification changes only one part; the others come from the cache.
_series_of = lru_cache(maxsize=1024)(series_of)


@remembered("frame")
def _frame(region) -> tuple[_Framed, list[_Framed]]:
    """Return the region and its parts, sorted by name."""
    regencies = list(
        Region.objects.inside(region).exclude(parent=None).select_related("parent").order_by("code")
    )
    running = _running(region)
    parts = _parts(region, running.values())
    groups: dict[int, list[Region]] = {}
    heads: dict[int, Region] = {}
    for regency in regencies:
        head = regency.parent if region.kind == Region.Kind.NATION else regency
        heads[head.pk] = head
        groups.setdefault(head.pk, []).append(regency)
    below = [_framed(heads[pk], group, running, parts) for pk, group in groups.items()]
    below.sort(key=lambda each: (each.region.name, each.region.code))
    return _framed(region, regencies, running, parts), below


def _framed(region, regencies, running, parts) -> _Framed:
    programmes = tuple(
        running[regency.pk]
        for regency in regencies
        if regency.pk in running and running[regency.pk].pk in parts
    )
    whole = together(parts[programme.pk] for programme in programmes)
    return _Framed(region, len(regencies), programmes, whole)


def _running(region) -> dict[int, Programme]:
    """Return region → its running period."""
    return {programme.region_id: programme for programme in Programme.objects.running(region)}


def _parts(region, programmes) -> dict[int, Part]:
    """Return programme → its Part of a sum, for programmes with villages' baselines."""
    inside = Programme.objects.inside(region)
    rows = list(Baseline.objects.filter(programme__in=inside).totals_by_programme())
    totals = {row["programme"]: as_totals(row) for row in rows}
    inferred = {row["programme"]: row["inferred"] for row in rows}
    stated = _stated(inside)
    return {
        programme.pk: Part(
            programme.baseline_year,
            *totals[programme.pk],
            programme.target(stated.get(programme.pk, {})),
            inferred[programme.pk],
        )
        for programme in programmes
        if programme.pk in totals
    }


def _stated(programmes) -> dict[int, dict[int, Decimal]]:
    """Return programme → year → its stated target in hectares."""
    rows = YearTarget.objects.filter(programme__in=programmes)
    found: dict = {}
    for programme, year, area_ha in rows.values_list("programme", "year", "area_ha"):
        found.setdefault(programme, {})[year] = area_ha
    return found


def _changes(region, parts: list[_Framed]) -> dict[int, list[YearChange]]:
    """Return part → its changes per year, from the summary if it covers all its villages."""
    rows: dict[int, list] = {part.region.pk: [] for part in parts}
    totals: dict[int, Totals] = {}
    for part, *row in _summary(region):
        if part not in rows:
            # A part without baselines.
            continue
        change = programme_year.as_change(*row)
        if change.year == BASELINE:
            totals[part] = programme_year.as_totals(change)
        elif change.counted:
            rows[part].append(change)
    for part in parts:
        if totals.get(part.region.pk) != part.totals:
            rows[part.region.pk] = _counted_anew(part.programmes)
    days = _days(region)
    return {part: as_of.dated(found, days.get(part, {})) for part, found in rows.items()}


def _days(region) -> dict[int, dict[int, AsOf]]:
    """Return part → year → the days of its dated figures, which the summary lacks."""
    path = "baseline__programme__region"
    if region.kind == Region.Kind.NATION:
        path += "__parent"
    running = Programme.objects.running(region)
    figures = YearlyFigure.objects.filter(baseline__programme__in=running)
    found: dict[int, dict[int, AsOf]] = {}
    for part, year, *days in figures.days_by_year(path):
        found.setdefault(part, {})[year] = as_days(*days)
    return found


def _counted_anew(programmes) -> list[YearChange]:
    """Return the changes from the figures, if the summary does not cover all villages."""
    figures = YearlyFigure.objects.filter(baseline__programme__in=programmes)
    return figures.yearly_changes(OFFICIAL)


def _summary(region):
    """Return (part, year, ares, counted, cleared) of the running periods in a region's parts."""
    running = Programme.objects.running()
    if region.kind == Region.Kind.NATION:
        return ProgrammeYear.objects.filter(programme__in=running).sums("programme__region__parent")
    running = running.filter(region__parent=region)
    return ProgrammeYear.objects.filter(programme__in=running).sums("programme__region")
