"""Texts in pieces."""

from tests.corpus.books import HEAD, HEAD_ROW, MAIN, package, rows_xml, sheet_xml

TEXTS = (
    "<si><r><rPr><b/></rPr><t>Balo</t></r><r><t>kang</t></r><rPh sb='0' eb='1'><t>BALO</t></rPh></si>"
    "<si><t>Sudah dicek_x000D_\n_x005F_selesai</t></si>"
)
ROW = (
    '<row r="2"><c r="B2" t="s"><v>0</v></c><c r="C2"><v>2017</v></c><c r="D2"><v>9.75</v></c>'
    '<c r="E2" t="s"><v>1</v></c></row>'
)


def make():
    data = rows_xml([[*HEAD_ROW, "Catatan"]]).replace("</sheetData>", f"{ROW}</sheetData>")
    return package({"Data": sheet_xml(data)}, strings=f'{HEAD}<sst xmlns="{MAIN}">{TEXTS}</sst>')
