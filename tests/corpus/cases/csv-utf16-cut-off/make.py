"""Half a character at the end."""

from tests.corpus.books import LINES


def make():
    return ("\ufeff" + LINES).encode("utf-16-le")[:-1]
