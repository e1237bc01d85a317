"""<v>9,75</v>"""

from tests.corpus.books import BANJAR, HEAD_ROW, package, rows_xml, sheet_xml

ROWS = [HEAD_ROW, [*BANJAR, "<v>9,75</v>"]]


def make():
    return package({"Data": sheet_xml(rows_xml(ROWS))})
