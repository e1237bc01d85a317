"""Read the rows of a sheet of hectares as statements about villages. Pure.

Nothing is compared with the record here, and no row is dropped silently: it is an area to
import, a problem with its sentence, or left out with the reason.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import areas.importing.column_words as columns
from areas.importing.column_words import says_baseline
from areas.importing.columns import HECTARES_BY_VILLAGE
from areas.importing.days import read_day
from areas.importing.file_questions import FileQuestions
from areas.importing.headings import HECTARE
from areas.importing.row_reader import RowReader, Table
from areas.importing.statements import EMPTY_CELL, Reading, Statement
from areas.importing.units import read_measure
from areas.importing.village_names import VillageFinder
from kotaku.spreadsheets.cells import CellError, read_text, read_year
from kotaku.spreadsheets.sheets import Oddity, Row, is_blank, letter


@dataclass(frozen=True)
class AreaColumns:
    """The columns of areas to read: column → year.

    The year is None for a baseline, and in a long table (`is_long`), where each row has its year.
    `days` are the columns with the days of the figures: year → column, None for a long table.
    Rows of another year than `only_year` are left out.
    """

    years: Mapping[int, int | None]
    is_long: bool = False
    days: Mapping[int | None, int] = field(default_factory=dict)
    only_year: int | None = None


def read_rows(
    table: Table,
    finder: VillageFinder,
    questions: FileQuestions,
    areas: AreaColumns,
    before: Reading,
    periods: frozenset[str] = frozenset(),
) -> Reading:
    """Return the statements of the table's rows; `before` is what was read above.

    `periods` are the names of the period to import; rows that name another one are left out.
    """
    reading = Reading(totals=before.totals, total_row=before.total_row, times=before.times)
    reader = _HectareReader(table, finder, questions, areas, before, periods)
    for row in table.rows:
        if not reader.kinds.is_total(row) or reader.kinds.excess(row):
            reading.statements.extend(reader.statements(row))
            continue
        if reading.total_row is not None:
            # Of several total rows, only the last one counts; the others are subtotals.
            reading.statements.append(_partial_total(reading.total_row))
        reading.total_row = row.number
        reading.totals = reader.totals(row)
        reading.statements.extend(reader.unread_totals(row))
    return reading


def _partial_total(number) -> Statement:
    return Statement(number, f"baris {number}", "", left_out="baris jumlah sebagian")


class _HectareReader(RowReader):
    """Reads the areas of villages."""

    def __init__(self, table, finder, questions, areas, before, periods):
        super().__init__(table, finder, questions, areas.years, HECTARES_BY_VILLAGE, before)
        self.areas, self.is_long, self.days = areas.years, areas.is_long, areas.days
        self.baseline_year, self.periods = areas.only_year, periods
        self.merged_districts = _merged_texts(self.sheet, self.columns.get(columns.DISTRICT))

    def totals(self, row: Row) -> dict[int | None, Decimal]:
        """Return the values of a total row: year → hectares."""
        found = {}
        for column, year in self.areas.items():
            try:
                found[year] = self._hectares(row, column)
            except CellError:
                continue
        return found

    def unread_totals(self, row: Row) -> Iterator[Statement]:
        """Yield the cells of a total row that have no usable value and so cannot be compared."""
        for column in self.areas:
            value = row.cell(column)
            if isinstance(value, Oddity):
                cell = f"sel {letter(column)}{row.number}"
                words = f"baris jumlah tidak dibandingkan: {cell} {value.sentence}"
                yield Statement(row.number, cell, "", left_out=words)

    def _hectares(self, row, column) -> Decimal:
        return read_measure(row.cell(column), self.layout.units.get(column, HECTARE))

    def statements(self, row: Row) -> Iterator[Statement]:
        """Yield a row's statements about a village, one for each of its areas."""
        base = self.facts(row)
        if problem := self._odd_name(row) or self._other_table(row):
            yield Statement(**base, problem=problem)
            return
        if left_out := self._of_other_period(row) or self.kinds.left_out(row):
            yield Statement(**base, left_out=left_out)
            return
        if other_year := self._of_other_year(row):
            yield Statement(**base, left_out=other_year)
            return
        if problem := self.malformed(row) or self._swallowed_name(row):
            yield Statement(**base, problem=problem)
            return
        year = self.text(row, columns.YEAR) if self.is_long else ""
        base |= self.village(row, district=self._district(row), year=year)
        if "village" not in base:
            yield Statement(**base)
            return
        base |= {
            "note": self.words(row, columns.NOTE),
            "reason": self.words(row, columns.REASON),
        }
        for column, year in self.areas.items():
            yield self._statement(row, column, year, base)

    def _statement(self, row, column, year, base) -> Statement:
        cell = f"sel {letter(column)}{row.number}"
        base = base | {"place": cell}
        if self.is_long:
            try:
                year = read_year(row.cell(self.columns[columns.YEAR]))
            except CellError as error:
                return Statement(**base, problem=self.at(row, columns.YEAR, str(error)))
        if is_blank(row.cell(column)):
            swallowed = self.sheet.merged_range(row.number, column)
            if swallowed:
                problem = (
                    f"Lembar {self.sheet.name}, {cell} termasuk sel gabungan {swallowed}. "
                    "Pisahkan selnya (Unmerge) dan tulis luas di setiap barisnya."
                )
                return Statement(**base, year=year, problem=problem)
            if year is not None and not self.is_long:
                return Statement(**base, year=year, left_out=f"{cell} {EMPTY_CELL} {year}")
        try:
            area_ha = self._hectares(row, column)
        except CellError as error:
            problem = self.in_cell(cell, error)
            key = "blank" if is_blank(row.cell(column)) else "problem"
            return Statement(**base, year=year, **{key: problem})
        column = self.days.get(None if self.is_long else year)
        try:
            day = None if column is None else read_day(row.cell(column), year)
        except CellError as error:
            cell = f"sel {letter(column)}{row.number}"
            return Statement(**base, year=year, problem=self.in_cell(cell, error))
        return Statement(**base, year=year, area_ha=area_ha, as_of=day)

    def _district(self, row) -> str:
        """Return the row's kecamatan, also if its cell is merged over several rows."""
        text = self.text(row, columns.DISTRICT)
        if text or not self.merged_districts:
            return text
        index = bisect_right(self.merged_districts, row.number, key=lambda span: span[0]) - 1
        _, last, merged = self.merged_districts[index] if index >= 0 else (0, 0, "")
        return merged if row.number <= last else ""

    def _odd_name(self, row) -> str:
        """Return the fault of a code, name, kind or kecamatan without a usable value."""
        for role in (columns.CODE, columns.NAME, columns.KIND, columns.DISTRICT):
            column = self.columns.get(role)
            value = None if column is None else row.cell(column)
            if isinstance(value, Oddity):
                return self.at(row, role, f"{value.sentence}.")
        return ""

    def _swallowed_name(self, row) -> str:
        """Return the fault of an empty cell for code or name inside a merged cell; "" for none."""
        if self.text(row, columns.NAME) or self.text(row, columns.CODE):
            return ""
        for role in (columns.CODE, columns.NAME):
            column = self.columns.get(role)
            swallowed = "" if column is None else self.sheet.merged_range(row.number, column)
            if swallowed:
                return self.at(
                    row,
                    role,
                    f"termasuk sel gabungan {swallowed}. Pisahkan selnya (Unmerge) dan tulis "
                    "desa/kelurahan di setiap barisnya.",
                )
        return ""

    def _other_table(self, row) -> str:
        """Return the fault that another table begins here, or that a total has too many cells."""
        cut = self.kinds.is_total(row) and self.kinds.excess(row)
        words = self.kinds.other_headings(row) or cut
        return self.in_row(row, words) if words else ""

    def _of_other_year(self, row) -> str:
        """Return that a row's area is of another year than the baseline; "" if it is not.

        A column whose heading names the baseline has the same area in the rows of all years.
        """
        column = self.columns.get(columns.AREA)
        if self.baseline_year is None or column is None or self.columns.get(columns.YEAR) is None:
            return ""
        try:
            year = read_year(row.cell(self.columns[columns.YEAR]))
        except CellError:
            return ""
        if year == self.baseline_year or says_baseline(self.kinds.headings[column]):
            return ""
        return f"luas tahun {year}, bukan baseline {self.baseline_year}"

    def _of_other_period(self, row) -> str:
        period = self.text(row, columns.PERIOD)
        if period and self.periods and period.casefold() not in self.periods:
            return f"milik periode lain ({period})"
        return ""


def _merged_texts(sheet, column) -> list[tuple[int, int, str]]:
    """Return (first row, last row, text) of the merged cells of a column, in order."""
    if column is None or not sheet.merged:
        return []
    texts = {row.number: row for row in sheet.rows}
    return sorted(
        (top, bottom, read_text(texts[top].cell(left - 1)))
        for top, left, bottom, right in sheet.merged
        if left <= column + 1 <= right and top in texts
    )
