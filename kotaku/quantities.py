"""What numbers are numbers of: units, and the words of the sentences about them. Pure."""

from dataclasses import dataclass, replace

# How a unit may be written (without case) → the unit.
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
    """What a number is a number of: its unit, and the words of the sentences about it.

    `units` are those that may be typed behind the number; `decimals` is how many are kept.
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
