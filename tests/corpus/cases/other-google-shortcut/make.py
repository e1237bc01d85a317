"""An address, and no data."""


def make():
    return b'{"url": "https://docs.google.com/open?id=1", "doc_id": "1"}'
