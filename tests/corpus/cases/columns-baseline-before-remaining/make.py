"""Made with openpyxl."""

from tests.areas.importing.books import workbook

ROWS = [
    ["Desa/Kelurahan", "Tahun", "Luas kumuh awal (Ha)", "Sisa kumuh (Ha)"],
    ["Balokang", 2017, 11.5, 7.5],
    ["Situbatu", 2017, 12, 8],
]


def make():
    return workbook(ROWS)
