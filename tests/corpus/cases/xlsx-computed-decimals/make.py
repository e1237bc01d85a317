"""12,34567 is shown as 12,35; 2,0049999999999999 as 2,01."""

from tests.corpus.books import BALOKANG, BANJAR, HEAD_ROW, SITUBATU, package, rows_xml, sheet_xml

ROWS = [
    HEAD_ROW,
    [*BANJAR, "<f>E2/F2</f><v>9.34567</v>"],
    [*BALOKANG, "<f>E3/F3</f><v>2.0049999999999999</v>"],
    [*SITUBATU, "<f>E4+F4</f><v>0.30000000000000004</v>"],
    ["Jumlah", None, None, 11.65],
]


def make():
    return package({"Data": sheet_xml(rows_xml(ROWS))})
