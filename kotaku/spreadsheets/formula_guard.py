"""Prevent text in spreadsheets from being read as formulas. Pure."""

import re

# Characters that begin a formula (OWASP, "CSV injection"); spreadsheets of East Asia read the
# full-width signs as the ordinary ones.
FORMULA_SIGNS = "=+-@＝＋－＠"
FORMULA_STARTS = ("\t", "\r", "\n", *FORMULA_SIGNS)
_SIGN = f"[{re.escape(FORMULA_SIGNS)}]"
# Excel splits CSV by the separator of its locale, so a cell may begin inside a text.
_STARTS_WITHIN = re.compile(rf"(?<=[;,\t\r\n])(?={_SIGN})")
_GUARDED = tuple(f"'{start}" for start in FORMULA_STARTS)
_GUARDED_WITHIN = re.compile(rf"(?<=[;,\t\r\n])'(?={_SIGN})")
# Characters not allowed in XML 1.0, and so in XLSX.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def harmless(text: str) -> str:
    """Return the text with apostrophes before formulas, and without characters invalid in XML."""
    text = _STARTS_WITHIN.sub("'", _UNPRINTABLE.sub("", text))
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def unguarded(text: str) -> str:
    """Return the text without the apostrophes of `harmless`."""
    return _GUARDED_WITHIN.sub("", text[1:] if text.startswith(_GUARDED) else text)
