"""0 is a result."""

from tests.corpus.books import BANJAR, HEAD_ROW, package, rows_xml, sheet_xml

ROWS = [HEAD_ROW, [*BANJAR, "<f>4-4</f><v>0</v>"]]


def make():
    return package({"Data": sheet_xml(rows_xml(ROWS))}, in_workbook='<calcPr calcId="191029"/>')
