"""Search across all apps, which contribute their hits."""

from dataclasses import dataclass

from django.db.models import Q

MAX_WORDS = 8
MAX_HITS = 20


@dataclass(frozen=True)
class SearchHit:
    """A search hit: kind, name, excerpt and URL."""

    kind: str
    title: str
    text: str
    url: str


def words_of(query: str) -> list[str]:
    """Return the words of a query; a hit must contain all of them."""
    return query.replace("\x00", " ").split()[:MAX_WORDS]


def containing(words: list[str], *fields: str) -> Q:
    """Return a condition: every word occurs in at least one of these fields."""
    condition = Q()
    for word in words:
        any_field = Q()
        for field in fields:
            any_field |= Q(**{f"{field}__icontains": word})
        condition &= any_field
    return condition


def excerpt(text: str, words: list[str], around: int = 70) -> str:
    """Return one line of text around the first word found."""
    plain = " ".join(text.split())
    places = [plain.casefold().find(word.casefold()) for word in words]
    start = max(min((place for place in places if place >= 0), default=0) - around, 0)
    end = start + 2 * around + 20
    return ("… " if start else "") + plain[start:end] + (" …" if end < len(plain) else "")
