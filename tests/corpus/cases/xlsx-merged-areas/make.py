"""D2 to D3 are one cell."""

from tests.corpus.books import BALOKANG, BANJAR, HEAD_ROW, package, rows_xml, sheet_xml

ROWS = [HEAD_ROW, [*BANJAR, 9.75], BALOKANG]


def make():
    merged = '<mergeCells count="1"><mergeCell ref="D2:D3"/></mergeCells>'
    return package({"Data": sheet_xml(rows_xml(ROWS), after=merged)})
