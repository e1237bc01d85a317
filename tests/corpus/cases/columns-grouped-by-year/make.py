"""Made with openpyxl."""

from tests.areas.exchange.books import workbook

ROWS = [
    ["Desa/Kelurahan", 2017, None, 2018, None],
    [None, "Ha", "%", "Ha", "%"],
    ["Balokang", 8, 70, 7.5, 65],
]


def dress(sheet):
    sheet.merge_cells("B1:C1"), sheet.merge_cells("D1:E1")


def make():
    return workbook(ROWS, dress=dress)
