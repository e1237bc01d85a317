"""Two tables of one kind."""

from tests.corpus.books import TABLE, package, rows_xml, sheet_xml


def make():
    other = [TABLE[0], ["32.79.01.1001", "Banjar", 2018, 8.0]]
    return package(
        {
            "2017": sheet_xml(rows_xml(TABLE)),
            "2018": sheet_xml(rows_xml(other)),
            "Petunjuk": sheet_xml(rows_xml([["Isi kolom kuning."]])),
        }
    )
