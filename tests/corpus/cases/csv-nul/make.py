"""A NUL in a name."""

from tests.corpus.books import LINES


def make():
    return LINES.replace("Banjar", "Ban\x00jar").encode()
