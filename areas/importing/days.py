"""Read a figure's day from columns of this site's exports: `per_tanggal`, `2023_per_tanggal`. Pure."""

import re
from datetime import date, datetime

from kotaku.spreadsheets.cells import CellError, read_text
from kotaku.spreadsheets.sheets import Sheet

_HEADING = re.compile(r"(?:((?:19|20)\d{2})[\s_]+)?per[\s_]+tanggal", re.IGNORECASE)


def day_columns(sheet: Sheet, header_row: int) -> dict[int | None, int]:
    """Return year → column of its days; the year is None for the only column of a long table."""
    found: dict[int | None, int] = {}
    for row in sheet.rows:
        if row.number != header_row:
            continue
        for column, cell in enumerate(row.cells):
            if match := _HEADING.fullmatch(read_text(cell).strip()):
                found[int(match[1]) if match[1] else None] = column
    return found


def read_day(value, year: int | None) -> date | None:
    """Return the day in a cell; None if empty. Raises CellError for no date or one outside `year`."""
    if isinstance(value, datetime):
        value = value.date()
    if not isinstance(value, date):
        text = read_text(value).strip()
        if not text:
            return None
        try:
            value = date.fromisoformat(text[:10])
        except ValueError as error:
            raise CellError("bukan tanggal. Tulis seperti 2023-02-03.") from error
    if value.year != year:
        raise CellError(f"bukan tanggal dalam tahun {year}.")
    return value
