"""Stored values that may be old."""

from tests.corpus.books import BALOKANG, HEAD_ROW, package, rows_xml, sheet_xml

ROWS = [HEAD_ROW, [*BALOKANG, "<f>15/2</f><v>7.5</v>"]]


def make():
    return package(
        {"Data": sheet_xml(rows_xml(ROWS))},
        in_workbook='<calcPr calcId="191029" calcMode="manual"/>',
    )
