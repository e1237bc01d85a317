"""A year merged over target and result, of which neither is a remaining area (openpyxl)."""

from tests.areas.importing.books import workbook

ROWS = [
    ["No", "Desa/Kelurahan", 2017, None],
    [None, None, "Target", "Realisasi"],
    [1, "Balokang", 6, 7.5],
]
MERGED = ["C1:D1"]


def make():
    return workbook(ROWS, merged=MERGED)
