"""Compare villages by the share of their slum area that is gone. Pure.

Percentages are compared as displayed, with one decimal, so that equal ones share a rank.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from areas.rules.findings import listed
from areas.rules.narrative import reduction_text
from areas.rules.progress import Point, Series
from kotaku.formats import MINUS, format_percent

TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Beside:
    """A village compared with its city at the village's newest year.

    `label` is the status in words and `sentence` says by how much the city was reduced. `is_slower`
    is whether the village lags behind.
    """

    year: int
    label: str
    is_slower: bool
    sentence: str


def beside_city(village: Series, city: Series, city_name: str) -> Beside | None:
    """Return the comparison; None if one of them has no figure or no slum area to reduce."""
    year = village.latest.year
    city_point = point_in(city, year)
    if not village.has_figures or city_point is None:
        return None
    mine, whole = village.latest.reduced_percent, city_point.reduced_percent
    if mine is None or whole is None:
        return None
    difference = shown_percent(mine) - shown_percent(whole)
    word = (
        "Lebih lambat dari" if difference < 0 else "Lebih cepat dari" if difference else "Secepat"
    )
    return Beside(
        year=year,
        label=f"{word} kota",
        is_slower=difference < 0,
        sentence=f"Dari {city.baseline_year} sampai {year} {city_name} {change_words(whole)}.",
    )


def city_pace(village: Series, city: Series) -> tuple[tuple[int, Decimal], ...]:
    """Return (year, hectares) of the village if it fell as fast as its city; () if unknown."""
    if not city.baseline_ha or not village.baseline_ha or not city.has_figures:
        return ()
    share = village.baseline_ha / city.baseline_ha
    return tuple((point.year, point.remaining_ha * share) for point in city.points)


def point_in(series: Series, year: int) -> Point | None:
    """Return a series' point of a year, or the last one before it; None before its first."""
    known = [point for point in series.points if point.year <= year]
    return known[-1] if known else None


def has_figure_by(series: Series, year: int) -> bool:
    """Whether a series has a counted figure of this year or an earlier one."""
    return any(point.counted for point in series.points if point.year <= year)


def shown_percent(percent: Decimal) -> Decimal:
    """Return a percentage rounded as it is displayed."""
    return percent.quantize(TENTH, ROUND_HALF_UP)


def change_words(percent: Decimal | None) -> str:
    """Return `berkurang 46,5 %`, `bertambah 3,0 %` or `tetap`; "" if unknown."""
    if percent is None:
        return ""
    if not shown_percent(percent):
        return "tetap"
    words = reduction_text(percent, format_percent)
    return words if words.startswith("bertambah") else f"berkurang {words.removeprefix(MINUS)}"


def ranks(reduced: Mapping[str, Decimal | None]) -> dict[str, int]:
    """Return key → rank by reduction in percent, 1 for the largest; unknown ones have no rank.

    Equal percentages share a rank, and the ranks after them are skipped.
    """
    known = {key: shown_percent(percent) for key, percent in reduced.items() if percent is not None}
    ordered = sorted(known.values(), reverse=True)
    return {key: ordered.index(percent) + 1 for key, percent in known.items()}


def years_text(years: Iterable[int]) -> str:
    """Return `2024`, `2024–2025` or ""; the years follow each other."""
    years = sorted(years)
    if not years:
        return ""
    return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"


def years_listed(years: Iterable[int]) -> str:
    """Return `2017 dan 2020–2025`: years that follow each other are one part."""
    parts: list[list[int]] = []
    for year in sorted(years):
        if parts and parts[-1][-1] == year - 1:
            parts[-1].append(year)
        else:
            parts.append([year])
    return listed([years_text(part) for part in parts])


def left_out_text(points: Iterable[Point], shown: Sequence[int], most: int) -> str:
    """Return the years without a column of their own, because no village has a figure of them.

    A table `shown` at its full width of `most` years begins with the first of them.
    """
    first = shown[0] if len(shown) == most else 0
    years = {point.year for point in points if point.year > first}
    return years_listed(years - {*shown})


def missing_text(years: Iterable[int]) -> str:
    """Return `Belum ada angka 2017 dan 2024–2025.`; "" without missing years."""
    text = years_listed(years)
    return f"Belum ada angka {text}." if text else ""
