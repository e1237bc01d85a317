"""A table to be looked at."""

from tests.areas.importing.books import workbook
from tests.corpus.books import BALOKANG, BANJAR, HEAD_ROW

ROWS = [
    ["REKAPITULASI KAWASAN KUMUH KOTA BANJAR"],
    [],
    ["No", *HEAD_ROW],
    [1, 2, 3, 4, 5],
    [1, *BANJAR, 9.75],
    [2, *BALOKANG, 7.5],
    ["Jumlah", None, None, None, 17.25],
]


def dress(sheet):
    sheet.merge_cells("A1:E1")
    sheet.merge_cells("A7:D7")
    sheet.freeze_panes = "A5"
    sheet.print_title_rows = "3:3"


def make():
    return workbook(ROWS, title="Rekap", dress=dress)
