"""Excel's own line about the delimiter, with old Mac line ends."""

from tests.corpus.books import LINES


def make():
    return ("sep=;\r" + LINES.replace("\r\n", "\r")).encode()
