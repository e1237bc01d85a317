"""A formula, and no value beside it."""

from tests.corpus.books import BALOKANG, BANJAR, HEAD_ROW, SITUBATU, package, rows_xml, sheet_xml

ROWS = [
    HEAD_ROW,
    [*BANJAR, "<f>4+5.75</f>"],
    [*BALOKANG, "<f>15/2</f><v></v>"],
    [*SITUBATU, 8.25],
]


def make():
    return package({"Data": sheet_xml(rows_xml(ROWS))})
