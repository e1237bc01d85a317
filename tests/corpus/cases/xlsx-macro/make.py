"""A project of Visual Basic."""

from tests.corpus.books import TABLE, package, rows_xml, sheet_xml


def make():
    return package({"Data": sheet_xml(rows_xml(TABLE))}, more={"xl/vbaProject.bin": b"makro"})
