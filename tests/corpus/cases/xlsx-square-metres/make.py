"""97.451,23 m² are 9,745123 Ha."""

from tests.corpus.books import package, rows_xml, sheet_xml

ROWS = [
    ["Kode", "Desa/Kelurahan", "Tahun", "Luas kumuh (m2)"],
    ["32.79.01.1001", "Banjar", 2017, 97451.23],
    ["32.79.01.2003", "Balokang", 2017, 75000],
]


def make():
    return package({"Data": sheet_xml(rows_xml(ROWS))})
