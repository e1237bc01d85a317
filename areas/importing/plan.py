"""The planned changes of an import: rows with their outcomes, sums, and a digest. Pure."""

import hashlib
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from areas.importing.statements import Statement
from areas.rules.plausibility import Concern, needs_confirmation


class Outcome(StrEnum):
    """The planned outcome of a row."""

    WRONG = "salah"
    NEW = "baru"
    CHANGED = "berubah"
    SAME = "sama"
    LEFT_OUT = "dilewati"

    @property
    def label(self) -> str:
        """The label on the page."""
        return self.value.capitalize()


@dataclass(frozen=True)
class PlannedRow:
    """One statement with its outcome; `before_ha` is the recorded area (hectares).

    `record` is the existing record to change, if any; `baseline` is the baseline of a figure.
    `concerns` are the same as in manual entry; `sentence` explains the outcome where necessary;
    `doubt` is the reason why the area seems too large.
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
        """Whether applying this row changes the record."""
        return self.outcome in (Outcome.NEW, Outcome.CHANGED)

    @property
    def grows(self) -> bool:
        """Whether this row increases a slum area."""
        return self.writes and needs_confirmation(self.concerns)

    @property
    def needs_confirmation(self) -> bool:
        """Whether the user must confirm that an area increases or seems too large."""
        return self.grows or (self.writes and bool(self.doubt))


@dataclass(frozen=True)
class Sum:
    """The sum of the file's areas in one year (None: the baseline, or all years) and its total row.

    `is_whole`: the sum covers every village of the period.
    """

    year: int | None
    rows: int
    summed_ha: Decimal
    stated_ha: Decimal | None
    is_whole: bool = False

    @property
    def difference_ha(self) -> Decimal | None:
        """The sheet's own total minus the sum of its rows (hectares); None without a total row."""
        return None if self.stated_ha is None else self.stated_ha - self.summed_ha


@dataclass
class Plan:
    """All rows in file order, and their sums; `absent` counts the villages that are not in the file."""

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
        """Whether the user must confirm an increase, a doubtful area or a differing total."""
        return any(row.needs_confirmation for row in self.rows) or any(
            total.difference_ha for total in self.sums
        )

    @property
    def needs_reason(self) -> bool:
        """Whether the user must type a reason, because a row needs one and has none."""
        return any(row.needs_reason for row in self.rows)

    def digest(self) -> str:
        """Return a hash of the plan, which ensures that exactly the previewed changes are applied."""
        seen = hashlib.sha256()
        for row in self.rows:
            said = row.statement
            version = getattr(row.record, "version", "")
            parts = (*said.content, row.outcome, row.before_ha, version, row.doubt)
            seen.update(repr(parts).encode())
        return seen.hexdigest()
