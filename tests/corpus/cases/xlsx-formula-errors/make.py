"""#REF!, #DIV/0! and #N/A."""

from tests.corpus.books import BALOKANG, BANJAR, HEAD_ROW, SITUBATU, package, rows_xml, sheet_xml

ROWS = [HEAD_ROW, [*BANJAR, 1], [*BALOKANG, 2], [*SITUBATU, 3]]
ERRORS = {2: "#REF!", 3: "#DIV/0!", 4: "#N/A"}


def make():
    data = rows_xml(ROWS)
    for row, error in ERRORS.items():
        cell = f'<c r="D{row}" t="e"><f>1/0</f><v>{error}</v></c>'
        data = data.replace(f'<c r="D{row}"><v>{row - 1}</v></c>', cell)
    return package({"Data": sheet_xml(data)})
