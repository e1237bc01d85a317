"""Made with openpyxl."""

from tests.areas.importing.books import workbook

ROWS = [
    ["Desa/Kelurahan", "Tahun", "Kumuh (%)", "Kumuh (Ha)"],
    ["Balokang", 2017, 45.2, 7.5],
]


def make():
    return workbook(ROWS)
