"""A name and a total without results."""

from tests.corpus.books import BALOKANG, BANJAR, HEAD_ROW, package, rows_xml, sheet_xml

ROWS = [
    HEAD_ROW,
    [*BANJAR, 9.75],
    [None, "<f>Daftar!B2</f>", 2017, 7.5],
    [None, "<f>Daftar!B3</f>", None, None],
    [*BALOKANG[:2], "<f>B1+1</f>", 7.5],
    ["Jumlah", None, None, "<f>SUM(D2:D5)</f>"],
]


def make():
    return package({"Data": sheet_xml(rows_xml(ROWS))})
