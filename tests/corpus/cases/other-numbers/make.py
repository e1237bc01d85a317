"""The parts by which Numbers is known."""

from tests.corpus.books import zipped


def make():
    return zipped({"Index/Document.iwa": b"", "Metadata/Properties.plist": b""})
