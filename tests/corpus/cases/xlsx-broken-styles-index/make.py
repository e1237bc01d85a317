"""Style 99 of one, and none."""

from tests.corpus.books import TABLE, package, rows_xml, sheet_xml, styles_xml


def make():
    data = rows_xml(TABLE).replace('<c r="D2">', '<c r="D2" s="99">')
    data = data.replace('<c r="D3">', '<c r="D3" s="">')
    return package({"Data": sheet_xml(data)}, styles=styles_xml())
