"""Clean text, the same for forms, the admin, imports and sign-in. Pure: standard library only."""

import re
import unicodedata

# Line ends of other systems become newlines; other separators, spaces. A vertical tab is a line
# break in text copied from slides.
_LINE_ENDS = re.compile(r"\r\n?")
_SPACES = re.compile(r"[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
# The allowed control characters (category Cc).
_KEPT = frozenset("\t\n")
# Removed: control and format characters, lone surrogates, and noncharacters (not all valid XML).
_DROPPED = frozenset({"Cc", "Cf", "Cs"})
_NO_CHARACTERS = re.compile(r"[\ufdd0-\ufdef\ufffe\uffff]")

_MARK = re.compile(r"\A\s*(?:\(?\d{1,3}[.)]|[-•*–—])\s+")


def unnumbered(line: str) -> str:
    """Return a line of a list without its number or bullet: ` 2) Ani ` → `Ani`."""
    return _MARK.sub("", line).strip()


def clean_text(text: str) -> str:
    """Return the text in Unicode's composed form (NFC), without invisible characters.

    Control characters but tab and newline, and format characters (zero width, direction marks,
    byte-order mark), are removed; those that separate words become spaces.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _SPACES.sub(" ", _LINE_ENDS.sub("\n", text))
    kept = (
        character
        for character in text
        if character in _KEPT or unicodedata.category(character) not in _DROPPED
    )
    # Composed last: a removed character may have been between a letter and its accent.
    return unicodedata.normalize("NFC", _NO_CHARACTERS.sub("", "".join(kept)))


def normal_user_name(name: str) -> str:
    """Return the normal form of a user name for storage and comparison: `Siti.A ` → `siti.a`."""
    return unicodedata.normalize("NFKC", clean_text(name)).casefold().strip()
