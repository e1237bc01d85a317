"""Two sheets too many."""

from tests.corpus.books import TABLE, package, rows_xml, sheet_xml


def make():
    day = sheet_xml(rows_xml([["Catatan harian"]]))
    return package({"Rekap": sheet_xml(rows_xml(TABLE))} | {f"Hari {n}": day for n in range(1, 22)})
