"""Questions about a sheet as it is stored: what is hidden there, and numbers of many decimals. Pure."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from areas.importing.columns import Layout
from areas.importing.file_questions import Choice, FileQuestions, Question
from areas.importing.headings import HECTARE
from areas.importing.many_decimals import SHOWN_DIGITS, has_many_decimals, many_decimals
from areas.importing.units import FACTORS, quantity_in
from kotaku.formats import Quantity, format_count, format_number
from kotaku.spreadsheets.cells import CellError, read_amount
from kotaku.spreadsheets.sheets import (
    Oddity,
    Row,
    Sheet,
    is_blank,
    letter,
)

YES, NO = "ya", "tidak"
HIDDEN_CHOICES = (Choice(YES, "Ya, baca juga"), Choice(NO, "Tidak, lewati"))
MOST_NAMED = 12


def as_answered(sheet: Sheet, questions: FileQuestions) -> tuple[Sheet, list[str]]:
    """Return the sheet without the hidden rows and columns that are not to be read.

    Also returns a sentence for each kind that was left out. While a question is open, everything
    is read, and nothing can be applied.
    """
    left_out = []
    rows = sorted(sheet.hidden_rows)
    if rows and _ask_hidden(sheet, questions, "baris", [str(number) for number in rows]) == NO:
        kept = [row for row in sheet.rows if row.number not in sheet.hidden_rows]
        sheet = replace(sheet, rows=kept, hidden_rows=frozenset())
        left_out.append(f"{format_count(len(rows))} baris tersembunyi dilewati: {_listed(rows)}.")
    columns = sorted(_filled(sheet) & sheet.hidden_columns)
    names = [letter(column) for column in columns]
    if columns and _ask_hidden(sheet, questions, "kolom", names) == NO:
        sheet = replace(sheet, rows=[_without(row, set(columns)) for row in sheet.rows])
        left_out.append(f"{len(columns)} kolom tersembunyi dilewati: {_listed(names)}.")
    return sheet, left_out


def _ask_hidden(sheet, questions, what, names) -> str:
    return questions.ask(
        Question(
            key=f"tersembunyi|{what}|{sheet.name}|{_fingerprint(','.join(names))}",
            text=f"Lembar {sheet.name} menyembunyikan {format_count(len(names))} {what} yang berisi. "
            "Ikut dibaca?",
            hint=f"{what.capitalize()} {_listed(names)}, disembunyikan atau disaring (filter).",
            choices=HIDDEN_CHOICES,
        )
    )


def _filled(sheet) -> set[int]:
    return {
        column
        for row in sheet.rows
        for column, value in enumerate(row.cells)
        if not is_blank(value)
    }


def _without(row: Row, columns: set[int]) -> Row:
    cells = [None if column in columns else value for column, value in enumerate(row.cells)]
    return Row(row.number, tuple(cells))


def with_kept_decimals(
    sheet: Sheet,
    layout: Layout,
    columns: Collection[int],
    quantity: Quantity,
    questions: FileQuestions,
) -> Sheet:
    """Return the sheet with hectares of more decimals than are kept rounded half up to these.

    One question for all cells of these columns. Answered with no, each of them is a wrong cell;
    while it is open, the preview shows the rounded areas.
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
    """Return a cell's hectares where they have more decimals than are kept, else None."""
    factor = FACTORS.get(unit, Decimal(1))
    in_unit = quantity_in(unit, quantity)
    if factor == 1:
        return many_decimals(value, quantity.decimals)
    # A text can name another unit than its heading.
    number = None if isinstance(value, str) else many_decimals(value, in_unit.decimals)
    if number is None:
        try:
            number = read_amount(value, in_unit)
        except CellError:
            return None
    hectares = number * factor
    return hectares if has_many_decimals(hectares, quantity.decimals) else None


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
            key=f"bulatkan|{sheet.name}|{_fingerprint(cells)}",
            text=f"{format_count(len(found))} luas di lembar {sheet.name} mempunyai lebih dari {most} "
            "angka di belakang koma. Bulatkan seperti ditampilkan?",
            hint=f"Misalnya {'; '.join(shown)}. Jumlahnya lalu dapat berbeda sedikit dari baris jumlah.",
            choices=(
                Choice(YES, f"Ya, bulatkan menjadi {most} angka"),
                Choice(NO, "Tidak, saya perbaiki di berkasnya"),
            ),
        )
    )


def _fingerprint(words: str) -> str:
    """Return what stands in a key for a list that may be long."""
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def _rounded(value: Decimal, decimals: int) -> Decimal:
    return SHOWN_DIGITS.plus(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _in_words(decimals: int) -> str:
    return {2: "dua"}.get(decimals, str(decimals))


def _plain(value: Decimal) -> str:
    return f"{value:f}".replace(".", ",")


def _listed(names: Sequence) -> str:
    """Return `5, 8, dan 9`; of many the first ones and how many more."""
    shown = [str(name) for name in names[:MOST_NAMED]]
    if len(names) > MOST_NAMED:
        return f"{', '.join(shown)}, dan {format_count(len(names) - MOST_NAMED)} lagi"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} dan {shown[-1]}"
