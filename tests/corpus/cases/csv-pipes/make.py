"""Vertical bars between cells."""

from tests.corpus.books import LINES


def make():
    return LINES.replace(";", "|").encode()
