"""A workbook without styles, shared texts and document properties."""

from tests.corpus.books import package, rows_xml, sheet_xml

ROWS = [
    ["Kode", "Desa/Kelurahan", "Tahun", "Luas kumuh (Ha)"],
    ["32.79.01.1001", "Banjar", 2017, 9.75],
    ["32.79.01.2003", "Balokang", 2017, 7.5],
]


def make():
    return package({"Data": sheet_xml(rows_xml(ROWS))})
