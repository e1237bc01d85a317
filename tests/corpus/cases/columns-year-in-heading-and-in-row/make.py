"""Made with openpyxl."""

from tests.areas.importing.books import workbook

ROWS = [
    ["Desa/Kelurahan", "Tahun", "Luas kumuh 2017 (Ha)", "Sisa (Ha)"],
    ["Balokang", 2018, 8, 7.5],
]


def make():
    return workbook(ROWS)
