"""A number with a footnote mark, and a heading with m² set as superscript."""

from tests.corpus.books import HEAD, MAIN, package, rows_xml, sheet_xml

RAISED = "<r><rPr><vertAlign val='superscript'/></rPr><t>{}</t></r>"
TEXTS = (
    f"<si><r><t>7,5</t></r>{RAISED.format(1)}</si>"
    f"<si><r><t>Sisa luas kumuh (m</t></r>{RAISED.format(2)}<r><t>)</t></r></si>"
)
ROWS = (
    '<row r="2"><c r="A2" t="inlineStr"><is><t>Balokang</t></is></c><c r="B2"><v>2017</v></c>'
    '<c r="C2" t="s"><v>0</v></c></row>'
    '<row r="3"><c r="A3" t="inlineStr"><is><t>Neglasari</t></is></c><c r="B3"><v>2017</v></c>'
    '<c r="C3"><v>75000</v></c></row>'
)


def make():
    head = rows_xml([["Desa", "Tahun"]]).replace("</row>", '<c r="C1" t="s"><v>1</v></c></row>')
    data = head.replace("</sheetData>", f"{ROWS}</sheetData>")
    return package({"Data": sheet_xml(data)}, strings=f'{HEAD}<sst xmlns="{MAIN}">{TEXTS}</sst>')
