"""A sheet for each year, which only the sheets' names say."""

from tests.corpus.books import package, rows_xml, sheet_xml

ROWS = [["Desa/Kelurahan", "Luas kumuh (Ha)"], ["Balokang", 7.5]]


def make():
    sheet = sheet_xml(rows_xml(ROWS))
    return package({"2017": sheet, "2018": sheet})
