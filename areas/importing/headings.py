"""Find the words and the unit of a heading. Pure: standard library only."""

import re
import unicodedata
from collections.abc import Callable

HECTARE, SQUARE_METRE, ARE, SQUARE_KILOMETRE = "Ha", "m²", "are", "km²"
METRE, KILOMETRE = "m", "km"
PERCENT, COUNT = "%", "jumlah"
# Longer names first, so that "meter persegi" is not found as "meter".
_UNITS = (
    (PERCENT, r"persen|percent|persentase|prosentase|percentage"),
    (SQUARE_KILOMETRE, r"km ?2|km persegi|kilometer persegi|sq km|square kilomet(?:er|re)s?"),
    (SQUARE_METRE, r"m ?2|m persegi|meter persegi|meter kuadrat|sqm|sq m|square met(?:er|re)s?"),
    (HECTARE, r"ha|hektar|hektare|hectares?"),
    (ARE, r"are"),
    (KILOMETRE, r"km|kilomet(?:er|re)s?"),
    (METRE, r"m|met(?:er|re)s?"),
    (COUNT, r"unit|buah|kk|jiwa|orang|rumah"),
)
UNITS = tuple((unit, re.compile(rf"\b(?:{names})\b")) for unit, names in _UNITS)
_TITLE = re.compile(r"\b(?:dalam|satuan)(?: luas)? (.+)")
_FILLERS = re.compile(r"\b(?:dalam|in|satuan)\b")
_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]")
_YEAR = re.compile(r"(?:tahun |akhir |thn )*(?:19|20)\d{2}")


def plain(text: str) -> str:
    """Return the words in lower case without punctuation: `Luas_Kumuh (m²)` → `luas kumuh m2`."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("%", " persen ")
    return " ".join(re.sub(r"[\W_]+", " ", text).split())


def without_units(words: str) -> tuple[str, list[str]]:
    """Return plain words without units, and the units found in them."""
    found = []
    for unit, pattern in UNITS:
        words, times = pattern.subn(" ", words)
        if times:
            found.append(unit)
    return " ".join(_FILLERS.sub(" ", words).split()), found


def role_in(text: str, meaning_of: Callable[[str], str]) -> str:
    """Return the role of a heading, "" for none; `meaning_of` returns the role of plain words.

    If the full heading has none, units are ignored, and as a last resort text in brackets.
    """
    words = plain(text)
    role = meaning_of(words) or meaning_of(without_units(words)[0])
    if role or not _BRACKETS.search(text):
        return role
    return meaning_of(without_units(plain(_BRACKETS.sub(" ", text)))[0])


def unit_in(text: str) -> str:
    """Return the unit in a heading; "" for none.

    A known unit is one of the constants above; others are returned as text: `tumbak`, `m2 ha`.
    """
    words = plain(text)
    _, found = without_units(words)
    if len(found) == 1:
        return found[0]
    inside = " ".join(_BRACKETS.findall(text))
    if found:
        # "m2 / Ha" is ambiguous.
        return " ".join(inside.split()) or words
    return "" if _YEAR.fullmatch(plain(inside)) else " ".join(inside.split())


def units_of_title(text: str) -> list[str]:
    """Return the unit (one or none) of all numbers below a title: `Luas kumuh 2024 (dalam m²)`."""
    named = _TITLE.search(plain(text))
    return [unit for unit, pattern in UNITS if named and pattern.match(named[1])][:1]
