"""The villages of a programme as a table: filtered, sorted, a page at a time."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import ExpressionWrapper, F, FloatField
from django.db.models.functions import Cast, NullIf

from areas.models import Status, Village, YearlyFigure
from areas.public.village_rows import (
    Known,
    KnownFigure,
    VillageRow,
    village_row,
)
from areas.rules.as_of import inferred_text, marked, point_label
from areas.totals.series import counted_statuses, with_remaining
from kotaku.regions.village_address import village_addresses

PAGE = 25
MAX_YEARS = 6
KINDS = dict(Village.Kind.choices)


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
    years: tuple[int, ...]
    rows: list[VillageRow]
    page: object
    carries: bool
    is_provisional: bool
    has_days: bool
    sort: str


def village_table(baselines, programme, series, *, sort, page_number, provisional=False):
    """Return the page of a villages table; `sort` is a column's key, with `-` for descending.

    `baselines` are those that filters leave, None for all of the period.
    """
    statuses = counted_statuses(provisional)
    years = tuple(point.year for point in series.points[1:])[-MAX_YEARS:]
    keys = ["nama", "kecamatan", "baseline", *map(str, years), "berkurang", "status"]
    if sort.removeprefix("-") not in keys:
        sort = "nama"
    if baselines is None:
        page = Paginator(range(series.villages), PAGE).get_page(page_number)
        baselines = programme.baselines.all()
    else:
        baselines = baselines.filter(programme=programme)
        page = Paginator(baselines, PAGE).get_page(page_number)
    found = list(_page_of(baselines, statuses, sort, page.number))
    known = _known(found, programme, statuses, "&sementara=1" if provisional else "")
    rows = [village_row(village, years) for village in known]
    days = {str(point.year): point_label(point) for point in series.points if point.as_of}
    baseline = marked(LABELS["baseline"], inferred_text(series))
    return VillageTable(
        columns=_columns(keys, sort, days | {"baseline": baseline}),
        years=years,
        rows=rows,
        page=page,
        carries=any(not cell.own for row in rows for cell in row.years),
        is_provisional=any(cell.provisional for row in rows for cell in row.years),
        has_days=bool(days),
        sort=sort,
    )


def _page_of(baselines, statuses, sort, number):
    """Return the rows of a page: baseline's key and hectares, and which village it is."""
    found = _sorted(with_remaining(baselines, statuses), sort, statuses).values_list(
        "pk",
        "area_ha",
        "is_inferred",
        "village__code",
        "village__name",
        "village__kind",
        "village__district__name",
    )
    return found[(number - 1) * PAGE : number * PAGE]


def _known(found, programme, statuses, suffix) -> list[Known]:
    figures = {pk: [] for pk, *_ in found}
    if found:
        counted = YearlyFigure.objects.filter(baseline__in=figures, status__in=statuses)
        rows = counted.order_by("year").values_list(
            "baseline", "year", "area_ha", "status", "as_of"
        )
        for pk, year, area_ha, status, day in rows:
            figures[pk].append(KnownFigure(year, area_ha, status == Status.SUBMITTED, day))
    address = village_addresses(f"?periode={programme.slug}{suffix}")
    return [
        Known(
            name=name,
            kind=KINDS[kind],
            district=district,
            url=address(code),
            baseline_year=programme.baseline_year,
            baseline_ha=area_ha,
            figures=tuple(figures[pk]),
            is_inferred=is_inferred,
        )
        for pk, area_ha, is_inferred, code, name, kind, district in found
    ]


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


def _columns(keys, sort, labels):
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
                key,
                labels.get(key, LABELS.get(key, key)),
                second if sort == first else first,
                direction,
                is_number,
            )
        )
    return columns
