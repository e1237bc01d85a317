"""Made with openpyxl."""

from tests.areas.exchange.books import workbook

ROWS = [
    ["Kecamatan", "Desa/Kelurahan", "2017"],
    ["Banjar", "Banjar", 9.75],
    [None, "Balokang", 7.5],
    ["Langensari", "Langensari", 3],
]


def dress(sheet):
    sheet.merge_cells("A2:A3")


def make():
    return workbook(ROWS, dress=dress)
