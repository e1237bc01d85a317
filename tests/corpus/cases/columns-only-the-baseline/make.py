"""Made with openpyxl."""

from tests.areas.importing.books import workbook

ROWS = [
    ["Desa/Kelurahan", "Tahun", "Luas kumuh awal (Ha)"],
    ["Balokang", 2017, 11.5],
]


def make():
    return workbook(ROWS)
