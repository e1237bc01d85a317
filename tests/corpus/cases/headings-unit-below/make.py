"""The unit square metres in a row of its own below the years (openpyxl)."""

from tests.areas.importing.books import workbook

ROWS = [
    ["No", "Desa/Kelurahan", 2017],
    [None, None, "(m²)"],
    [1, "Balokang", 75000],
    [2, "Situbatu", 80000],
]


def make():
    return workbook(ROWS)
