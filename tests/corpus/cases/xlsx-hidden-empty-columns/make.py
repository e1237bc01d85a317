"""Nothing is hidden that says anything."""

from tests.corpus.books import TABLE, package, rows_xml, sheet_xml

COLUMNS = '<cols><col min="5" max="16384" width="0" hidden="1" customWidth="1"/></cols>'


def make():
    return package({"Data": sheet_xml(rows_xml(TABLE), before=COLUMNS)})
