"""What a village says about a year, before it becomes a figure."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Entry:
    """What a village types: hectares left (None while unknown), and what explains them."""

    area_ha: Decimal | None
    note: str = ""
    is_confirmed: bool = False
    reason: str = ""
