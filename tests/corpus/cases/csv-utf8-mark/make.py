"""A byte-order mark before the first heading."""

from tests.corpus.books import LINES


def make():
    return LINES.encode("utf-8-sig")
