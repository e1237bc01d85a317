"""Search across all apps, which contribute their hits."""

import re
from dataclasses import dataclass

from django.db.models import Q

from kotaku.formats import MONTHS

MAX_WORDS = 8
MAX_HITS = 20
# What looks like a dash and is typed as "-", or pasted as one of the others.
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_ANY_DASH = re.compile(f"[{DASHES}]")
# Within quotation marks of any kind the words stand side by side.
_QUOTED = r"[\"“”„«»]\s*([^\"“”„«»]*[^\"“”„«»\s])\s*[\"“”„«»]"
_MONTH_NUMBERS = {name.casefold(): number for number, name in enumerate(MONTHS, 1)}
# Short names are months beside a day or a year only: "mar" alone is the beginning of many words.
_SHORT = {name[:3]: number for name, number in _MONTH_NUMBERS.items()} | {
    "agt": 8, "ags": 8, "sept": 9, "nop": 11, "pebruari": 2, "nopember": 11,
}  # fmt: skip
_WEEKDAY = r"(?:(?:senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu)\s*,?\s+)?"
_NAME = "|".join(sorted({*_MONTH_NUMBERS, *_SHORT}, key=len, reverse=True))
_FULL_NAME = "|".join(_MONTH_NUMBERS)
_DATE = re.compile(
    rf"{_WEEKDAY}(?:"
    r"(?P<iso_year>\d{4})-(?P<iso_month>\d{1,2})-(?P<iso_day>\d{1,2})"
    r"|(?P<day>\d{1,2})(?P<sign>[-./])(?P<month>\d{1,2})(?P=sign)(?P<year>\d{4}|\d{2})"
    rf"|(?P<named_day>\d{{1,2}})[\s-]+(?P<name>{_NAME})\.?(?:[\s-]+(?P<named_year>\d{{4}}))?"
    rf"|(?P<only_name>{_NAME})\.?\s+(?P<only_year>\d{{4}})"
    rf"|(?P<alone>{_FULL_NAME})"
    r"|(?P<year_alone>(?:19|20)\d{2})"
    r")(?=[,;.]?(?:\s|$))",
    re.IGNORECASE,
)
_WORD = re.compile(rf"{_QUOTED}|({_DATE.pattern})|(\S+)", re.IGNORECASE)


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


def containing(words: list[str], *fields: str, days: tuple[str, ...] = ()) -> Q:
    """Return a condition: every word occurs in at least one of these fields.

    A word that is a date, a month or a year may lie in one of the fields `days` instead.
    """
    condition = Q()
    for word in words:
        any_field = Q()
        for spelling in _spellings(word):
            for field in fields:
                any_field |= Q(**{f"{field}__icontains": spelling})
        parts = _parts_of_date(word) if days else {}
        for field in days if parts else ():
            any_field |= Q(**{f"{field}__{part}": number for part, number in parts.items()})
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
    parts = _parts_of_date(word)
    if "month" in parts:
        number = [str(parts[name]) for name in ("day", "year") if name in parts]
        number.insert("day" in parts, MONTHS[parts["month"] - 1])
        if (full := " ".join(number)).casefold() != word.casefold():
            written.append(full)
    return written


def _parts_of_date(word: str) -> dict[str, int]:
    """Return day, month and year that the word names, as far as it does; {} if it is no date."""
    match = _DATE.fullmatch(word)
    if not match:
        return {}
    found = match.groupdict()

    def first(*names):
        return next((found[name] for name in names if found[name]), None)

    day, month = first("iso_day", "day", "named_day"), first("iso_month", "month")
    year = first("iso_year", "year", "named_year", "only_year", "year_alone")
    if name := first("name", "only_name", "alone"):
        month = _MONTH_NUMBERS.get(name.casefold()) or _SHORT[name.casefold()]
    named = {"day": day, "month": month, "year": year}
    parts = {part: int(value) for part, value in named.items() if value}
    if "year" in parts and parts["year"] < 100:
        parts["year"] += 2000
    fits = 1 <= parts.get("day", 1) <= 31 and 1 <= parts.get("month", 1) <= 12
    return parts if fits else {}
