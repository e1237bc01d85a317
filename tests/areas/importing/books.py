"""Spreadsheets as offices make them, and as attackers do."""

import io
import zipfile

from openpyxl import Workbook

HEADER = ["Kode", "Desa/Kelurahan", "Tahun", "Luas (Ha)"]


def workbook(rows, *, title="Data", merged=(), dress=None, more=()) -> bytes:
    """Return an XLSX file of these rows with merged ranges; `dress(sheet)` may format it."""
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    if dress:
        dress(sheet)
    for name, other_rows in more:
        other = book.create_sheet(name)
        for row in other_rows:
            other.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """Return a workbook in which one part is another (or new)."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, part)
    return file.getvalue()


def part_of(content: bytes, name: str) -> bytes:
    """Return one part of a workbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return book.read(name)


def csv_bytes(rows, delimiter=";", encoding="utf-8") -> bytes:
    """Return a CSV file as an office's spreadsheet writes it."""
    return "\r\n".join(delimiter.join(map(str, row)) for row in rows).encode(encoding)
