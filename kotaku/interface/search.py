"""One box for everything: words in, hits out, gathered from what each app contributes."""

from dataclasses import dataclass

from django.db.models import Q

MAX_WORDS = 8
MAX_HITS = 20


@dataclass(frozen=True)
class SearchHit:
    """One thing found: what kind it is, its name, a few words about it, and where it is."""

    kind: str
    title: str
    text: str
    url: str


def words_of(query: str) -> list[str]:
    """Return the words to look for; all of them have to occur."""
    return query.replace("\x00", " ").split()[:MAX_WORDS]


def containing(words: list[str], *fields: str) -> Q:
    """Return the condition that every word occurs in one of these fields."""
    condition = Q()
    for word in words:
        any_field = Q()
        for field in fields:
            any_field |= Q(**{f"{field}__icontains": word})
        condition &= any_field
    return condition


def excerpt(text: str, words: list[str], around: int = 70) -> str:
    """Return the surroundings of the first word that occurs in a text, on one line."""
    plain = " ".join(text.split())
    places = [plain.casefold().find(word.casefold()) for word in words]
    start = max(min((place for place in places if place >= 0), default=0) - around, 0)
    end = start + 2 * around + 20
    return ("… " if start else "") + plain[start:end] + (" …" if end < len(plain) else "")
