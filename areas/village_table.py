"""The villages of a programme as table rows of ready strings: filtered, sorted, a page at a time."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import ExpressionWrapper, F, FloatField
from django.db.models.functions import Cast, NullIf
from django.urls import reverse

from areas.charts import Sparkline, sparkline
from areas.models import Status
from areas.series import counted_statuses, village_series, with_figures, with_remaining
from kotaku.formats import format_hectares, format_percent

PAGE = 25
MAX_YEARS = 6


@dataclass(frozen=True)
class YearCell:
    """A village's area in one year; `own` says whether the figure is of that very year."""

    area: str
    own: bool
    provisional: bool


@dataclass(frozen=True)
class VillageRow:
    """One village: baseline, years, what became of it."""

    name: str
    kind: str
    district: str
    url: str
    baseline: str
    years: tuple[YearCell, ...]
    remaining: str
    reduced: str
    status_key: str
    status: str
    sparkline: Sparkline


@dataclass(frozen=True)
class Column:
    """A heading that sorts: `query` is the address's new value, `direction` its present state."""

    key: str
    label: str
    query: str
    direction: str
    is_number: bool


@dataclass(frozen=True)
class VillageTable:
    """A page of villages with its headings."""

    columns: list[Column]
    years: list[int]
    rows: list[VillageRow]
    page: object
    carries: bool
    sort: str


def village_table(baselines, programme, series, *, sort, page_number, provisional=False):
    """Return the page of a villages table; `sort` is a column's key, with `-` for descending."""
    statuses = counted_statuses(provisional)
    years = [point.year for point in series.points[1:]][-MAX_YEARS:]
    keys = ["nama", "kecamatan", "baseline", *map(str, years), "berkurang", "status"]
    if sort.removeprefix("-") not in keys:
        sort = "nama"
    found = with_remaining(baselines.filter(programme=programme), statuses)
    found = _sorted(found, sort, statuses).select_related("programme", "village__district")
    page = Paginator(with_figures(found), PAGE).get_page(page_number)
    suffix = "&sementara=1" if provisional else ""
    rows = [_row(baseline, years, provisional, suffix) for baseline in page]
    return VillageTable(
        columns=_columns(keys, sort),
        years=years,
        rows=rows,
        page=page,
        carries=any(not cell.own for row in rows for cell in row.years),
        sort=sort,
    )


def _sorted(baselines, sort, statuses):
    key = sort.removeprefix("-")
    if key.isdigit():
        baselines = with_remaining(baselines, statuses, up_to=int(key), name="sorted_ha")
        expression = F("sorted_ha")
    elif key == "berkurang":
        share = (F("area_ha") - F("remaining_ha")) / NullIf(
            Cast("area_ha", FloatField()), 0.0, output_field=FloatField()
        )
        expression = ExpressionWrapper(share, output_field=FloatField())
    else:
        expression = F(
            {
                "nama": "village__name",
                "kecamatan": "village__district__name",
                "baseline": "area_ha",
                "status": "remaining_ha_year",
            }[key]
        )
    descending = sort.startswith("-")
    order = expression.desc(nulls_last=True) if descending else expression.asc(nulls_first=True)
    return baselines.order_by(order, "village__name", "village__code")


LABELS = {
    "nama": "Desa/kelurahan",
    "kecamatan": "Kecamatan",
    "baseline": "Baseline",
    "berkurang": "Berkurang",
    "status": "Keadaan data",
}
TEXT_COLUMNS = ("nama", "kecamatan", "status")


def _columns(keys, sort):
    columns = []
    for key in keys:
        is_number = key not in TEXT_COLUMNS
        direction = ""
        if sort.removeprefix("-") == key:
            direction = "descending" if sort.startswith("-") else "ascending"
        # Numbers are asked for largest first, names from A.
        first, second = (f"-{key}", key) if is_number else (key, f"-{key}")
        columns.append(
            Column(
                key, LABELS.get(key, key), second if sort == first else first, direction, is_number
            )
        )
    return columns


def _row(baseline, years, provisional, suffix) -> VillageRow:
    series = village_series(baseline, provisional=provisional)
    village = baseline.village
    latest = series.latest
    own = {
        figure.year: figure.status
        for figure in baseline.figures_by_year
        if figure.status in counted_statuses(provisional)
    }
    areas = {point.year: point.remaining_ha for point in series.points}
    values = [areas.get(year, latest.remaining_ha) for year in years]
    status_key, status = _status(latest, own, years)
    percent = latest.reduced_percent
    return VillageRow(
        name=village.name,
        kind=village.get_kind_display(),
        district=village.district.name,
        url=f"{reverse('areas:village-detail', args=[village.code])}?periode={baseline.programme.slug}{suffix}",
        baseline=format_hectares(baseline.area_ha),
        years=tuple(
            YearCell(format_hectares(value), year in own, own.get(year) == Status.SUBMITTED)
            for year, value in zip(years, values, strict=True)
        ),
        remaining=format_hectares(latest.remaining_ha),
        reduced="–" if percent is None else format_percent(percent),
        status_key=status_key,
        status=status,
        sparkline=sparkline(values, baseline_ha=baseline.area_ha),
    )


def _status(latest, own, years) -> tuple[str, str]:
    if not own:
        return "missing", "Baru baseline"
    if own[latest.year] == Status.SUBMITTED:
        return "submitted", f"Diajukan {latest.year}"
    if latest.remaining_ha == 0:
        return "cleared", f"Tuntas {latest.year}"
    if years and latest.year < years[-1]:
        return "carried", f"Angka {latest.year}"
    return "verified", f"Terverifikasi {latest.year}"
