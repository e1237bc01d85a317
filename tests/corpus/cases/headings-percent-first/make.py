"""Percent in front of the hectares of each merged year (openpyxl)."""

from tests.areas.importing.books import workbook

ROWS = [
    ["No", "Desa/Kelurahan", 2017, None, 2018, None],
    [None, None, "%", "Ha", "%", "Ha"],
    [1, "Balokang", 55.5, 7.5, 44.4, 6],
    [2, "Situbatu", 64, 8, 56, 7],
]
MERGED = ["A1:A2", "B1:B2", "C1:D1", "E1:F1"]


def make():
    return workbook(ROWS, merged=MERGED)
