"""User names, compared without case by everything that looks one up. Pure: standard library only."""

import unicodedata

from kotaku.text import clean_text


def normal_user_name(name: str) -> str:
    """Return the form in which a user name is stored and compared: `Siti.A ` is `siti.a`."""
    return unicodedata.normalize("NFKC", clean_text(name)).casefold().strip()
