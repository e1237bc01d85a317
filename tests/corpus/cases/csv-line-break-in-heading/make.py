"""A heading of two lines."""

from tests.corpus.books import LINES


def make():
    return LINES.replace("Luas kumuh (Ha)", '"Luas kumuh\n(Ha)"').encode()
