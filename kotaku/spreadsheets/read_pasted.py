"""Read a pasted list: cells copied from a spreadsheet, or lines of a chat. Pure."""

import csv
import io

from kotaku.spreadsheets.sheets import Sheet, make_row, make_sheet
from kotaku.text import clean_text, unnumbered

NAME = "Tempelan"
# Between the parts of a line in a chat. No comma: it stands before academic titles.
SEPARATORS = (";", "|", " - ", " – ", " — ", " / ")


def read_pasted(text: str) -> Sheet:
    """Return the lines as rows, numbered from 1. Raises UnreadableSheet if one has too many cells.

    Cells are separated by tabs, as spreadsheets copy them. Without tabs, numbers and bullets before
    the lines are dropped, and the separator that most lines have divides them, if any does.
    """
    text = clean_text(text)
    cells = _tabbed(text) if "\t" in text else _listed(text)
    rows = [make_row(number, [each or None for each in row], NAME) for number, row in cells]
    return make_sheet(NAME, [row for row in rows if row])


def _tabbed(text):
    """Yield (line, cells); a cell with line breaks or quotation marks is copied in quotes."""
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True)
        found = list(reader)
    except csv.Error:
        # Quotation marks that are part of the text.
        found = [line.split("\t") for line in text.split("\n")]
    return list(enumerate(found, 1))


def _listed(text):
    # Asterisks make text bold in a chat.
    lines = [
        (number, unnumbered(line).strip("*").strip())
        for number, line in enumerate(text.split("\n"), 1)
    ]
    lines = [(number, line) for number, line in lines if line]
    counts = {each: sum(each in line for _, line in lines) for each in SEPARATORS}
    separator = max(SEPARATORS, key=counts.get)
    if not counts[separator]:
        return [(number, [line]) for number, line in lines]
    return [(number, [part.strip() for part in line.split(separator)]) for number, line in lines]
