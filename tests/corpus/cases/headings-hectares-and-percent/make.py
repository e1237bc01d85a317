"""Hectares and percent under each merged year (openpyxl)."""

from tests.areas.importing.books import workbook

ROWS = [
    ["No", "Desa/Kelurahan", 2017, None, 2018, None],
    [None, None, "Ha", "%", "Ha", "%"],
    [1, "Balokang", 7.5, 55.5, 6, 44.4],
    [2, "Situbatu", 8, 64, 7, 56],
]
MERGED = ["A1:A2", "B1:B2", "C1:D1", "E1:F1"]


def make():
    return workbook(ROWS, merged=MERGED)
