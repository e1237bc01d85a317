"""The second cell is not there at all."""

from tests.corpus.books import BALOKANG, BANJAR, HEAD_ROW, package, rows_xml, sheet_xml

ROWS = [HEAD_ROW, [*BANJAR, '<f t="array" ref="D2:D3">E2:E3*2</f>'], BALOKANG]


def make():
    return package({"Data": sheet_xml(rows_xml(ROWS))})
