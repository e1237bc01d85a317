"""Parse cells: hectares, numbers, years, codes, text. Pure: standard library only.

Every error message is the end of a sentence that begins with the cell: "Sel C12 …".
"""

import re
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal

from kotaku.formats import (
    COUNT,
    HECTARES,
    MAX_DIGITS,
    MAX_HECTARES,
    InvalidNumber,
    Quantity,
    format_date,
    format_number,
    parse_amount,
    parse_count,
)
from kotaku.spreadsheets.formula_guard import unguarded
from kotaku.spreadsheets.sheets import Oddity, is_blank
from kotaku.text import clean_text

# Spreadsheets calculate in binary: 0.1 + 0.2 is stored as 0.30000000000000004.
NOISE = Decimal("1e-9")
_CODE = re.compile(r"(\d{2})\.?(\d{2})\.?(\d{2})\.?(\d{4})")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_DASHES = frozenset("-–—−")


class CellError(ValueError):
    """An invalid cell; the message gives its content and what to do."""


def read_hectares(value) -> Decimal:
    """Return the area in hectares (two decimals, ≥ 0) of a cell. Raises CellError."""
    return read_amount(value, HECTARES)


def read_amount(value, quantity: Quantity) -> Decimal:
    """Return the hectares or metres (two decimals, ≥ 0) of a cell. Raises CellError."""
    noun = quantity.noun.lower()
    if is_blank(value):
        raise CellError(f"kosong. {quantity.blank}")
    if isinstance(value, Oddity):
        raise CellError(f"{value.sentence}.")
    if isinstance(value, bool):
        raise CellError(f"berisi BENAR/SALAH. {quantity.instruction}")
    if isinstance(value, datetime | date):
        shown = f" ({format_date(value)})" if value.year > 1900 else ""
        raise CellError(
            f"berisi tanggal{shown}, bukan {noun}. Ubah format sel menjadi angka, lalu tulis lagi "
            f"{noun}nya."
        )
    if isinstance(value, time | timedelta):
        raise CellError(f"berisi jam, bukan {noun}. Ubah format sel menjadi angka.")
    if isinstance(value, int | float):
        return _from_number(value, quantity)
    text = value.strip()
    if set(text) <= _DASHES:
        raise CellError(f"berisi {text}. Tulis 0 bila tidak ada, atau kosongkan.")
    if text.startswith("#"):
        raise CellError(f"berisi galat rumus {text[:20]}. Perbaiki rumusnya atau tulis angkanya.")
    try:
        return parse_amount(text, quantity) if quantity.decimals else parse_count(text, quantity)
    except InvalidNumber as error:
        raise CellError(f"berisi “{text[:40]}”. {error}") from error


def read_count(value, quantity: Quantity = COUNT) -> int:
    """Return the whole number (≥ 0) in a cell: buildings, households. Raises CellError."""
    return int(read_amount(value, quantity))


def _from_number(value, quantity) -> Decimal:
    # Spreadsheets show 15 digits; further ones are binary rounding errors.
    number = Context(prec=MAX_DIGITS).create_decimal(repr(value))
    if not number.is_finite():
        raise CellError(f"berisi angka yang tidak terbatas. {quantity.instruction}")
    if number < 0:
        raise CellError(f"berisi {_shown(number)}. {quantity.noun} tidak boleh kurang dari 0.")
    if number > MAX_HECTARES:
        largest = f"{format_number(MAX_HECTARES)} {quantity.unit}".strip()
        raise CellError(f"berisi {value}. {quantity.noun} paling besar {largest}.")
    amount = number.quantize(Decimal(1).scaleb(-quantity.decimals))
    if abs(amount - number) > NOISE.scaleb(2 - quantity.decimals):
        raise CellError(f"berisi {_shown(number)}. {_rounding_sentence(quantity)}")
    return amount


def _rounding_sentence(quantity) -> str:
    if quantity.decimals == 0:
        return quantity.instruction
    most = {2: "dua"}.get(quantity.decimals, quantity.decimals)
    return f"Bulatkan menjadi {most} angka di belakang koma, misalnya 12,50."


def _shown(number: Decimal) -> str:
    return f"{number.normalize():f}".replace(".", ",")


def read_year(value) -> int:
    """Return the year in a cell, such as 2018 or `Tahun 2018`. Raises CellError."""
    if is_blank(value):
        raise CellError("kosong. Tulis tahunnya, misalnya 2018.")
    if isinstance(value, Oddity):
        raise CellError(f"{value.sentence}.")
    if isinstance(value, datetime | date):
        raise CellError("berisi tanggal. Tulis tahunnya saja, misalnya 2018.")
    if isinstance(value, int | float) and not isinstance(value, bool):
        text = str(int(value)) if value == int(value) else str(value)
    else:
        text = str(value)
    years = _YEAR.findall(text)
    if len(years) != 1 or re.sub(r"(?i)tahun|\W", "", text) != years[0]:
        raise CellError(f"berisi “{text.strip()[:40]}”. Tulis tahunnya, misalnya 2018.")
    return int(years[0])


def read_code(value) -> str:
    """Return the Kemendagri code `32.79.01.1001`, also written without points; "" for none."""
    if isinstance(value, float) and value == int(value):
        value = int(value)
    match = _CODE.fullmatch(re.sub(r"\s", "", read_text(value)))
    return ".".join(match.groups()) if match else ""


def read_text(value) -> str:
    """Return the text of a cell with single spaces; "" for an empty one.

    Apostrophes that exports put before `=…` against formulas are removed.
    """
    if is_blank(value):
        return ""
    if isinstance(value, Oddity):
        return value.text
    if isinstance(value, float) and value == int(value):
        value = int(value)
    return " ".join(clean_text(unguarded(str(value))).split())
