"""Search across all apps, which contribute their hits."""

import re
from dataclasses import dataclass

from django.db.models import Q

from kotaku.interface import search_dates
from kotaku.interface.search_dates import DASHES

MAX_WORDS = 8
MAX_HITS = 20
_ANY_DASH = re.compile(f"[{DASHES}]")
# Within quotation marks of any kind the words stand side by side.
_QUOTED = r"[\"“”„«»]\s*([^\"“”„«»]*[^\"“”„«»\s])\s*[\"“”„«»]"
_WORD = re.compile(rf"{_QUOTED}|({search_dates.PATTERN})|(\S+)", re.IGNORECASE)


@dataclass(frozen=True)
class SearchHit:
    """A search hit: kind, name, excerpt and URL."""

    kind: str
    title: str
    text: str
    url: str


def words_of(query: str) -> list[str]:
    """Return the words, quoted phrases and dates of a query; a hit must contain all of them."""
    query = query.replace("\x00", " ")
    found = []
    for match in _WORD.finditer(query):
        # A quotation mark without its partner, and a comma after a word, are not searched for.
        word = " ".join((match[1] or match[0]).split()).strip('"“”„«»,;')
        if word.strip(f"{DASHES}.,;"):
            found.append(word)
    return found[:MAX_WORDS]


def containing(words: list[str], *fields: str, days: tuple = ()) -> Q:
    """Return a condition: every word occurs in at least one of these fields.

    A word that is a date, a range of dates, a month or a year may be a day of one of `days`
    instead: fields, or pairs of fields for the first and the last day.
    """
    condition = Q()
    for word in words:
        any_field = Q()
        for spelling in _spellings(word):
            for field in fields:
                any_field |= Q(**{f"{field}__icontains": spelling})
        for field in days:
            first, last = (field, field) if isinstance(field, str) else field
            any_field |= search_dates.on_days(word, first, last)
        condition &= any_field
    return condition


def excerpt(text: str, words: list[str], around: int = 70) -> str:
    """Return one line of text around the first word found."""
    plain = " ".join(text.split())
    spellings = [spelling for word in words for spelling in _spellings(word)]
    places = [plain.casefold().find(spelling.casefold()) for spelling in spellings]
    start = max(min((place for place in places if place >= 0), default=0) - around, 0)
    end = start + 2 * around + 20
    return ("… " if start else "") + plain[start:end] + (" …" if end < len(plain) else "")


def _spellings(word: str) -> list[str]:
    """Return the word as it may stand in a text: with each kind of dash, a date in full words."""
    written = [word]
    if _ANY_DASH.search(word):
        written += [other for dash in DASHES if (other := _ANY_DASH.sub(dash, word)) != word]
    full = search_dates.spelled_out(word)
    if full and full.casefold() != word.casefold():
        written.append(full)
    return written
