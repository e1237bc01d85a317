"""The area at first beside the remaining one under each merged year (openpyxl)."""

from tests.areas.importing.books import workbook

ROWS = [
    ["No", "Desa/Kelurahan", 2017, None, 2018, None],
    [None, None, "Awal", "Sisa", "Awal", "Sisa"],
    [1, "Balokang", 11.5, 7.5, 7.5, 6],
    [2, "Situbatu", 12, 8, 8, 7],
]
MERGED = ["A1:A2", "B1:B2", "C1:D1", "E1:F1"]


def make():
    return workbook(ROWS, merged=MERGED)
