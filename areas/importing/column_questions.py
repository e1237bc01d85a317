"""Settle the roles of a sheet's columns, with questions if several columns could have a role.

Pure: standard library only. A role is never given to the first possible column without asking.
"""

from collections.abc import Mapping
from dataclasses import replace

from areas.importing.column_words import AREA, IGNORE, YEAR, Vocabulary
from areas.importing.columns import (
    HECTARES_BY_VILLAGE,
    Layout,
    candidates,
    heading_width,
    headings_of,
    is_percentage,
    says_bps,
)
from areas.importing.days import day_columns
from areas.importing.file_questions import Choice, FileQuestions, Question
from areas.importing.heading_rows import NUMBERING
from areas.importing.headings import plain, unit_in, units_of_title
from areas.importing.units import COUNTS, NAMES
from kotaku.spreadsheets.cells import read_text
from kotaku.spreadsheets.sheets import Sheet, letter

NONE = "-"
EXAMPLES = 3
WIDE, LONG = "lebar", "panjang"


def settled_layout(
    sheet: Sheet, header_row: int, known: Vocabulary, questions: FileQuestions
) -> Layout:
    """Return the roles of the columns of a heading row, without those with an open question."""
    layout = Layout(header_row)
    chooser = _Chooser(sheet, layout, known, questions)
    return with_units(sheet, replace(layout, roles=chooser.roles()), known, questions)


def with_units(sheet: Sheet, layout: Layout, known: Vocabulary, questions: FileQuestions) -> Layout:
    """Return the layout with the units in its headings. Asks about unknown units."""
    columns = _Columns(sheet, layout, known)
    roles, units = dict(layout.roles), {}
    for column, role in layout.roles.items():
        unit = columns.unit(column, role, known, questions)
        if unit == NONE:
            del roles[column]
        elif unit:
            units[column] = unit
    return replace(layout, roles=roles, units=units)


def unread_columns(sheet: Sheet, layout: Layout, known: Vocabulary) -> list[str]:
    """Return the columns with a heading or values that are not read, some with the reason.

    Until a column names the villages, only those with a reason. Cells after the last heading are
    not listed, because they make their rows wrong.
    """
    columns = _Columns(sheet, layout, known)
    days = day_columns(sheet, layout.header_row).values() if known.every_year else ()
    width = min(sheet.width, columns.width or sheet.width)
    return [
        f"{columns.name(column)}{_why_unread(columns.heading(column))}"
        for column in range(width)
        if column not in days
        and not _is_read(layout.roles.get(column, IGNORE), layout, known)
        and (columns.heading(column) or columns.examples(column))
        and plain(columns.heading(column)) not in NUMBERING
        and (layout.names_villages or _why_unread(columns.heading(column)))
    ]


def _is_read(role, layout, known) -> bool:
    """Whether the rows' readers use a column of this role."""
    if not known.has_year_columns or role == IGNORE:
        return role != IGNORE
    if known.every_year:
        return not (layout.year_columns and role in (AREA, YEAR))
    if role.isdigit():
        return layout.column(AREA) is None and int(role) == known.baseline_year
    return role != YEAR or layout.column(AREA) is not None


def _why_unread(heading) -> str:
    if says_bps(heading):
        return " (kode BPS, bukan kode Kemendagri)"
    return " (persen, bukan luas)" if is_percentage(heading) else ""


def column_name(sheet: Sheet, layout: Layout, column: int) -> str:
    """Return `F “Penduduk”`."""
    return _Columns(sheet, layout).name(column)


class _Columns:
    """The headings and first values of a sheet's columns."""

    def __init__(self, sheet, layout, known=HECTARES_BY_VILLAGE):
        self.sheet, self.layout = sheet, layout
        self.texts = headings_of(sheet, layout, known)
        self.below = [row for row in sheet.rows if row.number > layout.header_row]
        self.place = f"{sheet.name}|{layout.header_row}"
        self.width = heading_width(sheet, layout, self.texts)

    def heading(self, column) -> str:
        """Return the heading of a column; "" for none."""
        return self.texts[column] if column < len(self.texts) else ""

    def name(self, column) -> str:
        """Return `F “Penduduk”`."""
        heading = self.heading(column)[:60]
        return f"{letter(column)} “{heading}”" if heading else letter(column)

    def examples(self, column) -> str:
        """Return the first values of a column: `9,95 · 3,5`; "" when it is empty."""
        found = []
        for row in self.below:
            if text := read_text(row.cell(column)):
                found.append(text[:30])
                if len(found) == EXAMPLES:
                    break
        return " · ".join(found)

    def unit_above(self, possible) -> str:
        """Return the unit in the titles above the headings, all of them if several; "" for none."""
        above = [row for row in self.sheet.rows if row.number < self.layout.header_row]
        texts = [read_text(value) for row in above for value in row.cells]
        found = dict.fromkeys(unit for text in texts for unit in units_of_title(text))
        return " / ".join(unit for unit in found if unit in possible)

    def unit(self, column, role, known: Vocabulary, questions) -> str:
        """Return a unit other than the stored one; "" for the stored one, NONE to skip the column."""
        possible = known.units_of(role)
        unit = unit_in(self.heading(column)) or self.unit_above(possible)
        if not possible or not unit or unit == possible[0]:
            return ""
        if unit in possible:
            return unit
        if possible == COUNTS and unit not in NAMES:
            # The brackets in "3a (60 liter per orang)" are a remark, not a unit.
            return ""
        answer = questions.ask(
            Question(
                key=f"satuan|{self.place}|{column}",
                text=f"Apa satuan angka di kolom {self.name(column)}?",
                hint=f"Satuan “{unit}” tidak dikenal untuk {known.question_about(role)}. "
                f"Isi kolom: {self.examples(column) or 'kosong'}",
                choices=(
                    *(Choice(each, NAMES[each][0].upper() + NAMES[each][1:]) for each in possible),
                    Choice(NONE, "Bukan salah satunya; jangan baca kolom ini"),
                ),
            )
        )
        if answer == possible[0]:
            return ""
        return answer or NONE


class _Chooser(_Columns):
    """Chooses one column for each role."""

    def __init__(self, sheet, layout, known, questions):
        super().__init__(sheet, layout, known)
        self.known, self.questions = known, questions

    def roles(self) -> Mapping[int, str]:
        """Return the columns with a settled role: index → role."""
        possible = candidates(self.texts, self.known)
        if self.known.has_year_columns:
            self._add_rivals(possible)
            possible = self._shaped(possible)
        found = {}
        for role, columns in possible.items():
            column = self._column(role, columns)
            if column is not None:
                found[column] = role
        return found

    def _add_rivals(self, possible):
        """Add unrecognised columns that indicate an area as strongly as the recognised ones."""
        signs = self.known.signs[AREA]
        taken = {column for several in possible.values() for column in several}
        best = max((self._weight(column, AREA) for column in possible.get(AREA, ())), default=None)
        if best is None:
            return
        for column in range(len(self.texts)):
            words = plain(self.heading(column))
            is_rival = column not in taken and signs.is_rival(words) and self._has_numbers(column)
            if is_rival and self._weight(column, AREA) >= best:
                possible[AREA].append(column)

    def _shaped(self, possible):
        """Keep the columns of one table shape: a column per year, or a year in each row."""
        years = [role for role in possible if role.isdigit()]
        baseline_year = str(self.known.baseline_year)
        if not years or AREA not in possible:
            return possible
        if not self.known.every_year:
            if baseline_year in possible:
                possible[AREA] += possible.pop(baseline_year)
            return possible
        if years == [baseline_year]:
            return _without(possible, years)
        if YEAR not in possible:
            return _without(possible, [AREA])
        answer = self.questions.ask(self._shape_question(possible, years))
        if answer == LONG:
            return _without(possible, years)
        return _without(possible, [AREA, YEAR] if answer == WIDE else [AREA, YEAR, *years])

    def _shape_question(self, possible, years):
        wide = ", ".join(self.name(column) for role in years for column in possible[role])
        long = ", ".join(self.name(column) for role in (YEAR, AREA) for column in possible[role])
        return Question(
            key=f"bentuk|{self.place}",
            text="Di mana angka yang dibaca?",
            hint="Berkas ini mempunyai kolom per tahun dan juga kolom tahun dengan luas.",
            choices=(
                Choice(WIDE, f"Satu kolom per tahun: kolom {wide}"),
                Choice(LONG, f"Satu baris per tahun: kolom {long}"),
            ),
        )

    def _column(self, role, columns) -> int | None:
        filled = [column for column in columns if self.examples(column)] or columns[:1]
        if role.isdigit() and not self.known.every_year:
            return filled[0] if len(filled) == 1 else None
        if len(filled) == 1 and not self._contradicts(filled[0], role):
            return filled[0]
        answer = self.questions.ask(self._role_question(role, filled))
        return int(answer) if answer not in ("", NONE) else None

    def _role_question(self, role, columns):
        weights = {column: self._weight(column, role) for column in columns}
        best = max(weights.values())
        strongest = [column for column in columns if weights[column] == best]
        is_clear = len(columns) > 1 and len(strongest) == 1 and best > 0
        return Question(
            key=f"kolom|{self.place}|{role}",
            text=f"Kolom mana yang berisi {self.known.question_about(role)}?",
            hint="Judulnya bisa berarti lain." if len(columns) == 1 else "",
            choices=(
                *(
                    Choice(str(column), f"Kolom {self.name(column)}: {self.examples(column)}")
                    for column in columns
                ),
                Choice(NONE, "Tidak satu pun; jangan baca"),
            ),
            suggested=str(strongest[0]) if is_clear else "",
        )

    def _weight(self, column, role) -> int:
        signs = self.known.signs.get(AREA if role.isdigit() else role)
        return signs.weight(plain(self.heading(column))) if signs else 0

    def _contradicts(self, column, role) -> bool:
        is_baseline = role == str(self.known.baseline_year)
        return not is_baseline and self._weight(column, role) < 0

    def _has_numbers(self, column) -> bool:
        return any(
            isinstance(value, int | float)
            or (isinstance(value, str) and value.strip()[:1].isdigit())
            for value in (row.cell(column) for row in self.below)
        )


def _without(possible, roles):
    return {role: columns for role, columns in possible.items() if role not in roles}
