"""UTF-16, little end first, with its mark."""

from tests.corpus.books import LINES


def make():
    return ("\ufeff" + LINES.replace(";", "\t")).encode("utf-16-le")
