"""Quantities: their units, and the words for messages about them. Pure."""

from dataclasses import dataclass, replace

# Accepted spelling (in lower case) → unit.
UNITS = {
    **dict.fromkeys(("ha", "hektar", "hektare"), "Ha"),
    "are": "are",
    **dict.fromkeys(("m²", "m2", "meter persegi"), "m²"),
    **dict.fromkeys(("km²", "km2", "kilometer persegi"), "km²"),
    **dict.fromkeys(("m", "meter"), "m"),
    "kk": "KK",
    "jiwa": "jiwa",
    "orang": "orang",
    "unit": "unit",
    **dict.fromkeys(("%", "persen"), "%"),
}


@dataclass(frozen=True)
class Quantity:
    """A kind of number: its unit, and the words for messages about it.

    `units` may be typed after the number; `decimals` is the number of decimals stored.
    """

    unit: str
    noun: str
    instruction: str
    blank: str
    units: tuple[str, ...] = ()
    decimals: int = 2


HECTARES = Quantity(
    "Ha",
    "Luas",
    "Tulis luas dalam hektare, misalnya 12,50.",
    "Tulis luasnya dalam hektare; tulis 0 bila tidak ada yang kumuh.",
    ("Ha",),
)
# The area of an RT and volumes in hectares; only a village's sum is rounded.
RT_HECTARES = replace(HECTARES, decimals=12)
METRES = Quantity(
    "m",
    "Panjang",
    "Tulis panjang dalam meter, misalnya 120,50.",
    "Tulis panjangnya dalam meter; tulis 0 bila tidak ada.",
    ("m",),
)
COUNT = Quantity(
    "",
    "Jumlah",
    "Tulis bilangan bulat, misalnya 33.",
    "Tulis jumlahnya; tulis 0 bila tidak ada.",
    ("unit", "KK", "jiwa", "orang"),
    decimals=0,
)
BUILDINGS = replace(COUNT, unit="unit", units=("unit",))
PEOPLE = replace(COUNT, unit="jiwa", units=("jiwa", "orang"))
HOUSEHOLDS = replace(COUNT, unit="KK", units=("KK",))
PERCENT = replace(COUNT, unit="%", units=("%",))
