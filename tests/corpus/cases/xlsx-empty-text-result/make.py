"""An empty text is a result: nothing is said."""

from tests.corpus.books import BALOKANG, package, rows_xml, sheet_xml

ROWS = [["Kode", "Desa/Kelurahan", "2017", "2018"], [*BALOKANG[:2], 7.5, "x"]]


def make():
    empty = '<c r="D2" t="str"><f>IF(E2="","",E2)</f><v></v></c>'
    data = rows_xml(ROWS).replace('<c r="D2" t="inlineStr"><is><t>x</t></is></c>', empty)
    return package({"Data": sheet_xml(data)})
