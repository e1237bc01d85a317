"""Add up the periods of many regions into one series, for a province or the nation.

Pure: standard library only. Areas are Decimal hectares.

A sum begins in the latest baseline year of its parts, because before it the area of at least one
part is unknown. Changes in the other parts up to that year are added to the sum's baseline. Targets
add up year by year; if one part has no target, the sum has none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from areas.rules.progress import (
    AsOf,
    Series,
    Target,
    YearChange,
    build_series,
)

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Part:
    """One period or a sum of several: baseline in hectares, number of villages, target.

    Yearly changes are passed separately: the sum does not depend on which part they are of.
    """

    baseline_year: int
    baseline_ha: Decimal
    villages: int
    cleared_at_baseline: int
    target: Target | None
    inferred: int = 0


def together(parts: Iterable[Part]) -> Part | None:
    """Add up the parts from their latest baseline year; None without parts.

    The baseline excludes changes up to that year in earlier parts; `series_of` adds them.
    """
    parts = list(parts)
    if not parts:
        return None
    start = max(part.baseline_year for part in parts)
    return Part(
        baseline_year=start,
        baseline_ha=sum((part.baseline_ha for part in parts), ZERO),
        villages=sum(part.villages for part in parts),
        cleared_at_baseline=sum(part.cleared_at_baseline for part in parts),
        target=_target(parts, start),
        inferred=sum(part.inferred for part in parts),
    )


def series_of(whole: Part, changes: Iterable[YearChange], this_year: int = 0) -> Series:
    """Return the series of a sum made by `together`, from the changes of all parts in any order.

    `this_year` as in `build_series`.
    """
    baseline_ha, cleared, before = whole.baseline_ha, whole.cleared_at_baseline, 0
    later: dict[int, list] = {}
    days: dict[int, list] = {}
    start_days: list[AsOf] = []
    for change in changes:
        if change.year <= whole.baseline_year:
            baseline_ha += change.delta_ha
            cleared += change.cleared_delta
            before += change.counted
            if change.year == whole.baseline_year and change.as_of:
                start_days.append(change.as_of)
            continue
        total = later.setdefault(change.year, [ZERO, 0, 0, 0])
        total[0] += change.delta_ha
        total[1] += change.counted
        total[2] += change.cleared_delta
        total[3] += change.provisional
        days.setdefault(change.year, []).append(change.as_of)
    first = (
        [YearChange(whole.baseline_year, ZERO, 0, 0, 0, _days(start_days))] if start_days else []
    )
    return build_series(
        baseline_year=whole.baseline_year,
        baseline_ha=baseline_ha,
        villages=whole.villages,
        cleared_at_baseline=cleared,
        changes=first
        + [YearChange(year, *later[year], _days(days[year])) for year in sorted(later)],
        target=whole.target,
        this_year=this_year,
        counted_before=before,
        inferred=whole.inferred,
    )


def _days(several: Iterable[AsOf | None]) -> AsOf | None:
    """Merge the days of several changes of one year into one AsOf."""
    known = [each for each in several if each]
    if not known:
        return None
    first, last = min(each.first for each in known), max(each.last for each in known)
    return AsOf(first, last, sum(each.dated for each in known))


def _target(parts: Sequence[Part], start: int) -> Target | None:
    """Return the sum of the parts' targets, stated per year; None if one part has none."""
    if any(part.target is None for part in parts):
        return None
    # Later than `start`, because a part that begins in `start` has a later target year.
    last = max(part.target.year for part in parts)
    paths = _alike(parts)

    def promised(year):
        # Sorted, so that rounding to 28 digits does not depend on the order of the parts.
        areas = [path.target.area_in(year, path.baseline_year, path.baseline_ha) for path in paths]
        return sum(sorted(areas), ZERO)

    stated = {year: promised(year) for year in range(start, last)}
    return Target(last, sum((part.target.area_ha for part in parts), ZERO), stated)


def _alike(parts: Sequence[Part]) -> list[Part]:
    """Merge parts whose target paths bend in the same years: their sum bends only there too."""
    groups: dict[tuple, list[Part]] = {}
    for part in parts:
        corners = (part.baseline_year, part.target.year, *sorted(part.target.stated))
        groups.setdefault(corners, []).append(part)
    return [_one(group) for group in groups.values()]


def _one(group: Sequence[Part]) -> Part:
    first = group[0]
    stated = {
        year: sum((part.target.stated[year] for part in group), ZERO)
        for year in first.target.stated
    }
    area_ha = sum((part.target.area_ha for part in group), ZERO)
    return Part(
        baseline_year=first.baseline_year,
        baseline_ha=sum((part.baseline_ha for part in group), ZERO),
        villages=0,
        cleared_at_baseline=0,
        target=Target(first.target.year, area_ha, stated),
    )
