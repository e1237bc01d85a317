"""Square metres in the heading that is merged over the years (openpyxl)."""

from tests.areas.importing.books import workbook

ROWS = [
    ["No", "Desa/Kelurahan", "Luas kumuh (m2)", None],
    [None, None, 2017, 2018],
    [1, "Balokang", 75000, 60000],
    [2, "Situbatu", 80000, 70000],
]
MERGED = ["A1:A2", "B1:B2", "C1:D1"]


def make():
    return workbook(ROWS, merged=MERGED)
