"""Compile message catalogues (.po to .mo) without GNU gettext, which servers need not have."""

import ast
import struct
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "locale/id/LC_MESSAGES"
MAGIC = 0x950412DE
CONTEXT, PLURAL = "\x04", "\x00"
KEYWORDS = ("msgctxt", "msgid", "msgid_plural", "msgstr")


class UnreadableCatalogue(ValueError):
    """A line of a .po file is none of comment, keyword or continued string."""


def catalogues() -> list[Path]:
    """Return the .po files of this project."""
    return sorted(FOLDER.glob("*.po"))


def read_messages(text: str) -> dict[str, str]:
    """Return msgid → msgstr of a .po file, with context and plural joined as in a .mo file.

    Raises UnreadableCatalogue for a line that it does not know and for a message given twice.
    """
    messages: dict[str, str] = {}
    entry: dict[str, str] = {}
    keyword = ""
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        if not line.strip():
            _add(messages, entry, number)
            entry = {}
        elif line.startswith("#"):
            continue
        elif line.startswith('"') and keyword:
            entry[keyword] += ast.literal_eval(line)
        else:
            keyword, _, value = line.partition(" ")
            keyword = keyword.removesuffix("[0]")  # Indonesian has one plural form.
            if keyword not in KEYWORDS or keyword in entry:
                raise UnreadableCatalogue(f"line {number}: {line}")
            entry[keyword] = ast.literal_eval(value)
    return messages


def _add(messages, entry, number):
    if not entry:
        return
    key = entry["msgid"]
    if "msgctxt" in entry:
        key = entry["msgctxt"] + CONTEXT + key
    if "msgid_plural" in entry:
        key += PLURAL + entry["msgid_plural"]
    if key in messages:
        raise UnreadableCatalogue(f"line {number}: {key!r} is given twice")
    messages[key] = entry["msgstr"]


def compiled(text: str) -> bytes:
    """Return the .mo file of a .po file's text: the same bytes for the same messages."""
    rows = sorted((key.encode(), value.encode()) for key, value in read_messages(text).items())
    count = len(rows)
    keys_at, values_at = 28, 28 + 8 * count
    offset = 28 + 16 * count
    tables, strings = [], []
    for column in (0, 1):
        for row in rows:
            tables.append(struct.pack("<II", len(row[column]), offset))
            strings.append(row[column] + b"\0")
            offset += len(row[column]) + 1
    header = struct.pack("<7I", MAGIC, 0, count, keys_at, values_at, 0, 28 + 16 * count)
    return header + b"".join(tables) + b"".join(strings)
