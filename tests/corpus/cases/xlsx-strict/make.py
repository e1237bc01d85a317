"""The strict names of ISO/IEC 29500 in every part."""

from tests.corpus.books import TABLE, package, rows_xml, sheet_xml


def make():
    return package({"Data": sheet_xml(rows_xml(TABLE))}, strict=True)
