"""A quotation mark before a name."""

from tests.corpus.books import LINES


def make():
    return LINES.replace("Banjar", '"Banjar').encode()
