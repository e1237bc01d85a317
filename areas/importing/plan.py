"""What an import would do to the record: its rows with their outcomes, sums, and digest. Pure."""

import hashlib
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from areas.importing.statements import Statement
from areas.rules.plausibility import Concern, needs_confirmation


class Outcome(StrEnum):
    """What becomes of a row."""

    WRONG = "salah"
    NEW = "baru"
    CHANGED = "berubah"
    SAME = "sama"
    LEFT_OUT = "dilewati"

    @property
    def label(self) -> str:
        """The word on the page."""
        return self.value.capitalize()


@dataclass(frozen=True)
class PlannedRow:
    """One statement with its outcome; `before_ha` is what the record says now (hectares).

    `record` is what it is about, where that exists already; `baseline` is the one that a figure
    belongs to. `concerns` are those of manual entry; `sentence` explains what is not plain;
    `doubt` says why the area seems too large.
    """

    statement: Statement
    outcome: Outcome
    before_ha: Decimal | None = None
    sentence: str = ""
    concerns: tuple[Concern, ...] = ()
    record: Any = None
    baseline: Any = None
    needs_reason: bool = False
    doubt: str = ""

    @property
    def writes(self) -> bool:
        """Whether applying changes something."""
        return self.outcome in (Outcome.NEW, Outcome.CHANGED)

    @property
    def grows(self) -> bool:
        """Whether the slum grows by it."""
        return self.writes and needs_confirmation(self.concerns)

    @property
    def needs_confirmation(self) -> bool:
        """Whether the slum grows by it or seems too large, which takes a tick."""
        return self.grows or (self.writes and bool(self.doubt))


@dataclass(frozen=True)
class Sum:
    """What the file adds up to in one year (None: the baseline), and what it is compared with.

    `is_whole`: every village of the period is in it.
    """

    year: int | None
    rows: int
    summed_ha: Decimal
    stated_ha: Decimal | None
    is_whole: bool = False

    @property
    def difference_ha(self) -> Decimal | None:
        """How far the sheet's own total row is from the sum of its rows."""
        return None if self.stated_ha is None else self.stated_ha - self.summed_ha


@dataclass
class Plan:
    """All rows in the order of the file, and what they add up to."""

    rows: list[PlannedRow]
    sums: list[Sum] = field(default_factory=list)
    absent: int = 0

    def of(self, outcome: Outcome) -> list[PlannedRow]:
        """Return the rows of one outcome."""
        return [row for row in self.rows if row.outcome == outcome]

    def counts(self) -> dict[Outcome, int]:
        """Return how many rows have each outcome."""
        counted = dict.fromkeys(Outcome, 0)
        for row in self.rows:
            counted[row.outcome] += 1
        return counted

    @property
    def changes_something(self) -> bool:
        """Whether there is anything to apply."""
        return any(row.writes for row in self.rows)

    @property
    def is_clean(self) -> bool:
        """Whether no row is wrong."""
        return not any(row.outcome == Outcome.WRONG for row in self.rows)

    @property
    def needs_confirmation(self) -> bool:
        """Whether somebody has to say that a growth or a differing total is meant."""
        return any(row.needs_confirmation for row in self.rows) or any(
            total.difference_ha for total in self.sums
        )

    @property
    def needs_reason(self) -> bool:
        """Whether a reason has to be typed, because a row needs one and brings none."""
        return any(row.needs_reason for row in self.rows)

    def digest(self) -> str:
        """Return what tells this plan from every other: what was seen is what is applied."""
        seen = hashlib.sha256()
        for row in self.rows:
            said = row.statement
            version = getattr(row.record, "version", "")
            parts = (*said.content, row.outcome, row.before_ha, version, row.doubt)
            seen.update(repr(parts).encode())
        return seen.hexdigest()
