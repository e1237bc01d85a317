"""Made with openpyxl."""

from tests.areas.importing.books import workbook

ROWS = [
    ["No", "Desa/Kelurahan", "Tahun", "Luas (Ha)"],
    [1, 2, 3, 4],
    [1, "Balokang", 2017, 7.5],
    ["No", "Desa/Kelurahan", "Tahun", "Luas (Ha)"],
    [1, 2, 3, 4],
    [2, "Situbatu", 2017, 8],
    [None, "Rata-rata", None, 7.75],
]


def make():
    return workbook(ROWS)
