"""The unit square metres in a row of its own below the years (openpyxl)."""

import io

import openpyxl

ROWS = [
    ["No", "Desa/Kelurahan", 2017],
    [None, None, "(m²)"],
    [1, "Balokang", 75000],
    [2, "Situbatu", 80000],
]
MERGED = []


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
