"""Two byte-order marks."""

from tests.corpus.books import LINES


def make():
    return ("\ufeff" + LINES).encode("utf-8-sig")
