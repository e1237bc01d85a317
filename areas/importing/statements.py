"""What a file says about the villages, one statement at a time. Pure: standard library only."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from areas.importing.village_names import KnownVillage


@dataclass(frozen=True)
class Statement:
    """What a file says: this village had so many hectares in this year (None: the baseline).

    `place` is where it stands ("baris 7" or "sel D7"). `problem` says why it cannot be taken,
    `left_out` why it is not meant to be, and `blank` what is wrong with an empty cell unless the
    record knows no area either. `note` and `reason` are None where the file has no such column.
    """

    row: int
    place: str
    written: str
    village: KnownVillage | None = None
    year: int | None = None
    area_ha: Decimal | None = None
    as_of: date | None = None
    note: str | None = None
    reason: str | None = None
    problem: str = ""
    left_out: str = ""
    blank: str = ""

    @property
    def title(self) -> str:
        """What the row is about, for people."""
        return self.village.full_name if self.village else self.written

    @property
    def key(self) -> tuple:
        """What the row is about: two rows with one key contradict each other."""
        return (self.village.pk if self.village else None, self.year)

    @property
    def content(self) -> tuple:
        """Everything that it says, for telling one plan from another."""
        return (self.village.code if self.village else "", self.year, self.area_ha)


@dataclass
class Reading:
    """All statements of a sheet, and what its own total row adds up to: year → hectares."""

    statements: list[Statement] = field(default_factory=list)
    totals: dict[int | None, Decimal] = field(default_factory=dict)
    problem: str = ""
