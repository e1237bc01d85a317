"""Read measured cells in the unit of their heading. Pure: standard library only."""

from dataclasses import replace
from decimal import Decimal

from areas.importing.headings import (
    ARE,
    COUNT,
    HECTARE,
    KILOMETRE,
    METRE,
    SQUARE_KILOMETRE,
    SQUARE_METRE,
)
from kotaku.quantities import HECTARES, Quantity
from kotaku.spreadsheets.cells import read_amount

# The units of each kind of quantity; the first is the stored one.
AREAS = (HECTARE, SQUARE_METRE, ARE, SQUARE_KILOMETRE)
LENGTHS = (METRE, KILOMETRE)
COUNTS = (COUNT,)
NAMES = {
    HECTARE: "hektare (Ha)",
    SQUARE_METRE: "meter persegi (m²)",
    ARE: "are (100 m²)",
    SQUARE_KILOMETRE: "kilometer persegi (km²)",
    METRE: "meter (m)",
    KILOMETRE: "kilometer (km)",
    COUNT: "jumlah (unit, KK, jiwa)",
}
# One of these units, in the stored unit (hectares or metres).
FACTORS = {
    SQUARE_METRE: Decimal("0.0001"),
    ARE: Decimal("0.01"),
    SQUARE_KILOMETRE: Decimal(100),
    KILOMETRE: Decimal(1000),
}


_WORDS = {
    SQUARE_METRE: "meter persegi",
    ARE: "are",
    SQUARE_KILOMETRE: "kilometer persegi",
    KILOMETRE: "kilometer",
}


def read_measure(value, unit: str, quantity: Quantity = HECTARES) -> Decimal:
    """Return a cell's exact amount in the quantity's own unit (hectares or metres).

    Raises CellError, also for a number with more decimals than the quantity keeps.
    """
    return read_amount(value, quantity_in(unit, quantity)) * FACTORS.get(unit, 1)


def quantity_in(unit: str, quantity: Quantity = HECTARES) -> Quantity:
    """Return the quantity for input in another unit.

    Two decimals are always accepted, even if the quantity does not keep them once converted.
    """
    if unit not in FACTORS:
        return quantity
    noun, words = quantity.noun.lower(), _WORDS[unit]
    return replace(
        quantity,
        unit=unit,
        units=(unit,),
        instruction=f"Tulis {noun} dalam {words}, misalnya 125,50.",
        blank=f"Tulis {noun}nya dalam {words}; tulis 0 bila tidak ada.",
        decimals=max(2, quantity.decimals + FACTORS[unit].adjusted()),
    )


def conversion_sentence(unit: str) -> str:
    """Return how a column's numbers are converted: `dari m² ke hektare (dibagi 10.000)`."""
    words = {
        SQUARE_METRE: "dari m² ke hektare (dibagi 10.000)",
        ARE: "dari are ke hektare (dibagi 100)",
        SQUARE_KILOMETRE: "dari km² ke hektare (dikali 100)",
        KILOMETRE: "dari km ke meter (dikali 1.000)",
    }
    return words.get(unit, "")
