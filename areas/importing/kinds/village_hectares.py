"""Sheets with one village's hectares per row: shared by figures and baselines."""

from abc import abstractmethod
from decimal import Decimal

from areas.importing.area_questions import rt_problem
from areas.importing.column_words import AREA
from areas.importing.columns import Layout
from areas.importing.kinds.sheet_kind import SheetKind
from areas.importing.plan import Outcome, Plan, PlannedRow, Sum
from areas.importing.planning import with_doubts
from areas.importing.rows import AreaColumns, read_rows
from areas.importing.statements import Reading
from areas.models import Baseline, Programme
from areas.rules.land_area import village_doubt


class VillageHectares(SheetKind):
    """A sheet of hectares by village."""

    def area_columns(self, layout):
        """Return the columns of areas, of the baseline or of any year."""
        return layout.area_columns

    def problem(self, table, questions, programme):
        """Return why the areas cannot be read: of RTs, or without villages, areas or years."""
        problem = rt_problem(table.sheet, table.layout, questions)
        return problem or self._missing(table.layout, programme)

    def read(self, table, finder, questions, programme, before):
        """Return the rows' statements about villages, in the years of the columns."""
        columns = self.columns_read(table.sheet, table.layout, programme)
        names = frozenset({programme.slug.casefold(), programme.name.casefold()})
        return read_rows(table, finder, questions, columns, before, names)

    def _missing(self, layout, programme) -> str:
        """Return the sentence naming the column to assign before rows can be read; "" for none."""
        if not layout.names_villages:
            return "Tetapkan kolom mana yang berisi kode atau nama desa/kelurahan."
        if layout.column(AREA) is None and not layout.year_columns:
            return "Tetapkan kolom mana yang berisi luas kumuh dalam hektare."
        return self.missing_year(layout, programme)

    @abstractmethod
    def missing_year(self, layout: Layout, programme: Programme) -> str:
        """Return the sentence that the year of the areas is unknown; "" if it is known."""

    @abstractmethod
    def columns_read(self, sheet, layout: Layout, programme: Programme) -> AreaColumns:
        """Return the columns of areas to read, with their years."""


def baselines_of(programme: Programme) -> dict[int, Baseline]:
    """Return the baselines of a period: pk of the village → baseline."""
    baselines = Baseline.objects.filter(programme=programme).order_by()
    there = {baseline.village_id: baseline for baseline in baselines}
    for baseline in there.values():
        baseline.programme = programme
    return there


def plan_of(rows: list[PlannedRow], reading: Reading, there: dict[int, Baseline]) -> Plan:
    """Return the plan of these rows, with doubts, sums and the number of villages not named."""
    rows = with_doubts(rows, village_doubt)
    named = {row.statement.village.pk for row in rows if row.statement.village}
    return Plan(rows, _sums(rows, reading.totals, len(there)), len(set(there) - named))


def _sums(rows: list[PlannedRow], totals, villages: int) -> list[Sum]:
    """Sum the file's areas by year, without rows that are wrong or have no area.

    `villages` is the period's number of villages. No village counts twice: a repeated row is wrong.
    """
    added: dict[int | None, list] = {}
    for row in rows:
        if row.outcome != Outcome.WRONG and row.statement.area_ha is not None:
            summed = added.setdefault(row.statement.year, [0, Decimal(0)])
            summed[0] += 1
            summed[1] += row.statement.area_ha
    if set(totals) == {None} and None not in added and len(added) == 1:
        # In a long table with a single year, the total row belongs to that year.
        totals = {next(iter(added)): totals[None]}
    elif None in totals and None not in added:
        everything = sum((area_ha for _, area_ha in added.values()), Decimal(0))
        rows_counted = sum(count for count, _ in added.values())
        per_year = [
            Sum(year, *added[year], None, added[year][0] == villages) for year in sorted(added)
        ]
        return [*per_year, Sum(None, rows_counted, everything, totals[None])]
    return [
        Sum(
            year,
            *(counted := added.get(year, (0, Decimal(0)))),
            totals.get(year),
            counted[0] == villages,
        )
        for year in sorted({*added, *totals}, key=lambda year: year or 0)
    ]
