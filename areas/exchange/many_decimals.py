"""Numbers of more than two decimals in cells: computed, or measured on a map. Pure."""

import re
from decimal import Decimal

from areas.exchange.cells import NOISE
from kotaku.formats import HUNDREDTH, MAX_HECTARES

# 12,34567 and 1.250,123: decimals, whatever the country; 12,345 is not decided here.
_MANY_DECIMALS = re.compile(
    r"(?i)(?:([0-9]{1,8})[.,]([0-9]{4,17})|([0-9]{1,3}(?:\.[0-9]{3})+),([0-9]{3,17})"
    r"|([0-9]{1,3}(?:,[0-9]{3})+)\.([0-9]{3,17}))(?:\s*(?:ha|hektare?)\.?)?"
)


def many_decimals(value) -> Decimal | None:
    """Return the number in a cell that has more than two decimals beyond doubt; None for others.

    Three digits behind a single point or comma in a text may be thousands: those are no such.
    """
    if isinstance(value, str):
        match = _MANY_DECIMALS.fullmatch(value.strip())
        whole, decimals = filter(None, match.groups()) if match else ("", "")
        number = Decimal(f"{re.sub('[.,]', '', whole)}.{decimals}") if match else None
    else:
        number = Decimal(repr(value)) if isinstance(value, float) else None
    if number is None or not number.is_finite() or abs(number) > MAX_HECTARES:
        return None
    return number if has_many_decimals(number) else None


def has_many_decimals(number: Decimal) -> bool:
    """Whether a number has more than two decimals, beyond what binary calculation leaves behind."""
    return abs(number.quantize(HUNDREDTH) - number) > NOISE
