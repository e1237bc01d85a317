"""Square metres in the heading that is merged over the years (openpyxl)."""

import io

import openpyxl

ROWS = [
    ["No", "Desa/Kelurahan", "Luas kumuh (m2)", None],
    [None, None, 2017, 2018],
    [1, "Balokang", 75000, 60000],
    [2, "Situbatu", 80000, 70000],
]
MERGED = ["A1:A2", "B1:B2", "C1:D1"]


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
