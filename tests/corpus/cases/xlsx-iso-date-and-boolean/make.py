"""t=\"d\" and t=\"b\"."""

from tests.corpus.books import BALOKANG, BANJAR, HEAD_ROW, package, rows_xml, sheet_xml

ROWS = [HEAD_ROW, [*BANJAR, 1], [*BALOKANG, 2]]


def make():
    data = rows_xml(ROWS)
    data = data.replace('<c r="D2"><v>1<', '<c r="D2" t="d"><v>2017-12-31<')
    return package({"Data": sheet_xml(data.replace('<c r="D3"><v>2<', '<c r="D3" t="b"><v>1<'))})
