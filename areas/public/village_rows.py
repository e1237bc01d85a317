"""The columns of the villages table, and a village as one of its rows. Pure.

Rows are cached by the village and its figures.
"""

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from areas.public.sortable_table import NUMBER, Cell, Column, Row, row_cells, year_columns
from areas.rules.as_of import day_text
from areas.rules.narrative import bar_length, reduction_text
from areas.rules.progress import Series, build_series, yearly_changes
from kotaku.formats import format_hectares


class Known(NamedTuple):
    """A village in a period, as stored; areas are hectares."""

    name: str
    kind: str
    district: str
    url: str
    baseline_year: int
    baseline_ha: Decimal
    figures: tuple["KnownFigure", ...]
    is_inferred: bool = False


class KnownFigure(NamedTuple):
    """A figure that counts; `provisional` means that it is not verified yet."""

    year: int
    area_ha: Decimal
    provisional: bool
    as_of: date | None = None


class _Facts(NamedTuple):
    """A village with its series; `areas_ha` are the hectares left at the end of each shown year."""

    known: Known
    series: Series
    own: dict[int, KnownFigure]
    areas_ha: dict[int, Decimal]


@lru_cache(maxsize=64)
def village_columns(years: tuple[int, ...]) -> tuple[Column, ...]:
    """Return the columns of a table of these years."""
    return (
        Column("nama", "Desa/kelurahan"),
        Column("kecamatan", "Kecamatan", _district, "place"),
        Column("baseline", "Baseline", _baseline, f"{NUMBER} past"),
        *year_columns(years, _area),
        Column("berkurang", "Berkurang", _reduction, f"{NUMBER} reduced"),
        Column("status", "Keadaan data", _status, "status"),
    )


@lru_cache(maxsize=2048)
def village_row(known: Known, years: tuple[int, ...]) -> Row:
    """Return the row of a village in a table of these years."""
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
    remaining_ha = {point.year: point.remaining_ha for point in series.points}
    shown = {year: remaining_ha.get(year, series.latest.remaining_ha) for year in years}
    cells = row_cells(village_columns(years), _Facts(known, series, own, shown))
    return Row(known.name, known.kind, known.url, cells)


def _district(facts: _Facts) -> Cell:
    return Cell(facts.known.district)


def _baseline(facts: _Facts) -> Cell:
    hidden = ("disimpulkan",) if facts.known.is_inferred else ()
    return Cell(format_hectares(facts.known.baseline_ha), NUMBER, hidden)


def _area(facts: _Facts, year: int) -> Cell:
    figure = facts.own.get(year)
    is_provisional = _is_provisional(facts.known, year)
    day = day_text(figure.as_of) if figure else ""
    hidden = ("" if figure else "angka terakhir", "sementara" if is_provisional else "", day)
    return Cell(
        format_hectares(facts.areas_ha[year]),
        NUMBER,
        tuple(filter(None, hidden)),
        is_carried=figure is None,
        is_provisional=is_provisional,
    )


def _is_provisional(known: Known, year: int) -> bool:
    """Whether a year's area comes from an unverified figure, of that year or an earlier one."""
    until = [figure for figure in known.figures if figure.year <= year]
    return bool(until) and max(until).provisional


def _reduction(facts: _Facts) -> Cell:
    percent = facts.series.latest.reduced_percent
    return Cell(reduction_text(percent), NUMBER, bar=bar_length(percent))


def _status(facts: _Facts) -> Cell:
    if not facts.own:
        return Cell("Belum ada angka, baru baseline", tone="none")
    latest = facts.series.latest
    year = latest.year
    if facts.own[year].provisional:
        return Cell(f"Diajukan {year}", tone="wait")
    if latest.remaining_ha == 0:
        return Cell(f"Tuntas {year}", tone="good")
    if facts.areas_ha and year < max(facts.areas_ha):
        return Cell(f"Memakai angka {year}", tone="none")
    return Cell(f"Terverifikasi {year}", tone="good")
