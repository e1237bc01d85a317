"""A year merged over target and result, of which neither is a remaining area (openpyxl)."""

import io

import openpyxl

ROWS = [
    ["No", "Desa/Kelurahan", 2017, None],
    [None, None, "Target", "Realisasi"],
    [1, "Balokang", 6, 7.5],
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
