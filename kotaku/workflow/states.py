"""Declare the states of a record and the transitions between them, with all that pages say of them.

A new state or transition is written in one place: pages, histories, URLs and buttons iterate these
declarations, and the style sheet knows tones instead of states.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db import models


class Tone(StrEnum):
    """The colour and the sign (in the style sheet) of a state or of a line of history."""

    PLAIN = "plain"
    GOOD = "good"  # ✓
    WAIT = "wait"
    BAD = "bad"  # !
    NONE = "none"  # dashed: nothing there yet, or no longer


class Actor(StrEnum):
    """Who carries out a transition: the one who enters the record, or the one who checks it."""

    OWNER = "owner"
    REVIEWER = "reviewer"


@dataclass(frozen=True)
class Look:
    """What pages show of a record in a state; `{called}` stands for the record's name.

    `said` precedes the person and the time that brought it there ("oleh Petugas, 09.00 WIB").
    `owner` is a sentence for those who enter the record; `owner_title` and `reviewer_title` head a
    callout with the reason that was given. `path` is done, now, problem or ahead for each step.
    """

    tone: Tone = Tone.PLAIN
    said: str = ""
    owner: str = ""
    owner_title: str = ""
    reviewer_title: str = ""
    path: tuple[str, ...] = ()


class States(models.TextChoices):
    """States of a record, each with its look: `DRAFT = "draft", Look(…), "Draf"`."""

    def __new__(cls, value, look=Look()):
        """Store the look beside the value."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.look = look
        return member


@dataclass(frozen=True)
class Reason:
    """The text field of a button, where it needs more than a click."""

    label: str = "Alasan"
    missing: str = "Tulis alasannya, supaya yang lain mengerti."
    help_text: str = ""
    name: str = "reason"
    longest: int = 1000
    rows: int = 3


@dataclass(frozen=True)
class Tick:
    """The box of a button whose record has marks that must be checked first."""

    label: str
    missing: str


@dataclass(frozen=True)
class Button:
    """The button of a transition: the end of its URL, the end of that URL's name, and its words.

    `done` is the message afterwards; `{row}` in it is the record. A folded button is shown only
    after its title is opened.
    """

    path: str
    name: str
    label: str = ""
    done: str = ""
    title: str = ""
    text: str = ""
    reason: Reason | None = None
    tick: Tick | None = None
    is_main: bool = False
    is_folded: bool = False


@dataclass(frozen=True)
class Transition:
    """An action on a record: each state before → the state after, and its event in the history.

    `kind` and `label` are the event's. `signs` is the prefix of the fields with the person and the
    time, `clears` those that it empties. `asks` is the refusal without a reason, where one is
    required.
    """

    moves: Mapping[str, str]
    kind: str = ""
    label: str = ""
    tone: Tone = Tone.PLAIN
    by: Actor | None = None
    signs: str = ""
    clears: tuple[str, ...] = ()
    asks: str = ""
    button: Button | None = None

    @property
    def targets(self) -> set[str]:
        """The states that it leads to from another one."""
        return {after for before, after in self.moves.items() if before != after}


def event_kinds(transitions: Iterable[Transition], **others: str) -> type[models.TextChoices]:
    """Return the kinds of events of these transitions, and others (KEY → label)."""
    kinds = {each.kind: each.label for each in transitions if each.kind}
    kinds |= {key.lower(): label for key, label in others.items()}
    members = [(kind.upper(), (kind, label)) for kind, label in kinds.items()]
    return models.TextChoices("Kind", members)


def kinds_with_reason(transitions: Iterable[Transition]) -> tuple[str, ...]:
    """Return the kinds of the events that need a reason."""
    return tuple(each.kind for each in transitions if each.asks)


def tones(transitions: Iterable[Transition]) -> dict[str, Tone]:
    """Return the tone of each kind of event."""
    return {each.kind: each.tone for each in transitions if each.kind}
