"""One question for the whole file."""

from tests.corpus.books import package, rows_xml, sheet_xml

ROWS = [["Kode", "Luas kumuh awal (Ha)"], ["32.79.01.1001", 12.34567], ["32.79.01.2003", 7.125]]


def make():
    return package({"Data": sheet_xml(rows_xml(ROWS))})
