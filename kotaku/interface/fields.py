"""The form pieces that every app uses."""

from django import forms
from django.forms.renderers import TemplatesSetting

from kotaku.formats import (
    COUNT,
    HECTARES,
    AmbiguousNumber,
    InvalidNumber,
    Quantity,
    format_amount,
    format_count,
    parse_amount,
    parse_count,
    parse_rupiah,
)
from kotaku.limits import FIRST_YEAR, LAST_YEAR

LARGEST_KEY = 2**63 - 1


class FormRenderer(TemplatesSetting):
    """Draws each field with label, hint, error and control in the site's own way."""

    field_template_name = "components/field.html"


def is_key(value) -> bool:
    """Whether a key of a row can be meant; others must not reach the database, which breaks on them."""
    text = str(value)
    return text.isdecimal() and len(text) < 20 and int(text) <= LARGEST_KEY


class SeveralField(forms.ModelMultipleChoiceField):
    """Several rows by their keys. Django's own field asks the database for what cannot be one."""

    def clean(self, value):
        """Refuse such keys, then go on as Django does."""
        for key in value if isinstance(value, list | tuple) else ():
            if not is_key(key):
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"],
                    code="invalid_choice",
                    params={"value": str(key)[:40]},
                )
        return super().clean(value)


class TypedNumberField(forms.CharField):
    """A number as people type it, read by `read`; what cannot be read gets the parser's sentence.

    A localised DecimalField would read `1.250` as 1250 without a word and refuse `12,50 Ha`.
    """

    inputmode = "decimal"

    def __init__(self, **kwargs):
        kwargs.setdefault("max_length", 40)
        super().__init__(**kwargs)
        attrs = {"inputmode": self.inputmode, "autocomplete": "off", "enterkeyhint": "next"}
        self.widget.attrs.update(attrs)

    def read(self, text):
        """Return the number that was meant. Raises InvalidNumber."""
        raise NotImplementedError

    def write(self, value):
        """Return a stored number as people write it."""
        raise NotImplementedError

    def to_python(self, value):
        """Parse what was typed; the sentence of the parser becomes the error."""
        text = super().to_python(value)
        if text in self.empty_values:
            return None
        try:
            return self.read(text)
        except InvalidNumber as error:
            raise forms.ValidationError(str(error), code="invalid") from error

    def run_validators(self, value):
        """Skip the length check of text: the value is a number now, or nothing."""

    def prepare_value(self, value):
        """Show a stored number as people write it; leave typed text as it was typed."""
        return value if value is None or isinstance(value, str) else self.write(value)


class AmountField(TypedNumberField):
    """Hectares or metres; the cleaned value is a Decimal with the quantity's decimals, or None."""

    # A stored number is shown with so many decimals, also where they are 0.
    shown_decimals = 2

    def __init__(self, *, quantity: Quantity, **kwargs):
        self.quantity = quantity
        kwargs.setdefault("error_messages", {"required": quantity.instruction})
        super().__init__(**kwargs)

    def read(self, text):
        """Return the amount that was meant. Raises InvalidNumber."""
        return parse_amount(text, self.quantity)

    def write(self, value):
        """Return `12,50`, or all decimals that there are; what is read again is the same."""
        text = format_amount(value, self.shown_decimals)
        whole, comma, decimals = text.partition(",")
        if not comma:
            # 1.250 would be asked about, and so would three digits after the comma.
            return whole.replace(".", "")
        return f"{text}0" if len(decimals) == 3 else text


class HectareField(AmountField):
    """Hectares as people type them (see `AmountField`)."""

    def __init__(self, **kwargs):
        super().__init__(quantity=HECTARES, **kwargs)


class CountField(TypedNumberField):
    """A number of things as people type it; the cleaned value is a whole number or None.

    `quantity` says what is counted, and so which unit may stand behind the number.
    """

    inputmode = "numeric"

    def __init__(self, *, quantity: Quantity = COUNT, **kwargs):
        self.quantity = quantity
        kwargs.setdefault("error_messages", {"required": "Tulis jumlahnya; 0 bila tidak ada."})
        super().__init__(**kwargs)

    def read(self, text):
        """Return the whole number that was meant. Raises InvalidNumber."""
        return parse_count(text, self.quantity)

    def write(self, value):
        """Return `1250`: with a point it would be asked about."""
        return str(int(value))


class WholeNumberField(forms.IntegerField):
    """A whole number between bounds. Django's own field reads `1.000` as 1."""

    def to_python(self, value):
        """Read what was typed as every count is read; what is no count keeps the field's sentence."""
        if value in self.empty_values or isinstance(value, int):
            return super().to_python(value)
        try:
            return parse_count(str(value))
        except AmbiguousNumber as error:
            raise forms.ValidationError(str(error), code="invalid") from error
        except InvalidNumber as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error


class RupiahField(TypedNumberField):
    """Money as people type it; the cleaned value is whole rupiah as a Decimal, or None."""

    inputmode = "numeric"

    def read(self, text):
        """Return the rupiah that were meant. Raises InvalidNumber."""
        return parse_rupiah(text)

    def write(self, value):
        """Return `1.250.000`."""
        return format_count(int(value))


def check_day(value) -> None:
    """Refuse a day or moment of a year that cannot be meant."""
    if value is not None and not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise forms.ValidationError(
            f"Tulis tanggal dari tahun {FIRST_YEAR} sampai {LAST_YEAR}.", code="year"
        )


class PlausibleDateField(forms.DateField):
    """A day that can be meant; the admin uses it for every date."""

    default_validators = [check_day]


class PlausibleMomentField(forms.SplitDateTimeField):
    """A day and a time; the admin uses it for every moment."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        # The day alone, before it is placed in a time zone.
        self.fields[0].validators.append(check_day)


class DayField(PlausibleDateField):
    """A day; the browser's own control where it has one, else typed as people write it."""

    def __init__(self, **kwargs):
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y"])
        # Browsers discard every other format of the value.
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        super().__init__(**kwargs)
        self.error_messages["invalid"] = "Tulis tanggal, misalnya 08-11-2016."


class TimeOfDayField(forms.TimeField):
    """A time of day as Indonesians write it: `09.00`; also `9:00` and `0900`."""

    def __init__(self, **kwargs):
        kwargs.setdefault("input_formats", ["%H.%M", "%H:%M", "%H%M", "%H:%M:%S"])
        attrs = {"inputmode": "decimal", "autocomplete": "off", "size": 6}
        kwargs.setdefault("widget", forms.TimeInput(format="%H.%M", attrs=attrs))
        super().__init__(**kwargs)
        self.error_messages["invalid"] = "Tulis jam, misalnya 09.00."


class TextField(forms.CharField):
    """Several lines of text; line ends are stored one way, however the browser sent them."""

    def __init__(self, *, rows=4, **kwargs):
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        kwargs.setdefault("max_length", 20_000)
        super().__init__(**kwargs)

    def to_python(self, value):
        """Return the text with plain line ends, so that a browser's habit is no change."""
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")


def stored_values(form, row) -> list[tuple[str, str]]:
    """Return what a row holds now under the form's own labels, for a form that came too late."""
    lines = []
    for field in form.visible_fields():
        if not hasattr(row, field.name):
            continue
        value = getattr(row, field.name)
        display = getattr(row, f"get_{field.name}_display", None)
        if display:
            shown = display()
        elif isinstance(value, bool):
            shown = "Ya" if value else "Tidak"
        else:
            shown = field.field.prepare_value(value)
        lines.append((field.label, "–" if shown in (None, "") else str(shown)))
    return lines
