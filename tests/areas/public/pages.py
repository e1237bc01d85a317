"""Reading pages as people do."""

import re
from html import unescape


def text_of(response) -> str:
    """Return the words of a page, without markup, with plain spaces."""
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", unescape(plain)).replace("\u00a0", " ")
