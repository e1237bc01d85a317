"""A document of another Office program."""

from tests.corpus.books import zipped


def make():
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"})
