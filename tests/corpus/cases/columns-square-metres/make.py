"""Made with openpyxl."""

from tests.areas.importing.books import workbook

ROWS = [
    ["Desa/Kelurahan", "Tahun", "Luas kumuh (m²)"],
    ["Balokang", 2017, 75000],
    ["Situbatu", 2017, 81234],
]


def make():
    return workbook(ROWS)
