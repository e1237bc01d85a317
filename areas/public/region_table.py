"""The parts of a province or the nation as a table, sorted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from areas.charts.progress_chart import sparkline
from areas.public.sortable_table import (
    NUMBER,
    Cell,
    Column,
    Heading,
    Row,
    headings,
    row_cells,
    valid_sort,
    year_columns,
)
from areas.rules import as_of, narrative
from areas.rules.comparing import left_out_text
from areas.rules.progress import Series
from areas.totals.region_series import RegionSum
from kotaku.formats import format_count, format_hectares
from kotaku.regions.addresses import region_addresses
from kotaku.workflow.states import Tone

UNKNOWN = "–"
# Beside status and verification there is room for fewer years than in a city's table.
MAX_YEARS = 4


@dataclass(frozen=True)
class RegionTable:
    """The rows with their headings, and what the note below them has to explain."""

    headings: list[Heading]
    rows: list[Row]
    carries: bool
    exceptions: str
    left_out: str


class _Facts(NamedTuple):
    """A part's series (None if it has no data); `shows_start` if baseline years differ."""

    series: Series | None
    shows_start: bool


def _columns(years: Sequence[int]) -> list[Column]:
    return [
        Column("nama", "Wilayah"),
        Column("baseline", "Baseline", _baseline, f"{NUMBER} past"),
        *year_columns(years, _area),
        Column("berkurang", "Berkurang", _reduction, f"{NUMBER} reduced"),
        Column("arah", "Arah", _sparkline, "spark", is_sortable=False),
        Column("status", "Status", _status, "status"),
        Column("verifikasi", "Terverifikasi", _verified, f"{NUMBER} past"),
    ]


def region_table(parts: Sequence[RegionSum], sort: str) -> RegionTable:
    """Return all parts; `sort` is a column's key, with `-` for descending."""
    points = [point for part in parts if part.series for point in part.series.points[1:]]
    years = tuple(sorted({point.year for point in points if point.counted}))[-MAX_YEARS:]
    columns = _columns(years)
    sort = valid_sort(columns, sort)
    key = sort.removeprefix("-")
    known = [part for part in parts if _value(part, key) is not None]
    ordered = sorted(known, key=lambda part: _value(part, key), reverse=sort.startswith("-"))
    # Unknown values come last in either direction.
    ordered += [part for part in parts if _value(part, key) is None]
    starts = {part.series.baseline_year for part in parts if part.series}
    address = region_addresses()
    rows = [
        Row(
            part.region.name,
            part.region.get_kind_display(),
            address(part.region),
            _cells(part.series, years, len(starts) > 1),
        )
        for part in ordered
    ]
    cells = [cell for row in rows for cell in row.cells]
    running = {
        str(part.series.latest.year): as_of.point_label(replace(part.series.latest, as_of=None))
        for part in parts
        if part.series and part.series.latest.is_running
    }
    return RegionTable(
        headings=headings(columns, sort, running),
        rows=rows,
        carries=any(cell.is_carried for cell in cells),
        exceptions=as_of.exceptions(
            has_days=any(cell.has_day for cell in cells), is_running=bool(running)
        ),
        left_out=left_out_text(points, years, MAX_YEARS),
    )


def _value(part: RegionSum, key: str):
    """Return the value to sort a part by; None if it is unknown."""
    if key == "nama":
        return part.region.name.casefold()
    if part.series is None:
        return None
    latest = part.series.latest
    if key == "baseline":
        return part.series.baseline_ha
    if key == "status":
        return None if latest.status is None else latest.status.value
    if not part.series.has_figures and key == "verifikasi":
        return None
    if key == "berkurang":
        return latest.reduced_percent
    if key == "verifikasi":
        return Decimal(latest.counted) / part.series.villages
    return _area_in(part.series, int(key))


def _area_in(series, year: int) -> Decimal | None:
    """Return the hectares left at the end of a year, else the last known hectares before it."""
    known = [point for point in series.points if point.year <= year]
    return known[-1].remaining_ha if known else None


# Cached: most parts have not changed since the page was last drawn.
@lru_cache(maxsize=1024)
def _cells(series: Series | None, years: tuple[int, ...], shows_start: bool) -> tuple[Cell, ...]:
    return row_cells(_columns(years), _Facts(series, shows_start))


def _baseline(facts: _Facts) -> Cell:
    series = facts.series
    if series is None:
        return Cell(UNKNOWN, NUMBER)
    year = f"({series.baseline_year})" if facts.shows_start else ""
    inferred = as_of.inferred_text(series)
    notes = (year, f"({inferred})" if inferred else "")
    return Cell(format_hectares(series.baseline_ha), NUMBER, notes=tuple(filter(None, notes)))


def _area(facts: _Facts, year: int) -> Cell:
    series = facts.series
    area_ha = _area_in(series, year) if series else None
    if area_ha is None:
        return Cell(UNKNOWN, NUMBER)
    own = next(
        (
            point
            for point in series.points
            if point.year == year and (point.counted or point.is_baseline)
        ),
        None,
    )
    return Cell(
        format_hectares(area_ha),
        NUMBER,
        hidden=() if own else ("angka terakhir",),
        notes=(as_of.state_label(own),) if own and own.as_of else (),
        is_carried=own is None,
        has_day=bool(own and own.as_of),
    )


def _reduction(facts: _Facts) -> Cell:
    if facts.series is None:
        return Cell(UNKNOWN, NUMBER)
    return Cell(narrative.reduction_text(facts.series.latest.reduced_percent), NUMBER)


def _sparkline(facts: _Facts) -> Cell:
    if facts.series is None:
        return Cell(style="spark")
    line = sparkline(
        [point.remaining_ha for point in facts.series.points[1:]][-MAX_YEARS:],
        baseline_ha=facts.series.baseline_ha,
        is_hollow=not facts.series.latest.is_complete,
    )
    return Cell(style="spark", sparkline=line)


def _status(facts: _Facts) -> Cell:
    if facts.series is None:
        return Cell("Belum ada data", tone=Tone.NONE.value)
    status, key = narrative.verdict(facts.series)
    return Cell(status, tone=key)


def _verified(facts: _Facts) -> Cell:
    series = facts.series
    if series is None or not series.has_figures:
        return Cell(UNKNOWN, NUMBER)
    counted = f"{format_count(series.latest.counted)}/{format_count(series.villages)}"
    return Cell(counted, NUMBER)
