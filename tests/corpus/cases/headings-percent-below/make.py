"""A percent sign in a row of its own below the year (openpyxl)."""

from tests.areas.importing.books import workbook

ROWS = [
    ["No", "Desa/Kelurahan", 2017],
    [None, None, "%"],
    [1, "Balokang", 4],
    [2, "Situbatu", 5],
]


def make():
    return workbook(ROWS)
