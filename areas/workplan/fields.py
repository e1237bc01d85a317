"""Fields shared by the forms of the work plan."""

from dataclasses import replace

from kotaku.interface.fields import AmountField
from kotaku.quantities import COUNT, RT_HECTARES, UNITS, Quantity

VOLUME = Quantity(
    "",
    "Volume",
    "Tulis angka, misalnya 120 atau 12,5.",
    "Tulis volumenya; tulis 0 bila tidak ada.",
)


def volume_in(unit: str) -> Quantity:
    """Return the quantity for a volume; a known unit is the only one accepted after the number."""
    known = UNITS.get(unit.strip().casefold().rstrip("."))
    if known is None:
        return VOLUME
    decimals = RT_HECTARES.decimals if known == RT_HECTARES.unit else VOLUME.decimals
    return replace(VOLUME, unit=known, units=(known,), decimals=decimals)


# A unit of only these words ("unit rumah") is counted in whole numbers.
WHOLE_THINGS = frozenset(
    (
        "unit",
        "buah",
        "titik",
        "kk",
        "keluarga",
        "jiwa",
        "orang",
        "rumah",
        "bangunan",
        "sambungan",
        "sr",
        "pohon",
    )
)


def refuse_parts(form, name: str, unit: str) -> None:
    """Refuse a fraction if the unit is counted in whole numbers, unless already stored."""
    volume = form.cleaned_data.get(name)
    words = unit.casefold().replace(".", " ").split()
    is_whole = bool(words) and WHOLE_THINGS.issuperset(words)
    if is_whole and volume is not None and volume % 1 and {name, "unit"} & {*form.changed_data}:
        form.add_error(name, f"Satuan {unit} dihitung utuh. {COUNT.instruction}")


class VolumeField(AmountField):
    """A volume in the unit that the form sets with `volume_in`."""

    shown_decimals = 0

    def __init__(self, **kwargs):
        super().__init__(quantity=VOLUME, **kwargs)
