"""0 is no result, but XlsxWriter's filler."""

from tests.corpus.books import BALOKANG, BANJAR, HEAD_ROW, package, rows_xml, sheet_xml

ROWS = [HEAD_ROW, [*BANJAR, "<f>4+5.75</f><v>0</v>"], [*BALOKANG, "<f>15/2</f><v>7.5</v>"]]


def make():
    return package(
        {"Data": sheet_xml(rows_xml(ROWS))},
        in_workbook='<calcPr calcId="124519" fullCalcOnLoad="1"/>',
    )
