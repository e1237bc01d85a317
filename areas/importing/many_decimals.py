"""Numbers of more decimals in cells than are kept: computed, or measured on a map. Pure."""

import re
from decimal import Context, Decimal

from kotaku.formats import MAX_DIGITS, MAX_HECTARES
from kotaku.spreadsheets.cells import NOISE

# What a spreadsheet shows of a binary number: 2,0049999999999994 is a calculated 2,005.
SHOWN_DIGITS = Context(prec=MAX_DIGITS)
# 12,34567 and 1.250,123: decimals, whatever the country; 12,345 is not decided here.
_MANY_DECIMALS = re.compile(
    r"(?i)(?:([0-9]{1,8})[.,]([0-9]{4,17})|([0-9]{1,3}(?:\.[0-9]{3})+),([0-9]{3,17})"
    r"|([0-9]{1,3}(?:,[0-9]{3})+)\.([0-9]{3,17}))(?:\s*(?:ha|hektare?)\.?)?"
)


def many_decimals(value, decimals: int) -> Decimal | None:
    """Return the number in a cell that has more than so many decimals beyond doubt; None for others.

    Three digits behind a single point or comma in a text may be thousands: those are no such.
    """
    if isinstance(value, str):
        match = _MANY_DECIMALS.fullmatch(value.strip())
        whole, after = filter(None, match.groups()) if match else ("", "")
        number = Decimal(f"{re.sub('[.,]', '', whole)}.{after}") if match else None
    else:
        number = SHOWN_DIGITS.create_decimal(repr(value)) if isinstance(value, float) else None
    if number is None or not number.is_finite() or abs(number) > MAX_HECTARES:
        return None
    return number if has_many_decimals(number, decimals) else None


def has_many_decimals(number: Decimal, decimals: int) -> bool:
    """Whether a number has more than so many decimals, beyond what binary calculation leaves behind."""
    kept = number.quantize(Decimal(1).scaleb(-decimals))
    return abs(kept - number) > NOISE.scaleb(2 - decimals)
