"""Font family 34."""

from tests.corpus.books import TABLE, package, rows_xml, sheet_xml, styles_xml


def make():
    return package(
        {"Data": sheet_xml(rows_xml(TABLE))},
        styles=styles_xml(fonts='<font><sz val="11"/><family val="34"/></font>'),
    )
