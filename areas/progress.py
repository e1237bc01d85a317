"""From baselines and counted figures to the series that every chart and sentence shows.

Pure: standard library only. Areas are Decimal hectares, percentages Decimal 0–100.
Rules: domain.md, "A yearly figure" and "Progress".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Decimal
from enum import Enum

ZERO = Decimal("0.00")
HUNDRED = Decimal(100)


class Status(Enum):
    """Where a programme stands against its target, in the words people read."""

    ON_TARGET = "Sesuai target"
    BEHIND = "Terlambat"
    REACHED = "Tercapai"


@dataclass(frozen=True)
class Target:
    """What a programme promises: hectares left in `year`, and in some years on the way."""

    year: int
    area_ha: Decimal
    stated: Mapping[int, Decimal] = field(hash=False)

    def area_in(self, year: int, baseline_year: int, baseline_ha: Decimal) -> Decimal:
        """Return the target in hectares at the end of `year`, unrounded.

        Straight from the baseline to the target unless the programme states the year itself;
        stated years are corners of the path. From the target year on it is the final target.
        """
        corners = {**self.stated, baseline_year: baseline_ha, self.year: self.area_ha}
        if year in corners:
            return corners[year]
        if year > self.year:
            return self.area_ha
        before = max(corner for corner in corners if corner < year)
        after = min(corner for corner in corners if corner > year)
        share = Decimal(year - before) / Decimal(after - before)
        return corners[before] + (corners[after] - corners[before]) * share


@dataclass(frozen=True)
class YearChange:
    """What the counted figures of one year change in the total.

    `delta_ha` is the sum of (this figure − the village's previous counted figure or baseline),
    so totals carry villages without a figure forward by doing nothing.
    """

    year: int
    delta_ha: Decimal
    counted: int
    cleared_delta: int
    provisional: int = 0


@dataclass(frozen=True)
class Point:
    """One year of a series. `counted` of `villages` have a figure of their own in this year."""

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

    @property
    def is_complete(self) -> bool:
        """Whether every village has a verified figure of its own (the baseline always counts)."""
        return self.is_baseline or (self.carried == 0 and self.provisional == 0)


@dataclass(frozen=True)
class Projection:
    """At the average yearly reduction so far: `pace_ha` per year, target reached in `year`."""

    pace_ha: Decimal
    from_year: int
    from_ha: Decimal
    year: int
    target_ha: Decimal


@dataclass(frozen=True)
class Series:
    """A programme's or a village's way from its baseline, one Point a year without gaps."""

    baseline_year: int
    baseline_ha: Decimal
    villages: int
    points: tuple[Point, ...]
    target_path: tuple[tuple[int, Decimal], ...]
    final_target: Target | None
    projection: Projection | None

    @property
    def latest(self) -> Point:
        """The last year with a counted figure; the baseline when there is none."""
        return self.points[-1]

    @property
    def has_figures(self) -> bool:
        """Whether any year after the baseline has a counted figure."""
        return len(self.points) > 1


def yearly_changes(
    villages: Iterable[tuple[Decimal, Mapping[int, Decimal]]],
) -> list[YearChange]:
    """Fold (baseline hectares, counted hectares by year) of each village into changes per year."""
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
    return [YearChange(year, *totals[year]) for year in sorted(totals)]


def build_series(
    *,
    baseline_year: int,
    baseline_ha: Decimal,
    villages: int,
    cleared_at_baseline: int,
    changes: Iterable[YearChange],
    target: Target | None = None,
) -> Series:
    """Return the series from the baseline to the last year with a counted figure."""
    by_year = {change.year: change for change in changes}
    last_year = max(by_year, default=baseline_year)
    points = []
    remaining, cleared = baseline_ha, cleared_at_baseline
    for year in range(baseline_year, last_year + 1):
        change = by_year.get(year, YearChange(year, ZERO, 0, 0))
        remaining += change.delta_ha
        cleared += change.cleared_delta
        points.append(
            _point(year, remaining, cleared, change, baseline_year, baseline_ha, villages, target)
        )
    return Series(
        baseline_year=baseline_year,
        baseline_ha=baseline_ha,
        villages=villages,
        points=tuple(points),
        target_path=_target_path(target, baseline_year, baseline_ha),
        final_target=target,
        projection=_projection(points, target),
    )


def _point(year, remaining, cleared, change, baseline_year, baseline_ha, villages, target) -> Point:
    reduced = baseline_ha - remaining
    target_ha = target.area_in(year, baseline_year, baseline_ha) if target else None
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
    return tuple((year, target.area_in(year, baseline_year, baseline_ha)) for year in years)


def _projection(points: list[Point], target: Target | None) -> Projection | None:
    first, last = points[0], points[-1]
    if target is None or first is last or last.remaining_ha <= target.area_ha:
        return None
    pace = (first.remaining_ha - last.remaining_ha) / (last.year - first.year)
    if pace <= 0:
        return None
    years_left = ((last.remaining_ha - target.area_ha) / pace).to_integral_value(ROUND_CEILING)
    return Projection(
        pace_ha=pace,
        from_year=last.year,
        from_ha=last.remaining_ha,
        year=last.year + int(years_left),
        target_ha=target.area_ha,
    )
