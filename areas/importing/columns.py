"""Recognise the columns of a sheet by their headings. Pure: standard library only.

Headings can be Indonesian or English, in any order, with title rows above. The user assigns
unrecognised columns; `Layout` is the outcome in both cases.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from areas.importing.column_words import AREA, CODE, IGNORE, NAME, Vocabulary, hectare_columns
from areas.importing.heading_rows import headings, last_heading_row
from areas.importing.headings import PERCENT, plain, role_in, unit_in
from kotaku.spreadsheets.cells import read_text
from kotaku.spreadsheets.sheets import Sheet, is_blank

HEADING_ROWS = 40
# A longer text with a year is a sentence, not a heading.
LONGEST = 60

_YEAR = re.compile(r"(?:19|20)\d{2}")
HECTARES_BY_VILLAGE = hectare_columns(own={"baseline_ha": IGNORE})


@dataclass(frozen=True)
class Layout:
    """The number of the heading row (0 for none), and the roles of the columns: index → role.

    `units` are the units of measured columns, where they differ from the stored ones.
    """

    header_row: int = 0
    roles: Mapping[int, str] = field(default_factory=dict)
    units: Mapping[int, str] = field(default_factory=dict)

    def column(self, role: str) -> int | None:
        """Return the column of a role, or None."""
        return next((column for column, found in self.roles.items() if found == role), None)

    @property
    def year_columns(self) -> dict[int, int]:
        """The columns with the areas of one year: index → year."""
        return {column: int(role) for column, role in self.roles.items() if role.isdigit()}

    @property
    def area_columns(self) -> list[int]:
        """The columns with areas, of a baseline or of any year."""
        area = self.column(AREA)
        return [*self.year_columns, *([] if area is None else [area])]

    @property
    def names_villages(self) -> bool:
        """Whether a column has codes or names to find villages by."""
        return self.column(CODE) is not None or self.column(NAME) is not None


def recognise(sheet: Sheet, known: Vocabulary = HECTARES_BY_VILLAGE) -> Layout:
    """Return the layout of the heading row with most recognised columns.

    A role that several columns could have goes to the first; `column_questions` settles it. If
    no row has a column of villages and another role, the row most like headings is used, so that
    the user can assign its columns.
    """
    best, best_score = Layout(), 0
    for index, row in enumerate(sheet.rows[:HEADING_ROWS]):
        last = last_heading_row(sheet, index)
        possible = candidates(headings(sheet, last, known), known)
        names_villages = CODE in possible or NAME in possible
        if names_villages and len(possible) > 1:
            score = 10 * len(possible)
        else:
            score = 2 if names_villages and len(row.cells) > 1 else _looks_like_headings(row)
        if score > best_score:
            best, best_score = Layout(sheet.rows[last].number, _firsts(possible)), score
    return best


def _looks_like_headings(row) -> int:
    filled = [cell for cell in row.cells if not is_blank(cell)]
    return int(len(filled) > 1 and all(isinstance(cell, str) for cell in filled))


def headings_of(sheet: Sheet, layout: Layout, known: Vocabulary = HECTARES_BY_VILLAGE) -> list[str]:
    """Return the headings of a layout's columns; [] without a heading row."""
    for index, row in enumerate(sheet.rows):
        if row.number == layout.header_row:
            return headings(sheet, index, known)
    return []


def heading_width(sheet: Sheet, layout: Layout, texts: list[str]) -> int:
    """Return how many columns the headings `texts` cover; 0 without headings.

    A heading such as "2017" can be merged over several columns.
    """
    over = (right for top, _, bottom, right in sheet.merged if top <= layout.header_row <= bottom)
    named = (index + 1 for index, text in enumerate(texts) if text)
    return max((*named, *over), default=0) if any(texts) else 0


def candidates(texts: list[str], known: Vocabulary) -> dict[str, list[int]]:
    """Return the columns that could have each role, in sheet order: role → columns."""
    found: dict[str, list[int]] = {}
    for column, text in enumerate(texts):
        role = role_of(text, known)
        if role:
            found.setdefault(role, []).append(column)
    return found


def _firsts(possible) -> dict[int, str]:
    return {several[0]: role for role, several in possible.items()}


def role_of(heading: str, known: Vocabulary = HECTARES_BY_VILLAGE) -> str:
    """Return the role of a heading, such as a year ("2018"); "" if it is not recognised.

    Percentages are not areas, lengths or counts, and BPS codes are not Kemendagri codes.
    """
    exact = heading.strip().casefold()
    if exact in known.own:
        return known.own[exact]
    if says_bps(heading):
        return IGNORE
    role = role_in(heading, lambda words: _meaning(words, known))
    return IGNORE if known.units_of(role) and is_percentage(heading) else role


def says_bps(heading: str) -> bool:
    """Whether a column has codes of Badan Pusat Statistik, which are not stored."""
    return "bps" in plain(heading)


def is_percentage(heading: str) -> bool:
    """Whether the numbers below a heading are percentages."""
    return unit_in(heading) == PERCENT


def _meaning(words: str, known: Vocabulary) -> str:
    if words in known.meanings:
        return known.meanings[words]
    if known.pattern and (begins := known.pattern.match(words)):
        is_meant = not (known.not_meant and known.not_meant.search(words))
        return known.meanings.get("".join(begins.groups()), "") if is_meant else ""
    years = _YEAR.findall(words) if known.has_year_columns else []
    if len(set(years)) == 1 and len(words) <= LONGEST:
        rest = " ".join(_YEAR.sub(" ", words).split())
        if (
            rest in ("", "tahun", "year", "akhir", "akhir tahun")
            or known.meanings.get(rest) == AREA
        ):
            return years[0]
        rest = " ".join(re.sub(r"\b(?:tahun|year|akhir)\b", " ", rest).split())
        return years[0] if known.meanings.get(rest) == AREA else ""
    return ""


def is_numbering(values: list) -> bool:
    """Whether a row numbers the columns, as official tables do: 1, 2, 3 or (1), (2), (3)."""
    texts = [read_text(value).strip("()") for value in values if not is_blank(value)]
    return len(texts) > 1 and texts == [str(number) for number in range(1, len(texts) + 1)]
