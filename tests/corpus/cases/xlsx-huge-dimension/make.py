"""Empty cells with a style, down to the last row."""

from tests.corpus.books import TABLE, package, rows_xml, sheet_xml

FAR = '<row r="1048576" s="1" customFormat="1"><c r="XFD1048576" s="1"/></row></sheetData>'


def make():
    data = rows_xml(TABLE).replace("</sheetData>", FAR)
    return package({"Data": sheet_xml(data, before='<dimension ref="A1:XFD1048576"/>')})
