"""Fields that the forms of the work plan share."""

from kotaku.formats import METRES, Quantity, format_amount
from kotaku.forms import AmountField

VOLUME = Quantity(
    "",
    "Volume",
    "Tulis angka, misalnya 120 atau 12,5.",
    "Tulis volumenya; tulis 0 bila tidak ada.",
    METRES.spelled,
)


class VolumeField(AmountField):
    """A volume in whatever unit the activity has."""

    def __init__(self, **kwargs):
        super().__init__(quantity=VOLUME, **kwargs)

    def write(self, value):
        """Return as many decimals as there are."""
        return format_amount(value)
