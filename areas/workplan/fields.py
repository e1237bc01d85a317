"""Fields that the forms of the work plan share."""

from dataclasses import replace

from kotaku.forms import AmountField
from kotaku.quantities import RT_HECTARES, UNITS, Quantity

VOLUME = Quantity(
    "",
    "Volume",
    "Tulis angka, misalnya 120 atau 12,5.",
    "Tulis volumenya; tulis 0 bila tidak ada.",
)


def volume_in(unit: str) -> Quantity:
    """Return a volume in this unit: it alone may be typed behind the number."""
    known = UNITS.get(unit.strip().casefold().rstrip("."))
    if known is None:
        return VOLUME
    decimals = RT_HECTARES.decimals if known == RT_HECTARES.unit else VOLUME.decimals
    return replace(VOLUME, unit=known, units=(known,), decimals=decimals)


class VolumeField(AmountField):
    """A volume in the unit that the form sets, by `volume_in`."""

    shown_decimals = 0

    def __init__(self, **kwargs):
        super().__init__(quantity=VOLUME, **kwargs)
