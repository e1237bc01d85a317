"""Build the series that charts and sentences show, from baselines and counted figures.

Pure: standard library only. Areas are Decimal hectares, percentages Decimal 0–100.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import Enum

ZERO = Decimal("0.00")
HUNDREDTH = Decimal("0.01")
HALF_HUNDREDTH = Decimal("0.005")
HUNDRED = Decimal(100)


class Status(Enum):
    """The status of a programme against its target, as displayed."""

    ON_TARGET = "Sesuai target"
    BEHIND = "Terlambat"
    REACHED = "Tercapai"


@dataclass(frozen=True)
class Target:
    """The target of a programme: hectares left in `year`, and in some earlier years (`stated`)."""

    year: int
    area_ha: Decimal
    stated: Mapping[int, Decimal] = field(hash=False)

    def area_in(self, year: int, baseline_year: int, baseline_ha: Decimal) -> Decimal:
        """Return the target in hectares at the end of `year`, unrounded.

        Linear from the baseline through the stated years to the target, constant after it. A sum of
        regions also states its first year, because some parts have an earlier baseline.
        """
        if year >= self.year:
            return self.area_ha
        corners = {baseline_year: baseline_ha, **self.stated, self.year: self.area_ha}
        if year in corners:
            return corners[year]
        before = max(corner for corner in corners if corner < year)
        after = min(corner for corner in corners if corner > year)
        share = Decimal(year - before) / Decimal(after - before)
        return corners[before] + (corners[after] - corners[before]) * share

    def shown_in(self, year: int, baseline_year: int, baseline_ha: Decimal) -> Decimal:
        """Return `area_in` rounded to two decimals, as displayed and as used for gap and status."""
        area_ha = self.area_in(year, baseline_year, baseline_ha)
        return area_ha.quantize(HUNDREDTH, ROUND_HALF_UP)


@dataclass(frozen=True)
class AsOf:
    """First and last day of a year's figures not dated 31 December, and their number (`dated`)."""

    first: date
    last: date
    dated: int


@dataclass(frozen=True)
class YearChange:
    """The change of the total by the counted figures of one year.

    `delta_ha` is the sum of (this figure − the village's previous counted figure or baseline),
    so a village without a figure keeps its last area in the total.
    """

    year: int
    delta_ha: Decimal
    counted: int
    cleared_delta: int
    provisional: int = 0
    as_of: AsOf | None = None


@dataclass(frozen=True)
class Point:
    """One year of a series. `counted` of `villages` have a figure of their own in this year.

    `status` is None without a target, or while only baselines are known. `is_running` is whether its
    year was not over yet.
    """

    year: int
    remaining_ha: Decimal
    reduced_ha: Decimal
    reduced_percent: Decimal | None
    reduced_in_year_ha: Decimal
    target_ha: Decimal | None
    gap_ha: Decimal | None
    status: Status | None
    cleared: int
    counted: int
    carried: int
    provisional: int
    is_baseline: bool
    as_of: AsOf | None = None
    is_running: bool = False

    @property
    def is_complete(self) -> bool:
        """Whether every village has a verified figure of its own (the baseline always counts)."""
        return self.is_baseline or (self.carried == 0 and self.provisional == 0)


@dataclass(frozen=True)
class Projection:
    """Forecast at the average reduction so far: `pace_ha` per year, target reached in `year`.

    That is the first year whose area, rounded as displayed, is the target. `from_year` is the last
    year with a figure, `ahead` the first year that is not over and has none.
    """

    pace_ha: Decimal
    from_year: int
    ahead: int
    from_ha: Decimal
    year: int
    target_ha: Decimal

    def area_in(self, year: int) -> Decimal:
        """Return the hectares left at the end of a year at this pace, never below the target."""
        left = self.from_ha - self.pace_ha * (year - self.from_year)
        return self.target_ha if year >= self.year else max(self.target_ha, left)


@dataclass(frozen=True)
class Series:
    """The progress of a programme or village from its baseline: one Point for every year.

    There is no projection to a year that has passed. `counted_before` is the number of figures in
    the first point of a sum, which may begin later than some of its parts. `inferred` is the number
    of villages whose baseline was never published.
    """

    baseline_year: int
    baseline_ha: Decimal
    villages: int
    points: tuple[Point, ...]
    target_path: tuple[tuple[int, Decimal], ...]
    final_target: Target | None
    projection: Projection | None
    counted_before: int = 0
    inferred: int = 0

    @property
    def latest(self) -> Point:
        """The last year with a counted figure; the baseline if there is none."""
        return self.points[-1]

    @property
    def has_figures(self) -> bool:
        """Whether any year after the baseline has a counted figure."""
        return len(self.points) > 1

    @property
    def is_counted(self) -> bool:
        """Whether it contains any figure besides baselines."""
        return self.has_figures or self.counted_before > 0


def yearly_changes(
    villages: Iterable[tuple[Decimal, Mapping[int, Decimal]]],
    provisional: Collection[int] = (),
) -> list[YearChange]:
    """Sum the changes per year from each village's (baseline hectares, counted hectares by year).

    `provisional` are the years whose figures are not verified yet; only for a single village.
    """
    totals: dict[int, tuple[Decimal, int, int]] = {}
    for baseline_ha, figures in villages:
        previous = baseline_ha
        for year in sorted(figures):
            area = figures[year]
            delta, counted, cleared = totals.get(year, (ZERO, 0, 0))
            totals[year] = (
                delta + area - previous,
                counted + 1,
                cleared + (area == 0) - (previous == 0),
            )
            previous = area
    return [YearChange(year, *totals[year], int(year in provisional)) for year in sorted(totals)]


def build_series(
    *,
    baseline_year: int,
    baseline_ha: Decimal,
    villages: int,
    cleared_at_baseline: int,
    changes: Iterable[YearChange],
    target: Target | None = None,
    this_year: int = 0,
    counted_before: int = 0,
    inferred: int = 0,
) -> Series:
    """Return the series from the baseline to the last year with a counted figure.

    `this_year` is the current calendar year: no year before it is projected, and a figure of it
    does not hold at the year's end.
    """
    by_year = {change.year: change for change in changes}
    last_year = max(by_year, default=baseline_year)
    points = []
    remaining, cleared = baseline_ha, cleared_at_baseline
    is_counted = bool(by_year) or counted_before > 0
    for year in range(baseline_year, last_year + 1):
        change = by_year.get(year, YearChange(year, ZERO, 0, 0))
        remaining += change.delta_ha
        cleared += change.cleared_delta
        points.append(
            _point(year, remaining, cleared, change, baseline_year, baseline_ha, villages, target)
        )
    # A baseline alone states no day, so nothing is said of its year's end.
    points = [
        replace(point, is_running=point.year == this_year)
        if not point.is_baseline or counted_before
        else point
        for point in points
    ]
    if not is_counted:
        points = [replace(point, status=None) for point in points]
    return Series(
        baseline_year=baseline_year,
        baseline_ha=baseline_ha,
        villages=villages,
        points=tuple(points),
        target_path=_target_path(target, baseline_year, baseline_ha),
        final_target=target,
        projection=_projection(points, target, this_year),
        counted_before=counted_before,
        inferred=inferred,
    )


def _point(year, remaining, cleared, change, baseline_year, baseline_ha, villages, target) -> Point:
    reduced = baseline_ha - remaining
    target_ha = target.shown_in(year, baseline_year, baseline_ha) if target else None
    return Point(
        year=year,
        remaining_ha=remaining,
        reduced_ha=reduced,
        reduced_percent=reduced * HUNDRED / baseline_ha if baseline_ha else None,
        reduced_in_year_ha=-change.delta_ha,
        target_ha=target_ha,
        gap_ha=remaining - target_ha if target else None,
        status=_status(remaining, target_ha, target),
        cleared=cleared,
        counted=change.counted,
        carried=0 if year == baseline_year else villages - change.counted,
        provisional=change.provisional,
        is_baseline=year == baseline_year,
        as_of=change.as_of,
    )


def _status(remaining: Decimal, target_ha: Decimal | None, target: Target | None) -> Status | None:
    if target is None:
        return None
    if remaining <= target.area_ha:
        return Status.REACHED
    return Status.ON_TARGET if remaining <= target_ha else Status.BEHIND


def _target_path(target: Target | None, baseline_year: int, baseline_ha: Decimal):
    if target is None:
        return ()
    years = range(baseline_year, target.year + 1)
    return tuple((year, target.shown_in(year, baseline_year, baseline_ha)) for year in years)


def _projection(points: list[Point], target: Target | None, this_year: int) -> Projection | None:
    first, last = points[0], points[-1]
    if target is None or first is last or last.remaining_ha <= target.area_ha:
        return None
    years, gone = last.year - first.year, first.remaining_ha - last.remaining_ha
    if gone <= 0:
        return None
    # Below half of the last displayed digit the area is displayed as the target. Multiply before
    # dividing: dividing first would round a pace such as a third of a hectare.
    left = (last.remaining_ha - target.area_ha - HALF_HUNDREDTH) * years / gone
    years_left = left.to_integral_value(ROUND_FLOOR) + 1
    reached = last.year + int(years_left)
    if reached < this_year:
        return None
    return Projection(
        pace_ha=gone / years,
        from_year=last.year,
        ahead=max(last.year + 1, this_year),
        from_ha=last.remaining_ha,
        year=reached,
        target_ha=target.area_ha,
    )
