"""Numbers as Indonesians write them, worked out digit by digit."""

from fractions import Fraction
from math import floor


def half_up(value, decimals: int) -> int:
    """Return a number in units of its last decimal, halves away from zero."""
    exact = Fraction(value)
    whole = floor(abs(exact) * 10**decimals + Fraction(1, 2))
    return -whole if exact < 0 else whole


def number(value, decimals: int = 2) -> str:
    """Return `1.250,50`."""
    units = half_up(value, decimals)
    digits = str(abs(units)).rjust(decimals + 1, "0")
    whole, rest = (digits[:-decimals], digits[-decimals:]) if decimals else (digits, "")
    groups = []
    while whole:
        groups.insert(0, whole[-3:])
        whole = whole[:-3]
    text = ".".join(groups) + (f",{rest}" if rest else "")
    return f"−{text}" if units < 0 else text


def ha(value) -> str:
    """Return `62,10 Ha`."""
    return f"{number(value)} Ha"


def percent(value, decimals: int = 1) -> str:
    """Return `66,7 %`."""
    return f"{number(value, decimals)} %"


def reduction(value, write=percent) -> str:
    """Return what stands under "Berkurang": `66,7 %`, `bertambah 50,0 %`, or a dash."""
    if value is None:
        return "–"
    text = write(value)
    return f"bertambah {text[1:]}" if text[0] == "−" else text


def count(value) -> str:
    """Return `19.999`."""
    return number(value, 0)


def amount(value, at_least: int = 0) -> str:
    """Return as many decimals as there are: `12`, `12,5`, `2,661234567`."""
    text = number(value, 12).rstrip("0")
    missing = at_least - len(text.partition(",")[2])
    return (text + "0" * missing if missing > 0 else text).rstrip(",")


def rt_ha(value) -> str:
    """Return the hectares of an RT, which are never rounded: `2,66 Ha`, `2,661234567 Ha`."""
    return f"{amount(value, 2)} Ha"


def rupiah(value) -> str:
    """Return `Rp 1.250.000`."""
    return f"Rp {number(value, 0)}"
