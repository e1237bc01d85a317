"""A packed workbook."""

from tests.corpus.books import zipped


def make():
    return zipped({"rekap/rekap.xlsx": b"PK"})
