"""Numbers and dates as Indonesians write them. Pure: standard library only.

Everything a page shows passes through here once, in Python, because localised
number filters inside template loops are what makes a page slow.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

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
    """What was typed is no such number; the message is the sentence for the person who typed it."""


class AmbiguousNumber(InvalidNumber):
    """The text can be read as two different numbers, so the software asks instead of guessing."""


@dataclass(frozen=True)
class Quantity:
    """What a number is a number of: its unit, and the words of the sentences about it."""

    unit: str
    noun: str
    instruction: str
    blank: str
    spelled: re.Pattern


HECTARES = Quantity(
    "Ha",
    "Luas",
    "Tulis luas dalam hektare, misalnya 12,50.",
    "Tulis luasnya dalam hektare; tulis 0 bila tidak ada yang kumuh.",
    re.compile(r"\s*(?:ha|hektare?)\.?$", re.IGNORECASE),
)
METRES = Quantity(
    "m",
    "Panjang",
    "Tulis panjang dalam meter, misalnya 120,50.",
    "Tulis panjangnya dalam meter; tulis 0 bila tidak ada.",
    re.compile(r"\s*(?:m|meter)\.?$", re.IGNORECASE),
)
_SPACE_GROUPS = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]+)?")
_NUMBER = re.compile(
    r"""
      (?P<point_groups>[0-9]{1,3}(?:\.[0-9]{3})+),(?P<point_decimals>[0-9]+)   # 1.250,5
    | (?P<comma_groups>[0-9]{1,3}(?:,[0-9]{3})+)\.(?P<comma_decimals>[0-9]+)   # 1,250.5
    | (?P<only_groups>[0-9]{1,3}(?:\.[0-9]{3}){2,})                            # 1.250.000
    | (?P<whole>[0-9]*)[.,](?P<decimals>[0-9]+)                                # 12,5 and 12.5
    | (?P<integer>[0-9]+)                                                      # 12
    """,
    re.VERBOSE,
)
_THREE_AFTER_POINT = re.compile(r"([0-9]{1,3})\.([0-9]{3})")


COUNT = Quantity(
    "",
    "Jumlah",
    "Tulis bilangan bulat, misalnya 33.",
    "Tulis jumlahnya; tulis 0 bila tidak ada.",
    re.compile(r"\s*[A-Za-z]+\.?$"),
)


def parse_hectares(text: str) -> Decimal:
    """Return the area in hectares (two decimals, ≥ 0) that a person meant by `text`.

    `12,5`, `12.5`, ` 12,50 Ha ` mean the same; `1.250,5` is one thousand two hundred and
    fifty and a half. Raises AmbiguousNumber for `1.250` (1,25 or 1250), InvalidNumber for
    everything else that is no area; both carry the sentence to show (domain.md, "A yearly figure").
    """
    return parse_amount(text, HECTARES)


def parse_amount(text: str, quantity: Quantity) -> Decimal:
    """Return the hectares or metres (two decimals, ≥ 0) that a person meant, as `parse_hectares`."""
    number = quantity.spelled.sub("", " ".join(text.split()))
    if number[:1] in ("-", MINUS):
        parse_amount(number.lstrip(f"-{MINUS}"), quantity)
        raise InvalidNumber(f"{quantity.noun} tidak boleh kurang dari 0.")
    if _SPACE_GROUPS.fullmatch(number):
        number = number.replace(" ", "")
    if ambiguous := _THREE_AFTER_POINT.fullmatch(number):
        raise AmbiguousNumber(_ambiguous_sentence(number, *ambiguous.groups(), quantity.unit))
    match = _NUMBER.fullmatch(number)
    if not match:
        raise InvalidNumber(quantity.instruction)
    parts = match.groupdict(default="")
    whole = re.sub(
        r"[.,]",
        "",
        parts["point_groups"]
        or parts["comma_groups"]
        or parts["only_groups"]
        or parts["whole"]
        or parts["integer"],
    )
    decimals = parts["point_decimals"] or parts["comma_decimals"] or parts["decimals"]
    if len(decimals) > 2:
        raise InvalidNumber("Tulis paling banyak dua angka di belakang koma, misalnya 12,50.")
    if len(whole.lstrip("0")) > 8:
        raise InvalidNumber(
            f"{quantity.noun} paling besar {_with_unit(format_hectares(MAX_HECTARES), quantity.unit)}. "
            "Periksa lagi angkanya."
        )
    return Decimal(f"{whole or '0'}.{decimals or '0'}").quantize(HUNDREDTH)


def _ambiguous_sentence(number: str, whole: str, decimals: str, unit: str) -> str:
    small = f"{int(whole)},{decimals.rstrip('0') or '0'}"
    large = _grouped(str(int(whole + decimals)))
    example = f"{int(whole)},{decimals[:2]}"
    if unit != HECTARES.unit:
        example += f" atau {int(whole + decimals)}"
    return (
        f"{number} bisa berarti {small} atau {_with_unit(large, unit)}. "
        f"Tulis dengan koma, misalnya {example}."
    )


def _with_unit(number: str, unit: str) -> str:
    return f"{number} {unit}".rstrip()


MAX_COUNT = 9_999_999
_COUNT = re.compile(r"([0-9]{1,3}(?:[. ][0-9]{3})+|[0-9]+)(?:,0+)?(?: *[A-Za-z]+\.?)?")


def parse_count(text: str) -> int:
    """Return the whole number (≥ 0) that a person meant: `33`, `1.250`, `42 KK`.

    Raises InvalidNumber with the sentence to show.
    """
    number = " ".join(text.split())
    if number[:1] in ("-", MINUS):
        raise InvalidNumber("Jumlah tidak boleh kurang dari 0.")
    match = _COUNT.fullmatch(number)
    if not match:
        raise InvalidNumber(COUNT.instruction)
    digits = re.sub(r"[. ]", "", match[1])
    if len(digits.lstrip("0")) > len(str(MAX_COUNT)):
        raise InvalidNumber(
            f"Jumlah paling besar {format_count(MAX_COUNT)}. Periksa lagi angkanya."
        )
    return int(digits)


def format_number(value: Decimal, decimals: int = 2) -> str:
    """Return `1.250,50`: half-up rounding, points between thousands, comma before decimals."""
    rounded = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    sign = MINUS if rounded < 0 else ""
    whole, _, fraction = f"{abs(rounded):f}".partition(".")
    return sign + _grouped(whole) + (f",{fraction}" if fraction else "")


def format_count(count: int) -> str:
    """Return `19.999`: a number of things, with points between thousands."""
    return format_number(Decimal(count), 0)


def format_amount(value: Decimal) -> str:
    """Return `12`, `12,5` or `1.250,25`: as many decimals (two at most) as there are."""
    rounded = Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_UP)
    decimals = max(0, -rounded.normalize().as_tuple().exponent)
    return format_number(rounded, decimals)


def format_hectares(value: Decimal) -> str:
    """Return hectares with two decimals and without the unit: `1.250,50`."""
    return format_number(value, 2)


def format_hectares_unit(value: Decimal) -> str:
    """Return hectares with their unit, kept on one line: `187,95 Ha`."""
    return format_hectares(value) + NBSP + "Ha"


MAX_RUPIAH = 999_999_999_999_999
_RUPIAH = re.compile(
    r"(?:rp\.?\s*)?([0-9]{1,3}(?:[. ][0-9]{3})+|[0-9]+)(?:,(?:00?|-))?", re.IGNORECASE
)


def parse_rupiah(text: str) -> Decimal:
    """Return the whole rupiah (≥ 0) that a person meant: `1.250.000`, `Rp 1250000`, `Rp 5.000,00`.

    Raises InvalidNumber with the sentence to show.
    """
    number = " ".join(text.split())
    if number.lstrip("Rrp. ")[:1] in ("-", MINUS):
        raise InvalidNumber("Jumlah uang tidak boleh kurang dari 0.")
    match = _RUPIAH.fullmatch(number)
    if not match:
        raise InvalidNumber("Tulis jumlah rupiah tanpa sen, misalnya 1.250.000.")
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
    """Return the difference of two percentages as they are shown: `−12,3 poin persen`."""
    places = Decimal(1).scaleb(-decimals)
    shown = [each.quantize(places, ROUND_HALF_UP) for each in (before, after)]
    return f"{format_number(shown[1] - shown[0], decimals)}{NBSP}poin persen"


def format_long_date(day: date) -> str:
    """Return `Selasa, 8 November 2016`."""
    return f"{DAYS[day.weekday()]}, {format_date(day)}"


def format_date(day: date) -> str:
    """Return `8 November 2016`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def format_time(moment: datetime) -> str:
    """Return `09.00 WIB`; the moment must already be in Asia/Jakarta."""
    return f"{moment:%H.%M}{NBSP}WIB"


def format_moment(moment: datetime) -> str:
    """Return `8 November 2016, 09.00 WIB`; the moment must already be in Asia/Jakarta."""
    return f"{format_date(moment)}, {format_time(moment)}"


def _grouped(digits: str) -> str:
    return f"{int(digits):,}".replace(",", ".")
