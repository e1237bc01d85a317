"""Combine headings that span several rows, such as a year above two columns. Pure.

    | No | Desa/Kelurahan |    2024     |    2025     |
    |    |                |  Ha  |  %   |  Ha  |  %   |

The last of these rows is the heading row, and a column's heading joins the words of all of them:
`2024 Ha`. The upper rows are needed to know what a number means.
"""

import re

from areas.importing.column_words import (
    CODE,
    DISTRICT,
    KIND,
    NAME,
    NOTE,
    PERIOD,
    REASON,
    WORDS,
    YEAR,
    Vocabulary,
)
from areas.importing.headings import plain, role_in
from kotaku.spreadsheets.cells import read_text
from kotaku.spreadsheets.sheets import Row, Sheet, is_blank

# Headings are in the heading row and up to this many rows above it.
ROWS_ABOVE = 2
NUMBERING = ("no", "nomor", "no urut", "number")
_LABELS = {CODE, NAME, KIND, DISTRICT, YEAR, NOTE, REASON, PERIOD}
_MEANINGS = {text: role for role, several in WORDS.items() for text in several}
_YEAR = re.compile(r"(?:19|20)\d{2}")
# Excludes numbers in brackets: they number the columns or are negative amounts.
_WORD = re.compile(r"[(\[]?(?:%|[^\W\d])")


def headings(sheet: Sheet, index: int, known: Vocabulary, above: int = ROWS_ABOVE) -> list[str]:
    """Return the headings of a row, each preceded by the heading of its group above.

    An empty cell takes the heading above it. A label (`is_label`) or, in a sheet without columns
    per year, a heading that alone has a role gets no group heading.
    """
    own = [read_text(sheet.rows[index].cell(column)) for column in range(sheet.width)]
    if not above or not index:
        return own
    upper = headings(sheet, index - 1, known, above - 1)
    follows = sheet.rows[index - 1].number == sheet.rows[index].number - 1
    groups = _groups(sheet, index, own, upper) if follows else {}
    texts = []
    for column, text in enumerate(own):
        group = groups.get(column, "")
        if not text:
            texts.append(upper[column])
        elif group and plain(group) != plain(text) and not _says_all(text, known):
            texts.append(f"{group} {text}")
        else:
            texts.append(text)
    return texts


def last_heading_row(sheet: Sheet, index: int) -> int:
    """Return the index of the last heading row, given the index of the first."""
    last = index
    while last < index + ROWS_ABOVE and _is_below_headings(sheet, last):
        last += 1
    return last


def heading_parts(sheet: Sheet, header_row: int) -> dict[int, set[str]]:
    """Return the plain texts of the heading row and the rows right above it: column → texts."""
    parts: dict[int, set[str]] = {}
    for row in sheet.rows:
        if header_row - ROWS_ABOVE <= row.number <= header_row:
            for column, value in enumerate(row.cells):
                parts.setdefault(column, set()).add(plain(read_text(value)))
    return parts


def is_label(text: str) -> bool:
    """Whether a column with this heading holds text, a code or row numbers."""
    return plain(text) in NUMBERING or role_in(text, _meaning) in _LABELS


def _meaning(words: str) -> str:
    return _MEANINGS.get(words, "")


def _says_all(text: str, known: Vocabulary) -> bool:
    if is_label(text):
        return True
    if known.has_year_columns:
        return False
    return bool(known.pattern and known.pattern.match(plain(text))) or bool(
        role_in(text, lambda words: known.meanings.get(words, ""))
    )


def _groups(sheet, index, own, upper) -> dict[int, str]:
    """Return column → group heading: the one merged over it, or the nearest to the left."""
    row = sheet.rows[index - 1]
    labels = {column for column, text in enumerate(own) if is_label(text)}
    labels |= {column for column, text in enumerate(upper) if is_label(text)}
    found, current = {}, ""
    for column in range(sheet.width):
        over = _merged_over(sheet, row.number, column)
        if column in labels or not labels or column < min(labels):
            current = ""
        elif over:
            current = "" if labels & set(over) else upper[over[0]]
        elif not is_blank(row.cell(column)):
            current = upper[column]
        elif not own[column]:
            current = ""
        if current and own[column]:
            found[column] = current
        if over and column == over[-1]:
            current = ""
    return found


def _merged_over(sheet, number, column) -> range:
    for top, left, bottom, right in sheet.merged:
        if top <= number <= bottom and left <= column + 1 <= right and left < right:
            return range(left - 1, right)
    return range(0)


def _is_below_headings(sheet, index) -> bool:
    """Whether the next row only adds to the headings of this one: units, years or words."""
    if index + 1 >= len(sheet.rows):
        return False
    row, below = sheet.rows[index], sheet.rows[index + 1]
    filled = [column for column, value in enumerate(below.cells) if not is_blank(value)]
    if below.number != row.number + 1 or not filled:
        return False
    upper = [read_text(row.cell(column)) for column in range(sheet.width)]
    labels = {column for column, text in enumerate(upper) if is_label(text)}
    return bool(labels) and min(filled) > min(labels) and not (labels & set(filled)) and all(
        _is_heading(below, column) for column in filled
    )  # fmt: skip


def _is_heading(row: Row, column: int) -> bool:
    value = row.cell(column)
    text = read_text(value).strip()
    if _YEAR.fullmatch(text):
        return True
    return isinstance(value, str) and bool(_WORD.match(text))
