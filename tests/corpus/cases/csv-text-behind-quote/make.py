"""A name in quotes within a quoted cell."""

from tests.corpus.books import LINES


def make():
    return LINES.replace("Banjar", '"Kel. "Banjar" kota"').encode()
