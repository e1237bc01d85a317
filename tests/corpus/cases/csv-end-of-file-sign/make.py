"""Ctrl-Z at the end."""

from tests.corpus.books import LINES


def make():
    return (LINES + "\x1a").encode()
