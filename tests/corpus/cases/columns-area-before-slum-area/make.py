"""Made with openpyxl."""

from tests.areas.importing.books import workbook

ROWS = [
    ["Desa/Kelurahan", "Tahun", "Luas (Ha)", "Luas Kumuh (Ha)"],
    ["Balokang", 2017, 412.5, 7.5],
]


def make():
    return workbook(ROWS)
