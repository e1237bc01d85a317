"""Made with openpyxl."""

from tests.areas.importing.books import workbook

ROWS = [
    ["Desa/Kelurahan", "Sisa kumuh (Ha)"],
    ["Balokang", 7.5],
]


def make():
    return workbook(ROWS)
