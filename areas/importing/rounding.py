"""Round areas with more decimals than are stored (computed, or from a map) after asking. Pure."""

import re
from collections.abc import Collection
from dataclasses import replace
from decimal import ROUND_HALF_UP, Context, Decimal

from areas.importing.columns import Layout
from areas.importing.file_questions import NO, YES, Choice, FileQuestions, Question, fingerprint
from areas.importing.headings import HECTARE
from areas.importing.units import FACTORS, quantity_in
from kotaku.formats import MAX_DIGITS, MAX_HECTARES, Quantity, format_count, format_number
from kotaku.spreadsheets.cells import NOISE, CellError, read_amount
from kotaku.spreadsheets.sheets import Oddity, Row, Sheet, letter

# Rounds to the digits that a spreadsheet shows: 2,0049999999999994 is a calculated 2,005.
SHOWN_DIGITS = Context(prec=MAX_DIGITS)
# Unambiguous decimals: 12,34567 and 1.250,123. The ambiguous 12,345 does not match.
_MANY_DECIMALS = re.compile(
    r"(?i)(?:([0-9]{1,8})[.,]([0-9]{4,17})|([0-9]{1,3}(?:\.[0-9]{3})+),([0-9]{3,17})"
    r"|([0-9]{1,3}(?:,[0-9]{3})+)\.([0-9]{3,17}))(?:\s*(?:ha|hektare?)\.?)?"
)


def with_kept_decimals(
    sheet: Sheet,
    layout: Layout,
    columns: Collection[int],
    quantity: Quantity,
    questions: FileQuestions,
) -> Sheet:
    """Return the sheet with hectares rounded half up to the decimals that are stored.

    Asks one question for all cells with more decimals. If the answer is no, each of them is wrong;
    until there is an answer, the preview shows the rounded areas.
    """
    units = {column: layout.units.get(column, HECTARE) for column in sorted(columns)}
    found = [
        (row.number, column, hectares)
        for row in sheet.rows
        if row.number > layout.header_row
        for column, unit in units.items()
        if (hectares := _unrounded(row.cell(column), unit, quantity)) is not None
    ]
    if not found:
        return sheet
    is_refused = _ask_rounding(sheet, found, quantity.decimals, questions) == NO
    numbers = {
        (number, column): _too_fine(hectares, quantity.decimals)
        if is_refused
        else float(_rounded(hectares, quantity.decimals) / FACTORS.get(units[column], 1))
        for number, column, hectares in found
    }
    rows = [
        Row(
            row.number,
            tuple(
                numbers.get((row.number, column), value) for column, value in enumerate(row.cells)
            ),
        )
        for row in sheet.rows
    ]
    return replace(sheet, rows=rows)


def _unrounded(value, unit: str, quantity: Quantity) -> Decimal | None:
    """Return a cell's hectares if they have more decimals than are stored, else None."""
    factor = FACTORS.get(unit, Decimal(1))
    in_unit = quantity_in(unit, quantity)
    if factor == 1:
        return _many_decimals(value, quantity.decimals)
    # A text can have another unit than its heading.
    number = None if isinstance(value, str) else _many_decimals(value, in_unit.decimals)
    if number is None:
        try:
            number = read_amount(value, in_unit)
        except CellError:
            return None
    hectares = number * factor
    return hectares if _has_many_decimals(hectares, quantity.decimals) else None


def _too_fine(hectares: Decimal, decimals: int) -> Oddity:
    shown, most = _plain(hectares), _in_words(decimals)
    return Oddity(
        shown,
        f"berisi {shown} Ha, lebih dari {most} angka di belakang koma. Bulatkan menjadi {most} "
        "angka, misalnya 12,50",
    )


def _ask_rounding(sheet, found, decimals, questions) -> str:
    shown = [
        f"{letter(column)}{row} {_plain(value)} menjadi "
        f"{format_number(_rounded(value, decimals), decimals)}"
        for row, column, value in found[:3]
    ]
    cells = ",".join(f"{letter(column)}{row}={value}" for row, column, value in found)
    most = _in_words(decimals)
    return questions.ask(
        Question(
            key=f"bulatkan|{sheet.name}|{fingerprint(cells)}",
            text=f"{format_count(len(found))} luas di lembar {sheet.name} mempunyai lebih dari {most} "
            "angka di belakang koma. Bulatkan seperti ditampilkan?",
            hint=f"Misalnya {'; '.join(shown)}. Jumlahnya lalu dapat berbeda sedikit dari baris jumlah.",
            choices=(
                Choice(YES, f"Ya, bulatkan menjadi {most} angka"),
                Choice(NO, "Tidak, saya perbaiki di berkasnya"),
            ),
        )
    )


def _rounded(value: Decimal, decimals: int) -> Decimal:
    return SHOWN_DIGITS.plus(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _in_words(decimals: int) -> str:
    return {2: "dua"}.get(decimals, str(decimals))


def _plain(value: Decimal) -> str:
    return f"{value:f}".replace(".", ",")


def _many_decimals(value, decimals: int) -> Decimal | None:
    """Return the number in a cell if it certainly has more than `decimals` decimals, else None.

    In a text, three digits after a single point or comma may be thousands, so the result is None.
    """
    if isinstance(value, str):
        match = _MANY_DECIMALS.fullmatch(value.strip())
        whole, after = filter(None, match.groups()) if match else ("", "")
        number = Decimal(f"{re.sub('[.,]', '', whole)}.{after}") if match else None
    else:
        number = SHOWN_DIGITS.create_decimal(repr(value)) if isinstance(value, float) else None
    if number is None or not number.is_finite() or abs(number) > MAX_HECTARES:
        return None
    return number if _has_many_decimals(number, decimals) else None


def _has_many_decimals(number: Decimal, decimals: int) -> bool:
    """Whether a number has more than `decimals` decimals, apart from binary rounding errors."""
    kept = number.quantize(Decimal(1).scaleb(-decimals))
    return abs(kept - number) > NOISE.scaleb(2 - decimals)
