"""Made with openpyxl."""

from tests.areas.importing.books import workbook

ROWS = [
    ["Desa/Kelurahan", 2017, None, 2018, None],
    [None, "Ha", "%", "Ha", "%"],
    ["Balokang", 8, 70, 7.5, 65],
]


def make():
    return workbook(ROWS, merged=["B1:C1", "D1:E1"])
