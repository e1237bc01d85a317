"""UTF-16, big end first, with its mark."""

from tests.corpus.books import LINES


def make():
    return ("\ufeff" + LINES).encode("utf-16-be")
