"""One series from the periods of many regions: what a province or the nation shows.

Pure: standard library only. Areas are Decimal hectares.

A sum begins in the first year of which every part is known, which is the latest baseline year:
before it some part's area is nowhere written, and nothing is invented. What changed in the other
parts up to that year is in the sum's own baseline. Targets add up year by year (domain.md,
"Progress"); while one part has none, the sum has none either.
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
    """One period, or several together: baseline in hectares, villages, promise.

    What each year changed in it is no part of it: of whichever part a change is, the sum is the same.
    """

    baseline_year: int
    baseline_ha: Decimal
    villages: int
    cleared_at_baseline: int
    target: Target | None
    inferred: int = 0


def together(parts: Iterable[Part]) -> Part | None:
    """Return all parts as one, which begins where the latest of them does; None without any.

    Its baseline still lacks what changed in the others until then: `series_of` knows it.
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
    """Return the series of what `together` has made, from the changes of all parts in any order.

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
    """Return the days of several changes of one year as one."""
    known = [each for each in several if each]
    if not known:
        return None
    first, last = min(each.first for each in known), max(each.last for each in known)
    return AsOf(first, last, sum(each.dated for each in known))


def _target(parts: Sequence[Part], start: int) -> Target | None:
    """Return what all parts promise together, with their sum in each year as a corner."""
    if any(part.target is None for part in parts):
        return None
    # Later than `start`: so is the target year of the part that begins there.
    last = max(part.target.year for part in parts)
    paths = _alike(parts)

    def promised(year):
        # Sorted, so that the last of 28 digits does not depend on the parts' order.
        areas = [path.target.area_in(year, path.baseline_year, path.baseline_ha) for path in paths]
        return sum(sorted(areas), ZERO)

    stated = {year: promised(year) for year in range(start, last)}
    return Target(last, sum((part.target.area_ha for part in parts), ZERO), stated)


def _alike(parts: Sequence[Part]) -> list[Part]:
    """Return parts whose paths have their corners in the same years as one: paths are linear."""
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
