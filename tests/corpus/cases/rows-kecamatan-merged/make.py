"""Made with openpyxl."""

from tests.areas.importing.books import workbook

ROWS = [
    ["Kecamatan", "Desa/Kelurahan", "2017"],
    ["Banjar", "Banjar", 9.75],
    [None, "Balokang", 7.5],
    ["Langensari", "Langensari", 3],
]


def make():
    return workbook(ROWS, merged=["A2:A3"])
