"""A1 is declared, four columns are there."""

from tests.corpus.books import TABLE, package, rows_xml, sheet_xml


def make():
    return package({"Data": sheet_xml(rows_xml(TABLE), before='<dimension ref="A1"/>')})
