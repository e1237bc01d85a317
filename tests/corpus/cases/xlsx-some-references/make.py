"""A gap that only a position tells."""

from tests.corpus.books import HEAD_ROW, package, rows_xml, sheet_xml

ROW = (
    '<row><c t="inlineStr"><is><t>32.79.01.1001</t></is></c><c r="C2"><v>2017</v></c>'
    "<c><v>9.75</v></c></row>"
)


def make():
    data = rows_xml([HEAD_ROW]).replace("</sheetData>", f"{ROW}</sheetData>")
    return package({"Data": sheet_xml(data)})
