"""[1] is another file."""

from tests.corpus.books import BALOKANG, BANJAR, HEAD_ROW, package, rows_xml, sheet_xml

ROWS = [HEAD_ROW, [*BANJAR, "<f>[1]Rekap!D2</f><v>9.75</v>"], [*BALOKANG, 7.5]]


def make():
    return package({"Data": sheet_xml(rows_xml(ROWS))})
