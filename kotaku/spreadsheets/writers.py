"""Write tables as CSV and JSON, row by row, and as XLSX with a frozen header and notes."""

import csv
import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.http import FileResponse, StreamingHttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from kotaku.colours import COLOURS
from kotaku.spreadsheets.formula_guard import harmless
from kotaku.spreadsheets.tables import Table
from kotaku.spreadsheets.values import (
    csv_text,
    json_value,
    sheet_format,
    sheet_value,
)

CSV_TYPE = "text/csv; charset=utf-8"
JSON_TYPE = "application/json; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOM = "\ufeff"
# Format in the URL → options of the CSV file; "excel.csv" is for Excel in Indonesian.
CSV_STYLES = {"csv": {}, "excel.csv": {"delimiter": ";", "decimal_mark": ","}}
# Rows per piece of the response: small in memory, and fast enough.
BATCH = 500
# A workbook is built before its first byte is sent; more rows need CSV.
MAX_SHEET_ROWS = 50_000
NARROWEST, WIDEST = 10, 60
# The number of rows used to set the widths of columns.
MEASURED_ROWS = 200


def _argb(name):
    return "FF" + COLOURS[name].removeprefix("#").upper()


HEAD_FILL = PatternFill("solid", fgColor=_argb("green-deep"))
HEAD_FONT = Font(bold=True, color=_argb("on-green"))
RULED = Border(bottom=Side(style="thin", color=_argb("rule")))


@dataclass(frozen=True)
class About:
    """Facts about a file: lines of (label, text) for the sheet "Keterangan"."""

    title: str
    lines: Sequence[tuple[str, str]]


class _Echo:
    """A file that returns what is written to it, for streaming CSV."""

    def write(self, text):
        """Return the text itself."""
        return text


def csv_lines(table: Table, *, delimiter: str = ",", decimal_mark: str = ".") -> Iterator[str]:
    """Yield a CSV file in pieces, with the byte-order mark by which Excel recognises UTF-8."""
    writer = csv.writer(_Echo(), delimiter=delimiter)
    yield BOM + writer.writerow(table.header)
    batch = []
    for row in table.rows:
        batch.append(writer.writerow([csv_text(value, decimal_mark) for value in row]))
        if len(batch) == BATCH:
            yield "".join(batch)
            batch = []
    yield "".join(batch)


def json_lines(table: Table, about: dict) -> Iterator[str]:
    """Yield `{…about…, "baris": [{column: value}, …]}` in pieces."""
    header = table.header
    yield json.dumps(about, ensure_ascii=False)[:-1] + ', "baris": ['
    batch, between = [], "\n"
    for row in table.rows:
        values = dict(zip(header, map(json_value, row), strict=True))
        batch.append(between + json.dumps(values, ensure_ascii=False))
        between = ",\n"
        if len(batch) == BATCH:
            yield "".join(batch)
            batch = []
    yield "".join(batch) + "\n]}\n"


def write_workbook(table: Table, about: About, file) -> None:
    """Write an XLSX file: the table with a frozen header, and a sheet "Keterangan"."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Data")
    rows = iter(table.rows)
    first = [list(row) for row, _ in zip(rows, range(MEASURED_ROWS), strict=False)]
    sheet.freeze_panes = "A2"
    for number, width in enumerate(_widths(table.header, first), 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_heading(sheet, name) for name in table.header])
    written = 1
    for part in (first, rows):
        for row in part:
            sheet.append([_cell(sheet, value) for value in row])
            written += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.header))}{written}"
    _append_about(workbook, about)
    workbook.save(file)


def _widths(header, rows) -> list[int]:
    columns = zip(header, *([csv_text(value) for value in row] for row in rows), strict=True)
    return [min(WIDEST, max(NARROWEST, max(map(len, column)) + 2)) for column in columns]


def _heading(sheet, text):
    cell = WriteOnlyCell(sheet, harmless(text))
    cell.font, cell.fill = HEAD_FONT, HEAD_FILL
    return cell


def _cell(sheet, value):
    shape = sheet_format(value)
    if not shape:
        return sheet_value(value)
    cell = WriteOnlyCell(sheet, sheet_value(value))
    cell.number_format = shape
    return cell


def _append_about(workbook, about):
    sheet = workbook.create_sheet("Keterangan")
    sheet.column_dimensions["A"].width = 28
    sheet.column_dimensions["B"].width = 90
    title = WriteOnlyCell(sheet, harmless(about.title))
    title.font = Font(bold=True, size=14)
    sheet.append([title])
    for name, words in about.lines:
        head, text = WriteOnlyCell(sheet, harmless(name)), WriteOnlyCell(sheet, harmless(words))
        head.font = Font(bold=True)
        head.alignment = text.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.append([head, text])


def streamed(pieces: Iterable[str], name: str, content_type: str) -> StreamingHttpResponse:
    """Return a download that is generated while it is sent."""
    response = StreamingHttpResponse(pieces, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def csv_response(table: Table, name: str, form: str = "csv") -> StreamingHttpResponse:
    """Return a CSV download in one of the CSV_STYLES."""
    return streamed(csv_lines(table, **CSV_STYLES[form]), name, CSV_TYPE)


def workbook_response(table: Table, about: About, name: str) -> FileResponse:
    """Return an XLSX download from a temporary file on the disk."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    write_workbook(table, about, file)
    file.seek(0)
    response = FileResponse(file, as_attachment=True, filename=name, content_type=XLSX_TYPE)
    response["X-Content-Type-Options"] = "nosniff"
    return response
