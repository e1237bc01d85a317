"""The content of an uploaded spreadsheet of any format. Pure: standard library only.

A cell is None, text, a number, a date or an Oddity: content that is not a value, with a
description.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 20_000
MAX_COLUMNS = 100
MAX_SHEETS = 20
# Additional rows for titles, totals and signatures.
MAX_EXTRA_ROWS = 200


class UnreadableSheet(ValueError):
    """The file cannot be read; the message gives the reason and what to do."""


@dataclass(frozen=True)
class Oddity:
    """The content of a cell without a usable value, such as `#REF!` or a percentage."""

    text: str
    sentence: str


@dataclass(frozen=True)
class Row:
    """A row that is not empty; `number` counts from 1 as the spreadsheet shows it."""

    number: int
    cells: tuple

    def cell(self, column: int):
        """Return the cell in a column counted from 0; None beyond the last one."""
        return self.cells[column] if column < len(self.cells) else None


@dataclass(frozen=True)
class Sheet:
    """The rows of one sheet; `merged` are (first row, first column, last row, last column).

    Hidden rows (numbers) and columns (from 0) are read like others. `beside` names the sheet's
    other content, `linked_cells` the cells whose values are from another file.
    """

    name: str
    rows: Sequence[Row]
    merged: Sequence[tuple[int, int, int, int]] = ()
    width: int = field(default=0)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    beside: tuple[str, ...] = ()
    linked_cells: tuple[str, ...] = ()

    def merged_range(self, number: int, column: int) -> str:
        """Return the merged range, such as `C4:C6`, that contains an empty cell; "" if none."""
        for top, left, bottom, right in self.merged:
            if top <= number <= bottom and left <= column + 1 <= right:
                return f"{letter(left - 1)}{top}:{letter(right - 1)}{bottom}"
        return ""


@dataclass(frozen=True)
class Workbook:
    """The sheets of a file that have rows: visible ones, and hidden ones, which are not imported.

    `unread` has a sentence for each other part that was not read.
    """

    sheets: Sequence[Sheet]
    hidden: Sequence[Sheet] = ()
    unread: Sequence[str] = ()


def letter(column: int) -> str:
    """Return the name of a column counted from 0: `A`, `Z`, `AA`."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def is_blank(value) -> bool:
    """Whether a cell is empty or has only spaces."""
    return value is None or (isinstance(value, str) and not value.strip())


def make_row(number: int, cells: Sequence, sheet_name: str) -> Row | None:
    """Return the row without its last empty cells; None if all are. Raises UnreadableSheet."""
    last = len(cells)
    while last and is_blank(cells[last - 1]):
        last -= 1
    if last > MAX_COLUMNS:
        raise UnreadableSheet(
            f"Lembar {sheet_name} memakai lebih dari {MAX_COLUMNS} kolom (baris {number}). "
            "Hapus kolom yang tidak perlu, lalu unggah lagi."
        )
    return Row(number, tuple(cells[:last])) if last else None


def make_sheet(name: str, rows: list[Row], merged=(), **more) -> Sheet:
    """Return the sheet of these rows."""
    return Sheet(name, rows, merged, max((len(row.cells) for row in rows), default=0), **more)


def check_length(rows: Sequence, sheet_name: str) -> None:
    """Raise UnreadableSheet if a sheet has too many rows for one import."""
    if len(rows) > MAX_ROWS + MAX_EXTRA_ROWS:
        raise UnreadableSheet(
            f"Lembar {sheet_name} lebih dari 20.000 baris. Bagi menjadi beberapa berkas, "
            "lalu unggah satu per satu."
        )
