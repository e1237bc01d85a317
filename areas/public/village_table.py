"""The villages of a period as a table: filtered, sorted and paginated by the database."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import ExpressionWrapper, F, FloatField
from django.db.models.functions import Cast, NullIf

from areas.models import Status, Village, YearlyFigure
from areas.public.sortable_table import Heading, Row, headings, valid_sort
from areas.public.village_rows import Known, KnownFigure, village_columns, village_row
from areas.rules.as_of import exceptions, inferred_text, marked, point_label
from areas.rules.comparing import left_out_text
from areas.totals.series import counted_statuses, with_remaining
from areas.totals.villages import COLUMNS
from kotaku.caching.remembered import remembered
from kotaku.regions.village_address import village_addresses

PAGE = 25
MAX_YEARS = 6
KINDS = dict(Village.Kind.choices)


@dataclass(frozen=True)
class VillageTable:
    """A page of villages with its headings, and what the note below it has to explain."""

    headings: list[Heading]
    rows: list[Row]
    page: object
    carries: bool
    is_provisional: bool
    exceptions: str
    left_out: str


def village_table(baselines, programme, series, *, sort, page_number, provisional=False):
    """Return a page of the table; `sort` is a column's key, with `-` for descending.

    `baselines` are the filtered ones, None for all of the period.
    """
    statuses = counted_statuses(provisional)
    years = tuple(point.year for point in series.points[1:] if point.counted)[-MAX_YEARS:]
    columns = village_columns(years)
    sort = valid_sort(columns, sort)
    options = (programme, statuses, "&sementara=1" if provisional else "", sort)
    if baselines is None:
        page = Paginator(range(series.villages), PAGE).get_page(page_number)
        known = _known_of_all(*options, page.number)
    else:
        baselines = baselines.filter(programme=programme)
        page = Paginator(baselines, PAGE).get_page(page_number)
        known = _known(baselines, *options, page.number)
    rows = [village_row(village, years) for village in known]
    cells = [cell for row in rows for cell in row.cells]
    labels = {str(point.year): point_label(point) for point in series.points}
    labels["baseline"] = marked("Baseline", inferred_text(series))
    return VillageTable(
        headings=headings(columns, sort, labels),
        rows=rows,
        page=page,
        carries=any(cell.is_carried for cell in cells),
        is_provisional=any(cell.is_provisional for cell in cells),
        exceptions=exceptions(
            has_days=any(point.as_of for point in series.points),
            is_running=series.latest.is_running,
        ),
        left_out=left_out_text(series.points[1:], years, MAX_YEARS),
    )


# Each entry takes some ten kilobytes.
@remembered("areas", "frame", most=100)
def _known_of_all(programme, *options) -> list[Known]:
    return _known(programme.baselines.all(), programme, *options)


def _known(baselines, programme, statuses, suffix, sort, number) -> list[Known]:
    """Return what is known of the villages on one page."""
    found = _sorted(with_remaining(baselines, statuses), sort, statuses).values_list(*COLUMNS)
    found = found[(number - 1) * PAGE : number * PAGE]
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
