"""Words in cells of spreadsheets, which must stay words. Pure."""

import re

# What spreadsheets take for the beginning of a formula (OWASP, "CSV injection").
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
# Excel reads a CSV file by its own country's separator, so a cell may begin in the midst of a text.
_STARTS_WITHIN = re.compile(r"(?<=[;,\t\r\n])(?=[=+\-@])")
_GUARDED = tuple(f"'{start}" for start in FORMULA_STARTS)
_GUARDED_WITHIN = re.compile(r"(?<=[;,\t\r\n])'(?=[=+\-@])")
# What XML 1.0, and so XLSX, cannot hold.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def harmless(text: str) -> str:
    """Return the text such that no spreadsheet reads a formula into it."""
    text = _STARTS_WITHIN.sub("'", _UNPRINTABLE.sub("", text))
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def unguarded(text: str) -> str:
    """Return the text without the apostrophes of `harmless`."""
    return _GUARDED_WITHIN.sub("", text[1:] if text.startswith(_GUARDED) else text)
