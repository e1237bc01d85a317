"""The reduction in front of the remaining area, the year merged over both (openpyxl)."""

import io

import openpyxl

ROWS = [
    ["No", "Desa/Kelurahan", 2017, None],
    [None, None, "Pengurangan", "Sisa"],
    [1, "Balokang", 1, 7.5],
    [2, "Situbatu", 0, 8],
]
MERGED = ["C1:D1"]


def make() -> bytes:
    """Return the workbook."""
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    for cells in MERGED:
        book.active.merge_cells(cells)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
