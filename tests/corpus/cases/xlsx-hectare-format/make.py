"""9,75 Ha is shown."""

from tests.corpus.books import TABLE, package, rows_xml, sheet_xml, styles_xml


def make():
    data = rows_xml(TABLE).replace('<c r="D2">', '<c r="D2" s="1">')
    return package(
        {"Data": sheet_xml(data)}, styles=styles_xml('#,##0.00" Ha";[Red]-#,##0.00\\ "Ha"')
    )
