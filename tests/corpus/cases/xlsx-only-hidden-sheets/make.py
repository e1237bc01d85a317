"""The only table is hidden."""

from tests.corpus.books import TABLE, package, rows_xml, sheet_xml


def make():
    sheets = {"Sampul": sheet_xml("<sheetData/>"), "Rekap": sheet_xml(rows_xml(TABLE))}
    return package(sheets, states={"Rekap": "hidden"})
