"""Carriage returns alone."""

from tests.corpus.books import LINES


def make():
    return LINES.replace("\r\n", "\r").encode()
