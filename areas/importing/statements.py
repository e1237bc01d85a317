"""The statements of a file about villages. Pure: standard library only."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from areas.importing.village_names import KnownVillage

# Of a cell below a year's heading that is not filled in.
EMPTY_CELL = "kosong: tidak ada angka"


@dataclass(frozen=True)
class Statement:
    """One statement of a file: a village's hectares in a year (None: the baseline).

    `place` is its row or cell ("baris 7" or "sel D7"). `problem` is why it cannot be imported,
    `left_out` why it is skipped, and `blank` the fault of an empty cell, ignored if the
    recorded area is empty too. `note` and `reason` are None if the file has no such column.
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
        """The subject of the row as shown to the user."""
        return self.village.full_name if self.village else self.written

    @property
    def is_empty(self) -> bool:
        """Whether the cell is not filled in, as most of a template are."""
        return EMPTY_CELL in self.left_out

    @property
    def key(self) -> tuple:
        """Identifies the village and year; two rows with the same key contradict each other."""
        return (self.village.pk if self.village else None, self.year)

    @property
    def content(self) -> tuple:
        """The values of the row, for the digest of the plan."""
        return (self.village.code if self.village else "", self.year, self.area_ha)


@dataclass
class Reading:
    """The statements of rows of a sheet, and the values of its own total row: year → hectares.

    `total_row` is the number of that row, None for none so far. `times` counts the rows of each
    name and year that may be a kecamatan. Both, like the totals, cover all rows above as well, so
    that a sheet can be read in batches.
    """

    statements: list[Statement] = field(default_factory=list)
    totals: dict[int | None, Decimal] = field(default_factory=dict)
    problem: str = ""
    total_row: int | None = None
    times: Counter[tuple[str, str]] = field(default_factory=Counter)
