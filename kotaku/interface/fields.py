"""Form fields and renderer for all apps."""

from datetime import date, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.renderers import TemplatesSetting

from kotaku.formats import (
    COUNT,
    HECTARES,
    AmbiguousNumber,
    InvalidNumber,
    Quantity,
    format_amount,
    format_count,
    format_date,
    parse_amount,
    parse_count,
    parse_rupiah,
)
from kotaku.limits import FIRST_YEAR, LAST_YEAR
from kotaku.phones import international

# Where nothing is stored.
NOTHING = "–"
LARGEST_KEY = 2**63 - 1


class FormRenderer(TemplatesSetting):
    """Renders each field with label, hint, error and control by the site's own template."""

    field_template_name = "components/field.html"


def is_key(value) -> bool:
    """Whether a text can be a primary key; other values cause database errors."""
    text = str(value)
    return text.isdecimal() and len(text) < 20 and int(text) <= LARGEST_KEY


class SeveralField(forms.ModelMultipleChoiceField):
    """Several rows by their keys. Django's own field sends invalid keys to the database."""

    def clean(self, value):
        """Refuse invalid keys, then validate like Django."""
        for key in value if isinstance(value, list | tuple) else ():
            if not is_key(key):
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"],
                    code="invalid_choice",
                    params={"value": str(key)[:40]},
                )
        return super().clean(value)


class TypedNumberField(forms.CharField):
    """A typed number, parsed by `read`; the parser's message becomes the error.

    A localised DecimalField would silently read `1.250` as 1250 and refuse `12,50 Ha`.
    """

    inputmode = "decimal"

    def __init__(self, **kwargs):
        kwargs.setdefault("max_length", 40)
        super().__init__(**kwargs)
        attrs = {"inputmode": self.inputmode, "autocomplete": "off", "enterkeyhint": "next"}
        self.widget.attrs.update(attrs)

    def read(self, text):
        """Return the parsed number. Raises InvalidNumber."""
        raise NotImplementedError

    def write(self, value):
        """Return a stored number as text."""
        raise NotImplementedError

    def to_python(self, value):
        """Parse the typed text; the parser's message becomes the error."""
        text = super().to_python(value)
        if text in self.empty_values:
            return None
        try:
            return self.read(text)
        except InvalidNumber as error:
            raise forms.ValidationError(str(error), code="invalid") from error

    def run_validators(self, value):
        """Skip the length check of text, because the value is a number or None."""

    def prepare_value(self, value):
        """Format a stored number; keep typed text unchanged."""
        return value if value is None or isinstance(value, str) else self.write(value)


class AmountField(TypedNumberField):
    """Hectares or metres; the cleaned value is a Decimal with the quantity's decimals, or None."""

    # Stored numbers are shown with this many decimals, even if they are 0.
    shown_decimals = 2

    def __init__(self, *, quantity: Quantity, **kwargs):
        self.quantity = quantity
        kwargs.setdefault("error_messages", {"required": quantity.instruction})
        super().__init__(**kwargs)

    def read(self, text):
        """Return the parsed amount. Raises InvalidNumber."""
        return parse_amount(text, self.quantity)

    def write(self, value):
        """Return text such as `12,50` with all decimals; parsing it gives the same number."""
        text = format_amount(value, self.shown_decimals)
        whole, comma, decimals = text.partition(",")
        if not comma:
            # No thousand separators and not three decimals, which the parser finds ambiguous.
            return whole.replace(".", "")
        return f"{text}0" if len(decimals) == 3 else text


class HectareField(AmountField):
    """Typed hectares (see `AmountField`)."""

    def __init__(self, **kwargs):
        super().__init__(quantity=HECTARES, **kwargs)


class CountField(TypedNumberField):
    """A typed count; the cleaned value is a whole number or None.

    `quantity` names the things counted, and so the unit allowed after the number.
    """

    inputmode = "numeric"

    def __init__(self, *, quantity: Quantity = COUNT, **kwargs):
        self.quantity = quantity
        kwargs.setdefault("error_messages", {"required": "Tulis jumlahnya; 0 bila tidak ada."})
        super().__init__(**kwargs)

    def read(self, text):
        """Return the parsed whole number. Raises InvalidNumber."""
        return parse_count(text, self.quantity)

    def write(self, value):
        """Return text such as `1250`; `1.250` would be ambiguous."""
        return str(int(value))


class WholeNumberField(forms.IntegerField):
    """A whole number between bounds. Django's own field reads `1.000` as 1."""

    def to_python(self, value):
        """Parse the text like other counts; invalid text gets the field's own message."""
        if value in self.empty_values or isinstance(value, int):
            return super().to_python(value)
        try:
            return parse_count(str(value))
        except AmbiguousNumber as error:
            raise forms.ValidationError(str(error), code="invalid") from error
        except InvalidNumber as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error


class RupiahField(TypedNumberField):
    """Typed money; the cleaned value is whole rupiah as a Decimal, or None."""

    inputmode = "numeric"

    def read(self, text):
        """Return the parsed rupiah. Raises InvalidNumber."""
        return parse_rupiah(text)

    def write(self, value):
        """Return text such as `1.250.000`."""
        return format_count(int(value))


def check_day(value) -> None:
    """Raise ValidationError for a day or moment in an implausible year."""
    if value is not None and not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise forms.ValidationError(
            f"Tulis tanggal dari tahun {FIRST_YEAR} sampai {LAST_YEAR}.", code="year"
        )


class PlausibleDateField(forms.DateField):
    """A date in a plausible year; the admin uses it for every date."""

    default_validators = [check_day]


class PlausibleMomentField(forms.SplitDateTimeField):
    """A date and time in a plausible year; the admin uses it for every moment."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        # Check before the conversion to a time zone.
        self.fields[0].validators.append(check_day)


class DayField(PlausibleDateField):
    """A date, by the browser's date control or typed."""

    def __init__(self, **kwargs):
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y"])
        # Browsers discard values in other formats.
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        super().__init__(**kwargs)
        self.error_messages["invalid"] = "Tulis tanggal, misalnya 08-11-2016."


class PhoneField(forms.CharField):
    """One phone number, kept as it is written; `0812-3456-7890`."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", "Nomor HP")
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "tel"}))
        super().__init__(required=False, max_length=30, **kwargs)

    def validate(self, value):
        """Refuse what cannot be called or found on WhatsApp."""
        super().validate(value)
        if value and not international(value):
            raise ValidationError("Tulis satu nomor HP, misalnya 0812-3456-7890.")


class TimeOfDayField(forms.TimeField):
    """A time of day in Indonesian notation, `09.00`; also `9`, `9:00` and `0900`."""

    def __init__(self, **kwargs):
        kwargs.setdefault("input_formats", ["%H.%M", "%H:%M", "%H", "%H%M", "%H:%M:%S"])
        attrs = {"inputmode": "decimal", "autocomplete": "off", "size": 6}
        kwargs.setdefault("widget", forms.TimeInput(format="%H.%M", attrs=attrs))
        super().__init__(**kwargs)
        self.error_messages["invalid"] = "Tulis jam, misalnya 09.00."


class TextField(forms.CharField):
    """Several lines of text, stored with LF line ends."""

    def __init__(self, *, rows=4, **kwargs):
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        kwargs.setdefault("max_length", 20_000)
        super().__init__(**kwargs)

    def to_python(self, value):
        """Return the text with LF line ends, so that CRLF from a browser is not a change."""
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")


def stored_values(form, row) -> list[tuple[str, str]]:
    """Return the stored values of a row under the form's labels, for a stale form."""
    return [
        (field.label, shown_value(field.field, getattr(row, field.name)))
        for field in form.visible_fields()
        if hasattr(row, field.name) and not field.field.widget.needs_multipart_form
    ]


def shown_value(field, value) -> str:
    """Return a value of a form's field as a person reads it, a dash for none."""
    if hasattr(field, "choices"):
        many = value.all() if hasattr(value, "all") else value
        keys = {str(getattr(each, "pk", each)) for each in _several(many)} - {""}
        return ", ".join(str(label) for key, label in field.choices if str(key) in keys) or NOTHING
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    if isinstance(value, date) and not isinstance(value, datetime):
        return format_date(value)
    return field.widget.format_value(field.prepare_value(value)) or NOTHING


def _several(value):
    return value if isinstance(value, list | tuple | set | QuerySet) else [value]
