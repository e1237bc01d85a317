"""Day 41274 is 31 December 2017 there."""

from tests.corpus.books import BALOKANG, HEAD_ROW, package, rows_xml, sheet_xml, styles_xml

ROWS = [HEAD_ROW, [*BALOKANG[:2], 2017, 41638]]


def make():
    data = rows_xml(ROWS).replace('<c r="D2">', '<c r="D2" s="1">')
    return package(
        {"Data": sheet_xml(data)},
        styles=styles_xml("dd/mm/yyyy"),
        in_workbook='<workbookPr date1904="1"/>',
    )
