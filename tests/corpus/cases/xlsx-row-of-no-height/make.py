"""A row of height 0."""

from tests.corpus.books import BALOKANG, BANJAR, HEAD_ROW, SITUBATU, package, rows_xml, sheet_xml

ROWS = [HEAD_ROW, [*BANJAR, 9.75], [*BALOKANG, 7.5], [*SITUBATU, 8.25]]


def make():
    return package({"Data": sheet_xml(rows_xml(ROWS, {3: ' ht="0" customHeight="1"'}))})
