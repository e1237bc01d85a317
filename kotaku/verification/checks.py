"""One check of the record, and the sentences about what it finds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

# So many sentences of one check are told; the rest is counted.
LISTED = 20


@dataclass(frozen=True)
class Check:
    """A check: its title, what it asks of the record, and what to do about its findings.

    `find` yields a sentence for each finding. It may read while people work: only what a second
    look confirms is told (`kotaku.verification.report`).
    """

    title: str
    advice: str
    find: Callable[[], Iterable[str]]


def named(model, key) -> str:
    """Return a row as text: the kind of record and its number, without personal data."""
    return f"{model._meta.verbose_name} no. {key}"


def sentence(text: str) -> str:
    """Return the text with a capital letter, and a full stop at its end."""
    return f"{text[:1].upper()}{text[1:]}."


def some(keys: Iterable, most: int = 10) -> str:
    """Return the first keys as text."""
    keys = list(keys)
    return ", ".join(map(str, keys[:most])) + (", …" if len(keys) > most else "")
