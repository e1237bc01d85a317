"""Percent in front of the hectares of each merged year (openpyxl)."""

import io

import openpyxl

ROWS = [
    ["No", "Desa/Kelurahan", 2017, None, 2018, None],
    [None, None, "%", "Ha", "%", "Ha"],
    [1, "Balokang", 55.5, 7.5, 44.4, 6],
    [2, "Situbatu", 64, 8, 56, 7],
]
MERGED = ["A1:A2", "B1:B2", "C1:D1", "E1:F1"]


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
