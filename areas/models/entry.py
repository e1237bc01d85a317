"""A village's input for a year, before it becomes a figure."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Entry:
    """A village's input: hectares left (None while unknown) and their explanation."""

    area_ha: Decimal | None
    note: str = ""
    is_confirmed: bool = False
    reason: str = ""
