"""The parts of a province or the nation as table rows of ready strings, sorted."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from areas.charts.progress_chart import Sparkline, sparkline
from areas.public.village_rows import YearCell
from areas.public.village_table import Column
from areas.rules import as_of, narrative
from areas.rules.progress import Series
from areas.totals.region_series import RegionSum
from kotaku.formats import format_count, format_hectares
from kotaku.regions.addresses import region_addresses

LABELS = {
    "nama": "Wilayah",
    "baseline": "Baseline",
    "berkurang": "Berkurang",
    "status": "Status",
    "verifikasi": "Terverifikasi",
}
TEXT_COLUMNS = ("nama", "status")
UNKNOWN = "–"
# Beside status and verification there is room for fewer years than in a city's table.
MAX_YEARS = 4


@dataclass(frozen=True)
class RegionRow:
    """One part: its areas by year, how much became less, how many villages are verified."""

    name: str
    kind: str
    url: str
    baseline: str
    baseline_year: str
    inferred: str
    years: tuple[YearCell, ...]
    reduced: str
    status: str
    status_key: str
    verified: str
    sparkline: Sparkline | None


@dataclass(frozen=True)
class RegionTable:
    """The rows with their headings."""

    columns: list[Column]
    rows: list[RegionRow]
    carries: bool
    has_days: bool


def region_table(parts: Sequence[RegionSum], sort: str) -> RegionTable:
    """Return all parts; `sort` is a column's key, with `-` for descending."""
    years = sorted(
        {point.year for part in parts if part.series for point in part.series.points[1:]}
    )
    years = tuple(years[-MAX_YEARS:])
    keys = ["nama", "baseline", *map(str, years), "berkurang", "status", "verifikasi"]
    key = sort.removeprefix("-")
    if key not in keys:
        sort = key = "nama"
    known = [part for part in parts if _value(part, key) is not None]
    ordered = sorted(known, key=lambda part: _value(part, key), reverse=sort.startswith("-"))
    # What is not known is last, whichever way the known ones are ordered.
    ordered += [part for part in parts if _value(part, key) is None]
    starts = {part.series.baseline_year for part in parts if part.series}
    address = region_addresses()
    rows = [
        _row(
            part.region.name,
            part.region.get_kind_display(),
            address(part.region),
            part.series,
            years,
            len(starts) > 1,
        )
        for part in ordered
    ]
    return RegionTable(
        columns=[_column(each, sort) for each in keys],
        rows=rows,
        carries=any(not cell.own for row in rows for cell in row.years if cell.area != UNKNOWN),
        has_days=any(cell.day for row in rows for cell in row.years),
    )


def _value(part: RegionSum, key: str):
    """Return what a part is sorted by; None where it is not known."""
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
    """Return the hectares left at the end of a year, the last known carried forward."""
    known = [point for point in series.points if point.year <= year]
    return known[-1].remaining_ha if known else None


def _column(key: str, sort: str) -> Column:
    is_number = key not in TEXT_COLUMNS
    direction = ""
    if sort.removeprefix("-") == key:
        direction = "descending" if sort.startswith("-") else "ascending"
    # Numbers are asked for largest first, names from A.
    first, second = (f"-{key}", key) if is_number else (key, f"-{key}")
    query = second if sort == first else first
    return Column(key, LABELS.get(key, key), query, direction, is_number)


# Most parts are what they were when the page was drawn last.
@lru_cache(maxsize=1024)
def _row(
    name: str, kind: str, url: str, series: Series | None, years: tuple, tells_start: bool
) -> RegionRow:
    if series is None:
        cells = tuple(YearCell(UNKNOWN, True, False) for _ in years)
        return RegionRow(
            name,
            kind,
            url,
            UNKNOWN,
            "",
            "",
            cells,
            UNKNOWN,
            "Belum ada data",
            "missing",
            UNKNOWN,
            None,
        )
    latest = series.latest
    status, status_key = narrative.verdict(series)
    return RegionRow(
        name=name,
        kind=kind,
        url=url,
        baseline=format_hectares(series.baseline_ha),
        baseline_year=str(series.baseline_year) if tells_start else "",
        inferred=as_of.inferred_text(series),
        years=tuple(_cell(series, year) for year in years),
        reduced=narrative.reduction_text(latest.reduced_percent),
        status=status,
        status_key=status_key,
        verified=f"{format_count(latest.counted)}/{format_count(series.villages)}"
        if series.has_figures
        else UNKNOWN,
        sparkline=sparkline(
            [point.remaining_ha for point in series.points[1:]][-MAX_YEARS:],
            baseline_ha=series.baseline_ha,
        ),
    )


def _cell(series, year: int) -> YearCell:
    area_ha = _area_in(series, year)
    if area_ha is None:
        return YearCell(UNKNOWN, True, False)
    own = next(
        (
            point
            for point in series.points
            if point.year == year and (point.counted or point.is_baseline)
        ),
        None,
    )
    day = as_of.state_label(own) if own and own.as_of else ""
    return YearCell(format_hectares(area_ha), own is not None, False, day)
