"""Made with openpyxl."""

from tests.areas.importing.books import workbook

ROWS = [
    ["Desa/Kelurahan", "Tahun", "Luas (Ha)"],
    ["Balokang", 2017, 7.5, "cek lapangan"],
    ["Situbatu", 2017, 8],
]


def make():
    return workbook(ROWS)
