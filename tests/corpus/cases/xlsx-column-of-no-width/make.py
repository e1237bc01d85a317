"""Column D has the width 0."""

from tests.corpus.books import package, rows_xml, sheet_xml

ROWS = [
    ["Kode", "Desa/Kelurahan", "Tahun", "Luas (Ha)", "Sisa kumuh (Ha)"],
    ["32.79.01.1001", "Banjar", 2017, 99.0, 9.75],
]
COLUMNS = '<cols><col min="4" max="4" width="0" customWidth="1"/></cols>'


def make():
    return package({"Data": sheet_xml(rows_xml(ROWS), before=COLUMNS)})
