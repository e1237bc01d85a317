"""The tables of the page that compares villages: hectares by year, and the order by reduction."""

from collections.abc import Sequence
from dataclasses import dataclass

from areas.rules.as_of import inferred_text, marked, point_label
from areas.rules.comparing import point_in
from areas.rules.narrative import reduction_text
from areas.totals.villages import VillageSeries
from kotaku.formats import format_count, format_hectares


@dataclass(frozen=True)
class Table:
    """Rows of (year, hectares of each village), newest first; `*` marks an earlier figure."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    has_carried: bool


@dataclass(frozen=True)
class RankRow:
    """A village in the order of reduction, in formatted strings; `rank` is "" without a figure."""

    rank: str
    name: str
    url: str
    baseline: str
    remaining: str
    reduced: str
    year: str


def compare_table(villages: Sequence[VillageSeries], first: int, until: int) -> Table:
    """Return the table of these villages from the year `first` to `until`."""
    header = ("Tahun", *(each.full_name for each in villages))
    rows = tuple(
        (str(year), *(_area(each.series, year) for each in villages))
        for year in (range(until, first - 1, -1) if villages else ())
    )
    return Table(header, rows, any(cell.endswith("*") for row in rows for cell in row))


def _area(series, year: int) -> str:
    point = point_in(series, year)
    area = format_hectares(point.remaining_ha)
    if point.is_baseline and point.year == year:
        return marked(area, inferred_text(series))
    if point.year < year or not point.counted:
        return f"{area} *"
    # The day of a figure that is not of the end of its year.
    return f"{area}{point_label(point).removeprefix(str(year))}"


def rank_row(each: VillageSeries, ranks, address) -> RankRow:
    """Return a village's row; `ranks` is code → rank."""
    series = each.series
    return RankRow(
        rank=format_count(ranks[each.code]) if each.code in ranks else "",
        name=each.full_name,
        url=address(each.code),
        baseline=marked(format_hectares(series.baseline_ha), inferred_text(series)),
        remaining=format_hectares(series.latest.remaining_ha),
        reduced=reduction_text(series.latest.reduced_percent) if series.has_figures else "–",
        year=point_label(series.latest) if series.has_figures else "baseline",
    )
