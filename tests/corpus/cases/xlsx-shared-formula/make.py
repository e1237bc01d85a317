"""One formula for three rows."""

from tests.corpus.books import BALOKANG, BANJAR, HEAD_ROW, SITUBATU, package, rows_xml, sheet_xml

ROWS = [
    HEAD_ROW,
    [*BANJAR, '<f t="shared" ref="D2:D4" si="0">E2*2</f><v>9.75</v>'],
    [*BALOKANG, '<f t="shared" si="0"/><v>7.5</v>'],
    [*SITUBATU, '<f t="shared" si="0"/>'],
]


def make():
    return package({"Data": sheet_xml(rows_xml(ROWS))})
