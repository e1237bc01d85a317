"""UTF-16 that does not say so."""

from tests.corpus.books import LINES


def make():
    return LINES.encode("utf-16-le")
