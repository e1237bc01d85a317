"""The reduction in front of the remaining area, the year merged over both (openpyxl)."""

from tests.areas.importing.books import workbook

ROWS = [
    ["No", "Desa/Kelurahan", 2017, None],
    [None, None, "Pengurangan", "Sisa"],
    [1, "Balokang", 1, 7.5],
    [2, "Situbatu", 0, 8],
]
MERGED = ["C1:D1"]


def make():
    return workbook(ROWS, merged=MERGED)
