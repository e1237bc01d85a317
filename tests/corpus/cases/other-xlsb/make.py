"""A workbook whose parts are binary."""

from tests.corpus.books import zipped


def make():
    return zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": b"\x83\x01"})
