"""The rules of a yearly figure (domain.md) once more, as plain as possible, for the machine."""

from dataclasses import dataclass
from decimal import Decimal

# What is typed, and what it means: hectares, None for nothing, ... for what must be asked about.
TYPED = {
    "": None,
    "12,5": Decimal("12.5"),
    "19.99 Ha": Decimal("19.99"),
    " 3 ": Decimal(3),
    "29,99": Decimal("29.99"),
    "41": Decimal(41),
    "0": Decimal(0),
    "1.250": ...,
    "lima": ...,
}
EDITABLE = ("draft", "returned")


@dataclass(frozen=True)
class Row:
    """A stored figure."""

    pk: int
    status: str
    area: Decimal | None
    note: str
    reason: str
    is_confirmed: bool
    version: int
    entered_by: int
    submitted_by: int | None
    verified_by: int | None
    return_reason: str
    files: frozenset
    # The area that was returned last, None where evidence was added since.
    sent_back: Decimal | None

    @property
    def typed(self) -> tuple:
        return (self.area, self.note, self.reason, self.is_confirmed)


def previous(rows, baselines, village, year):
    """The year and hectares of the last verified figure before; without one the baseline's."""
    found = [
        (other_year, row.area)
        for (other, other_year), row in rows.items()
        if other == village and other_year < year and row.status == "verified"
    ]
    return max(found, default=(None, baselines[village]))


def is_grown(rows, baselines, village, year, area) -> bool:
    year_before, before = previous(rows, baselines, village, year)
    return area > baselines[village] or (year_before is not None and area > before)


def has_marks(rows, baselines, slot) -> bool:
    """Whether a reviewer must tick that the marks of this figure were checked."""
    row = rows[slot]
    _, before = previous(rows, baselines, *slot)
    is_large_drop = row.area < before and (row.area == 0 or row.area * 2 < before)
    is_grown_now = is_grown(rows, baselines, *slot, row.area)
    return is_grown_now or is_large_drop or not row.files or row.area == row.sent_back


def is_cleared(rows, baselines, village, year, area) -> bool:
    return area == 0 and previous(rows, baselines, village, year)[1] > 0


def totals(rows, baselines) -> dict[int, tuple[Decimal, int]]:
    """Year → hectares of all villages and how many are verified, up to the last verified year."""
    years = [year for (_, year), row in rows.items() if row.status == "verified"]
    found = {}
    for year in range(2017, max(years, default=2016) + 1):
        total, verified = Decimal(0), 0
        for village, baseline in baselines.items():
            area = baseline
            for earlier in range(2017, year + 1):
                row = rows.get((village, earlier))
                if row and row.status == "verified":
                    area = row.area
            total += area
            row = rows.get((village, year))
            verified += bool(row and row.status == "verified")
        found[year] = (total, verified)
    return found
