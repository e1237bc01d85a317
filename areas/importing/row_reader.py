"""Read a sheet row by row: shared by the readers of all kinds of sheets. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import areas.importing.column_words as columns
from areas.importing.column_words import Vocabulary
from areas.importing.columns import Layout, is_numbering
from areas.importing.file_questions import FileQuestions
from areas.importing.row_kinds import RowKinds
from areas.importing.statements import Reading
from areas.importing.village_names import VillageFinder, VillageQuestions
from kotaku.spreadsheets.cells import read_code, read_text
from kotaku.spreadsheets.sheets import Row, Sheet, letter


@dataclass(frozen=True)
class Table:
    """A sheet with settled columns, and those of its rows that are read now.

    If these are only some of them, the sheet needs no other rows than its headings and those with
    the values of cells that are merged down to these rows.
    """

    sheet: Sheet
    layout: Layout
    rows: Sequence[Row]


def rows_below(sheet: Sheet, layout: Layout) -> list[Row]:
    """Return the rows below the headings, without a first row that numbers the columns."""
    below = [row for row in sheet.rows if row.number > layout.header_row]
    return below[1:] if below and is_numbering(list(below[0].cells)) else below


class RowReader:
    """One table and its columns by role; `measured` are the columns of areas or volumes.

    `before` is what was read above.
    """

    def __init__(
        self,
        table: Table,
        finder: VillageFinder,
        questions: FileQuestions,
        measured: Collection[int],
        known: Vocabulary,
        before: Reading,
    ):
        sheet, layout = table.sheet, table.layout
        self.sheet, self.layout, self.rows = sheet, layout, table.rows
        self.columns = {role: column for column, role in layout.roles.items()}
        self.villages = VillageQuestions(finder, questions, f"{sheet.name}|{layout.header_row}")
        self.villages.times = before.times
        self.kinds = RowKinds(sheet, layout, finder, measured, known)

    def facts(self, row: Row) -> dict:
        """Return a row's number, place and village as written, for its statement."""
        written = self.text(row, columns.NAME) or self.text(row, columns.CODE)
        return {"row": row.number, "place": f"baris {row.number}", "written": written}

    def village(self, row: Row, **more) -> dict:
        """Return the village of a row, or its problem, or why the row is left out.

        `more` are further arguments of `VillageQuestions.find`.
        """
        code = read_code(self.text(row, columns.CODE))
        name, kind = self.text(row, columns.NAME), self.text(row, columns.KIND)
        match = self.villages.find(row.number, code=code, name=name, kind=kind, **more)
        if match.left_out:
            return {"left_out": match.left_out}
        if match.village is None:
            return {"problem": f"Baris {row.number}: {match.problem}"}
        return {"village": match.village}

    def malformed(self, row: Row) -> str:
        """Return the fault of a row with too many cells or an invalid code; "" for none."""
        if excess := self.kinds.excess(row):
            return self.in_row(row, excess)
        code = self.text(row, columns.CODE)
        if code and not read_code(code):
            problem = f"kode “{code[:30]}” tidak dikenal. Tulis seperti 32.79.01.1001."
            return self.at(row, columns.CODE, problem)
        return ""

    def words(self, row: Row, role: str) -> str | None:
        """Return the text in a row's column of this role; None without such a column."""
        column = self.columns.get(role)
        return None if column is None else read_text(row.cell(column))

    def text(self, row: Row, role: str) -> str:
        """Return the text in a row's column of this role; "" without such a column."""
        return self.words(row, role) or ""

    def at(self, row: Row, role: str, words) -> str:
        """Return a sentence about a row's cell of this role."""
        return self.in_cell(f"sel {letter(self.columns[role])}{row.number}", words)

    def in_row(self, row: Row, words) -> str:
        """Return a sentence about a row."""
        return f"Lembar {self.sheet.name}, baris {row.number} {words}"

    def in_cell(self, cell: str, words) -> str:
        """Return a sentence about a cell: `sel D7`."""
        return f"Lembar {self.sheet.name}, {cell} {words}"
