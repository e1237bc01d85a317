"""Parse and format numbers and dates in Indonesian notation. Pure: standard library only.

Pages format their numbers here, in Python, because localised number filters inside template
loops are slow.
"""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from kotaku.quantities import COUNT, HECTARES, UNITS, Quantity
from kotaku.text import clean_text

HUNDREDTH = Decimal("0.01")
MAX_HECTARES = Decimal("99999999.99")
NBSP = "\u00a0"
MINUS = "\u2212"

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)


class InvalidNumber(ValueError):
    """The text is not such a number; the message is shown to the user."""


class AmbiguousNumber(InvalidNumber):
    """The text can be read as two numbers; the message asks which one is meant."""


_MULTIPLIERS = frozenset({"ribu", "rb", "k", "juta", "jt", "miliar", "triliun", "ratus", "lusin"})
# SQLite stores decimals as binary floating-point numbers, exact to this many digits.
MAX_DIGITS = 15

_TYPED = re.compile(r"(?P<sign>[-−]?) ?(?P<number>[0-9., ]*?) ?(?P<unit>[^0-9., ].*)?")
_SPACE_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?: [0-9]{3})+(?:[.,][0-9]+)?")
_NUMBER = re.compile(
    r"""
      (?P<point_groups>[1-9][0-9]{0,2}(?:\.[0-9]{3})+),(?P<point_decimals>[0-9]+)   # 1.250,5
    | (?P<comma_groups>[1-9][0-9]{0,2}(?:,[0-9]{3})+)\.(?P<comma_decimals>[0-9]+)   # 1,250.5
    | (?P<only_groups>[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,})                        # 1.250.000
    | (?P<whole>[0-9]*)[.,](?P<decimals>[0-9]+)                                # 12,5 and 12.5
    | (?P<integer>[0-9]+)                                                      # 12
    """,
    re.VERBOSE,
)
_THREE_AFTER_SEPARATOR = re.compile(r"([0-9]{1,3})[.,]([0-9]{3})")


def parse_hectares(text: str) -> Decimal:
    """Parse an area in hectares (two decimals, ≥ 0).

    `12,5`, `12.5`, ` 12,50 Ha ` mean the same; `1.250,5` is one thousand two hundred and
    fifty and a half. Raises AmbiguousNumber for `1.250` (1,25 or 1250) and InvalidNumber for any
    other text; the message of both is shown to the user.
    """
    return parse_amount(text, HECTARES)


def parse_amount(text: str, quantity: Quantity) -> Decimal:
    """Parse an amount (≥ 0, with the decimals of the quantity).

    Raises the same as `parse_hectares`, also for the unit of another quantity, such as `12 m2`.
    """
    sign, number = _without_unit(text, quantity)
    _ask_when_ambiguous(number, quantity)
    whole, decimals = _parts(number, quantity)
    _check_size(whole, decimals, quantity)
    if sign:
        raise InvalidNumber(f"{quantity.noun} tidak boleh kurang dari 0.")
    return Decimal(f"{whole or '0'}.{decimals or '0'}").quantize(
        Decimal(1).scaleb(-quantity.decimals)
    )


MAX_COUNT = 9_999_999


def parse_count(text: str, quantity: Quantity = COUNT) -> int:
    """Parse a whole number (≥ 0): `33`, `12,0`, `1250`, `42 KK`.

    Raises AmbiguousNumber for `1,000` and `1.250`, InvalidNumber for any other text.
    """
    sign, number = _without_unit(text, quantity)
    _ask_when_ambiguous(number, quantity)
    whole, decimals = _parts(number, quantity)
    if decimals.strip("0"):
        raise InvalidNumber(quantity.instruction)
    if len(whole) > len(str(MAX_COUNT)):
        raise InvalidNumber(
            f"Jumlah paling besar {format_count(MAX_COUNT)}. Periksa lagi angkanya."
        )
    if sign:
        raise InvalidNumber("Jumlah tidak boleh kurang dari 0.")
    return int(whole or "0")


def _without_unit(text, quantity) -> tuple[str, str]:
    """Return sign and number; raise InvalidNumber for a unit of another quantity."""
    typed = " ".join(clean_text(text).split())
    match = _TYPED.fullmatch(typed)
    if not match or not match["number"]:
        raise InvalidNumber(quantity.instruction)
    written = (match["unit"] or "").casefold().rstrip(". ")
    if written in _MULTIPLIERS:
        raise InvalidNumber(f"Tulis angkanya lengkap, tanpa “{written}”. {quantity.instruction}")
    if written:
        unit = UNITS.get(written)
        if unit is None:
            raise InvalidNumber(quantity.instruction)
        if unit not in quantity.units:
            raise InvalidNumber(_foreign_unit_sentence(typed, unit, quantity))
    number = re.sub(r" ?([.,]) ?", r"\1", match["number"])
    if _SPACE_GROUPS.fullmatch(number):
        number = number.replace(" ", "")
    return match["sign"], number


def _foreign_unit_sentence(typed, unit, quantity) -> str:
    wanted = f", bukan {quantity.unit}" if quantity.unit else ""
    return f"“{typed[:40]}” bersatuan {unit}{wanted}. {quantity.instruction}"


def _ask_when_ambiguous(number, quantity):
    match = _THREE_AFTER_SEPARATOR.fullmatch(number)
    # A number with thousands never begins with 0. Three decimals after a comma are rejected later
    # if two are allowed.
    if not match or match[1].startswith("0") or ("," in number and quantity.decimals == 2):
        return
    raise AmbiguousNumber(_ambiguous_sentence(number, match[1], match[2], quantity))


def _ambiguous_sentence(number, whole, decimals, quantity) -> str:
    fraction = decimals.rstrip("0")
    if quantity.decimals != 0:
        fraction = fraction or "0"
    small = f"{whole},{fraction}" if fraction else whole
    large = _with_unit(_grouped(whole + decimals), quantity.unit)
    meant = f"{number} bisa berarti {small} atau {large}."
    if quantity.decimals == 0:
        return f"{meant} Tulis tanpa titik dan koma, misalnya {whole + decimals}."
    if quantity.decimals > 2:
        return f"{meant} Tulis {whole},{decimals}0 atau {whole + decimals}."
    example = f"{whole},{decimals[:2]}"
    if quantity.unit != HECTARES.unit:
        example += f" atau {whole + decimals}"
    return f"{meant} Tulis dengan koma, misalnya {example}."


def _parts(number, quantity) -> tuple[str, str]:
    """Return the digits before (without leading zeros) and after the decimal separator."""
    match = _NUMBER.fullmatch(number)
    if not match:
        raise InvalidNumber(quantity.instruction)
    parts = match.groupdict(default="")
    names = ("point_groups", "comma_groups", "only_groups", "whole", "integer")
    whole = next((parts[name] for name in names if parts[name]), "")
    decimals = parts["point_decimals"] or parts["comma_decimals"] or parts["decimals"]
    return re.sub(r"[.,]", "", whole).lstrip("0"), decimals


def _check_size(whole, decimals, quantity):
    if len(decimals) > quantity.decimals:
        raise InvalidNumber(too_many_decimals(quantity))
    if len(whole) > 8:
        largest = _with_unit(format_hectares(MAX_HECTARES), quantity.unit)
        raise InvalidNumber(f"{quantity.noun} paling besar {largest}. Periksa lagi angkanya.")
    if len(f"{whole}{decimals.rstrip('0')}") > MAX_DIGITS:
        raise InvalidNumber(
            f"Tulis paling banyak {MAX_DIGITS} angka seluruhnya. Periksa lagi angkanya."
        )


def too_many_decimals(quantity: Quantity) -> str:
    """Return the error message for a number with too many decimals."""
    most = {2: "dua"}.get(quantity.decimals, quantity.decimals)
    return f"Tulis paling banyak {most} angka di belakang koma, misalnya 12,50."


def _with_unit(number: str, unit: str) -> str:
    return f"{number} {unit}".rstrip()


def round_half_up(value: Decimal) -> Decimal:
    """Return the value rounded half up to two decimals; a village's sum is rounded once."""
    return value.quantize(HUNDREDTH, ROUND_HALF_UP)


def format_number(value: Decimal, decimals: int = 2) -> str:
    """Return `1.250,50`: half-up rounding, points between thousands, comma before decimals."""
    rounded = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    sign = MINUS if rounded < 0 else ""
    whole, _, fraction = f"{abs(rounded):f}".partition(".")
    return sign + _grouped(whole) + (f",{fraction}" if fraction else "")


def format_count(count: int) -> str:
    """Return a whole number with points between thousands: `19.999`."""
    return format_number(Decimal(count), 0)


def format_amount(value: Decimal, at_least: int = 0) -> str:
    """Return `12`, `12,5` or `2,661234567`: all significant decimals, never rounded."""
    value = Decimal(value)
    return format_number(value, max(at_least, -value.normalize().as_tuple().exponent))


def format_hectares(value: Decimal) -> str:
    """Return hectares with two decimals and without the unit: `1.250,50`."""
    return format_number(value, 2)


def format_hectares_unit(value: Decimal) -> str:
    """Return hectares with their unit and a non-breaking space: `187,95 Ha`."""
    return format_hectares(value) + NBSP + "Ha"


def format_rt_hectares(value: Decimal) -> str:
    """Return hectares of an RT with all stored decimals: `2,66 Ha`, `2,661234 Ha`."""
    return format_amount(value, 2) + NBSP + "Ha"


MAX_RUPIAH = 999_999_999_999_999
_RUPIAH = re.compile(
    r"(?:rp\.? ?)?([1-9][0-9]{0,2}(?:[. ][0-9]{3})+|[0-9]+)(?:[.,]00?|,-)?", re.IGNORECASE
)
_RUPIAH_COMMA = re.compile(r"(?:rp\.? ?)?([1-9][0-9]{0,2}),([0-9]{3})", re.IGNORECASE)
MONEY = "Tulis jumlah rupiah tanpa sen, misalnya 1.250.000."


def parse_rupiah(text: str) -> Decimal:
    """Parse whole rupiah (≥ 0): `1.250.000`, `Rp 1250000`, `Rp 5.000,00`.

    Raises AmbiguousNumber for `150,000` and InvalidNumber for any other text; the message of both
    is shown to the user.
    """
    number = re.sub(r"(?<=[0-9]) ?([.,]) ?(?=[0-9])", r"\1", " ".join(clean_text(text).split()))
    if number.lstrip("Rrp. ")[:1] in ("-", MINUS):
        raise InvalidNumber("Jumlah uang tidak boleh kurang dari 0.")
    if ambiguous := _RUPIAH_COMMA.fullmatch(number):
        whole, rest = ambiguous.groups()
        raise AmbiguousNumber(
            f"{number} bisa berarti {whole} atau {_grouped(whole + rest)} rupiah. "
            f"Tulis {whole} atau {_grouped(whole + rest)}."
        )
    match = _RUPIAH.fullmatch(number)
    if not match:
        raise InvalidNumber(MONEY)
    digits = re.sub(r"[. ]", "", match[1])
    if len(digits.lstrip("0")) > len(str(MAX_RUPIAH)):
        raise InvalidNumber("Jumlah uangnya terlalu besar. Periksa lagi angkanya.")
    return Decimal(digits)


def format_rupiah(value: Decimal) -> str:
    """Return `Rp 1.250.000`."""
    return f"Rp{NBSP}{format_number(Decimal(value), 0)}"


def format_percent(value: Decimal, decimals: int = 1) -> str:
    """Return a percentage (0–100), usually with one decimal: `66,7 %`."""
    return format_number(value, decimals) + NBSP + "%"


def format_percent_points(before: Decimal, after: Decimal, decimals: int = 1) -> str:
    """Return the difference of two displayed (rounded) percentages: `−12,3 poin persen`."""
    places = Decimal(1).scaleb(-decimals)
    shown = [each.quantize(places, ROUND_HALF_UP) for each in (before, after)]
    return f"{format_number(shown[1] - shown[0], decimals)}{NBSP}poin persen"


def format_long_date(day: date) -> str:
    """Return `Selasa, 8 November 2016`."""
    return f"{DAYS[day.weekday()]}, {format_date(day)}"


def format_date(day: date) -> str:
    """Return `8 November 2016`; refuse an aware datetime, whose day depends on the time zone."""
    if isinstance(day, datetime) and day.tzinfo:
        raise TypeError("The day of a stored moment is kotaku.interface.moments.day_text")
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def format_time(moment: datetime) -> str:
    """Return `09.00 WIB`; the moment must already be in Asia/Jakarta."""
    return f"{moment:%H.%M}{NBSP}WIB"


def format_moment(moment: datetime) -> str:
    """Return `8 November 2016, 09.00 WIB`; the moment must already be in Asia/Jakarta."""
    return f"{format_date(moment.date())}, {format_time(moment)}"


def _grouped(digits: str) -> str:
    return f"{int(digits):,}".replace(",", ".")
