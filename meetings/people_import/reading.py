"""Read the rows of a list of people. Nothing is guessed: what is not clear is the row's problem."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from areas.importing.column_words import NAME
from areas.importing.columns import Layout, is_numbering
from areas.importing.headings import plain
from kotaku.phones import international
from kotaku.spreadsheets.cells import read_text
from kotaku.spreadsheets.sheets import Oddity, Row, Sheet, is_blank, letter
from meetings.models import PokjaMember, Unsur
from meetings.people_import.columns import DASHES, PHONE, ROLE, SEX, UNSUR

FORMULA = "=@＝＠"
_SIGNS = "+-＋－"
_SEXES = {
    "L": ("l", "lk", "laki laki", "laki", "pria", "male", "m"),
    "P": ("p", "pr", "perempuan", "wanita", "female", "f", "w"),
}
_UNSUR = {
    Unsur.OPD: ("opd", "skpd", "perangkat daerah", "dinas"),
    Unsur.KOTAKU: ("kotaku", "fasilitator", "fasilitator kotaku", "pendamping"),
    Unsur.BKM: ("bkm", "lkm"),
    Unsur.ACADEMIA: ("perguruan tinggi", "praktisi", "akademisi"),
}
_ROLES = {
    PokjaMember.Role.ADVISOR: ("pengarah", "pembina", "penanggung jawab"),
    PokjaMember.Role.SECTION: ("koordinator", "ketua bidang"),
}
# The shortest mobile number without its 0.
_SHORTEST_MOBILE = 9


class CellProblem(ValueError):
    """A cell that cannot be read; the message ends a sentence that begins with the cell."""


@dataclass(frozen=True)
class PersonRow:
    """A row as read: its values by field, what was supplemented, or why it cannot be read."""

    number: int
    values: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    problem: str = ""
    left_out: str = ""


def read_rows(sheet: Sheet, layout: Layout, defaults: dict[str, str]) -> list[PersonRow]:
    """Return the people below the headings; `defaults` fill in what a row does not say."""
    headings = next((row for row in sheet.rows if row.number == layout.header_row), None)
    return [
        _read(sheet, layout, row, headings, defaults)
        for row in sheet.rows
        if row.number > layout.header_row
    ]


def _read(sheet, layout, row, headings, defaults) -> PersonRow:
    if headings and _repeats(row, headings):
        return PersonRow(row.number, left_out="Judul kolom yang berulang.")
    if layout.header_row and is_numbering(list(row.cells)):
        return PersonRow(row.number, left_out="Nomor kolom.")
    used = [column for column, role in layout.roles.items() if role]
    merged = [column for column in used if _is_merged_down(sheet, row, column)]
    if not merged and all(is_blank(row.cell(column)) for column in used):
        return PersonRow(row.number, left_out="Baris tanpa nama dan jabatan.")
    values, notes, problems = {}, [], []
    for column in merged:
        cells = sheet.merged_range(row.number, column)
        problems.append(
            f"Sel {letter(column)}{row.number} bagian dari sel gabungan {cells}. Pisahkan selnya "
            "(Unmerge), lalu isi tiap barisnya."
        )
    for column in used:
        role = layout.roles[column]
        try:
            values[_field(role)], note = _value(role, row.cell(column))
        except CellProblem as error:
            problems.append(f"Sel {letter(column)}{row.number} {error}")
        else:
            notes += [note] if note else []
    for name, value in defaults.items():
        if value and not values.get(name):
            values[name] = value
    return PersonRow(row.number, values, tuple(notes), " ".join(problems))


def _field(role) -> str:
    return "name" if role == NAME else role


def _repeats(row: Row, headings: Row) -> bool:
    texts = [(column, plain(read_text(value))) for column, value in enumerate(row.cells)]
    filled = [(column, text) for column, text in texts if text]
    return len(filled) > 1 and all(
        text == plain(read_text(headings.cell(column))) for column, text in filled
    )


def _is_merged_down(sheet, row, column) -> bool:
    """Whether an empty cell is the lower part of a merged one: whose value is it?"""
    if not is_blank(row.cell(column)):
        return False
    return any(
        top < row.number <= bottom and left <= column + 1 <= right
        for top, left, bottom, right in sheet.merged
    )


def _value(role, value) -> tuple[str, str]:
    """Return the value of a cell as its field takes it, and a note. Raises CellProblem."""
    if isinstance(value, Oddity):
        raise CellProblem(f"{value.sentence}.")
    if isinstance(value, bool):
        raise CellProblem("berisi BENAR/SALAH. Tulis sebagai teks.")
    if isinstance(value, datetime | date | time | timedelta):
        raise CellProblem("berisi tanggal atau jam. Ubah format sel menjadi teks, lalu tulis lagi.")
    if role == PHONE:
        return _phone(value)
    text = read_text(value)
    if not text or set(text) <= DASHES:
        return "", ""
    if text[0] in FORMULA or (text[0] in _SIGNS and not text[1:2].isdigit()):
        raise CellProblem(f"berisi “{text[:40]}”, seperti rumus. Tulis teksnya saja.")
    if role == SEX:
        return _chosen(text, _SEXES, {}, "Tulis L atau P."), ""
    if role == UNSUR:
        return _chosen(text, _UNSUR, dict(Unsur.choices), _one_of(Unsur.labels)), ""
    if role == ROLE:
        choices = PokjaMember.Role
        return _chosen(text, _ROLES, dict(choices.choices), _one_of(choices.labels)), ""
    return text, ""


def _one_of(labels) -> str:
    return f"Tulis salah satu: {', '.join(labels)}."


def _chosen(text, aliases, labels, advice) -> str:
    words = plain(text)
    for key, label in labels.items():
        if words in (plain(label), plain(key)):
            return str(key)
    for key, names in aliases.items():
        if words in names:
            return str(key)
    raise CellProblem(f"berisi “{text[:40]}”. {advice}")


def _phone(value) -> tuple[str, str]:
    """Return a phone number; the 0 or + that a spreadsheet drops from numbers is put back."""
    text = read_text(value)
    if not text or set(text) <= DASHES:
        return "", ""
    if not international(text):
        raise CellProblem(
            f"berisi “{text[:40]}”, bukan satu nomor HP. Tulis seperti 0812-3456-7890."
        )
    digits = text if text.isascii() and text.isdigit() else ""
    if digits.startswith("8") and len(digits) >= _SHORTEST_MOBILE:
        return f"0{digits}", f"Nomor HP {digits} dibaca 0{digits}."
    if digits.startswith("62"):
        return f"+{digits}", f"Nomor HP {digits} dibaca +{digits}."
    return text, ""
