"""A village of the villages table as ready strings. Pure.

The same village with the same figures gives the same row, so when one figure changes only its own
village is worked out anew.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from areas.charts.progress_chart import Sparkline, sparkline
from areas.rules.as_of import day_text
from areas.rules.narrative import reduction_text
from areas.rules.progress import build_series, yearly_changes
from kotaku.formats import format_hectares


class Known(NamedTuple):
    """What the record knows of a village in a period; areas are hectares."""

    name: str
    kind: str
    district: str
    url: str
    baseline_year: int
    baseline_ha: Decimal
    figures: tuple["KnownFigure", ...]
    is_inferred: bool = False


class KnownFigure(NamedTuple):
    """A figure that counts; `provisional` says that it is not verified yet."""

    year: int
    area_ha: Decimal
    provisional: bool
    as_of: date | None = None


@dataclass(frozen=True)
class YearCell:
    """A village's area in one year; `own` says whether the figure is of that very year.

    `day` is `per 3 Februari 2023` where the figure is not that of the year's end.
    """

    area: str
    own: bool
    provisional: bool
    day: str = ""


@dataclass(frozen=True)
class VillageRow:
    """One village: baseline, years, what became of it."""

    name: str
    kind: str
    district: str
    url: str
    baseline: str
    is_inferred: bool
    years: tuple[YearCell, ...]
    remaining: str
    reduced: str
    status_key: str
    status: str
    sparkline: Sparkline


@lru_cache(maxsize=2048)
def village_row(known: Known, years: tuple[int, ...]) -> VillageRow:
    """Return the row of a village with a cell for each of these years."""
    own = {figure.year: figure for figure in known.figures}
    areas_ha = {year: figure.area_ha for year, figure in own.items()}
    submitted = {figure.year for figure in known.figures if figure.provisional}
    series = build_series(
        baseline_year=known.baseline_year,
        baseline_ha=known.baseline_ha,
        villages=1,
        cleared_at_baseline=int(known.baseline_ha == 0),
        changes=yearly_changes([(known.baseline_ha, areas_ha)], submitted),
    )
    latest = series.latest
    remaining_ha = {point.year: point.remaining_ha for point in series.points}
    values = [remaining_ha.get(year, latest.remaining_ha) for year in years]
    status_key, status = _status(latest, own, years)
    return VillageRow(
        name=known.name,
        kind=known.kind,
        district=known.district,
        url=known.url,
        baseline=format_hectares(known.baseline_ha),
        is_inferred=known.is_inferred,
        years=tuple(
            _cell(known, year, value, own.get(year))
            for year, value in zip(years, values, strict=True)
        ),
        remaining=format_hectares(latest.remaining_ha),
        reduced=reduction_text(latest.reduced_percent),
        status_key=status_key,
        status=status,
        sparkline=sparkline(
            values,
            baseline_ha=known.baseline_ha,
            is_provisional=_is_provisional(known, latest.year),
        ),
    )


def _cell(known: Known, year: int, area_ha, figure: KnownFigure | None) -> YearCell:
    day = day_text(figure.as_of) if figure else ""
    is_provisional = _is_provisional(known, year)
    return YearCell(format_hectares(area_ha), figure is not None, is_provisional, day)


def _is_provisional(known: Known, year: int) -> bool:
    """Whether the area of a year is that of a figure, perhaps of an earlier year, not verified yet."""
    until = [figure for figure in known.figures if figure.year <= year]
    return bool(until) and max(until).provisional


def _status(latest, own, years) -> tuple[str, str]:
    if not own:
        return "missing", "Baru baseline"
    year = latest.year
    if own[latest.year].provisional:
        return "submitted", f"Diajukan {year}"
    if latest.remaining_ha == 0:
        return "cleared", f"Tuntas {year}"
    if years and latest.year < years[-1]:
        return "carried", f"Angka {year}"
    return "verified", f"Terverifikasi {year}"
