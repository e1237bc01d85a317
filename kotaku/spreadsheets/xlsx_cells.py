"""Read cells of an XLSX sheet: a value, or the reason why there is none."""

import re
from datetime import datetime

from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel, from_ISO8601

from kotaku.spreadsheets.sheets import Oddity
from kotaku.spreadsheets.xlsx_formats import Formats
from kotaku.spreadsheets.xlsx_package import local_name

UNCALCULATED = Oddity(
    "rumus belum dihitung",
    "berisi rumus yang belum dihitung. Buka berkas dengan Excel atau LibreOffice, simpan, lalu "
    "unggah lagi",
)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_INTEGER = re.compile(r"[+-]?[0-9]+")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[Ee][+-]?[0-9]+)?")
MAX_DIGITS = 300


class CellReader:
    """Reads the cells of one workbook.

    `is_uncalculated`: the workbook asks to be calculated when it is opened, because the program that
    wrote it cannot calculate. A stored 0 of a formula is then not a result (XlsxWriter stores 0).
    """

    def __init__(
        self, strings: list[str], formats: Formats, *, from_1904: bool, is_uncalculated: bool
    ):
        self.strings, self.formats, self.is_uncalculated = strings, formats, is_uncalculated
        self.epoch = MAC_EPOCH if from_1904 else WINDOWS_EPOCH
        self.has_formulas = False

    def value(self, element, formula):
        """Return the content of a `<c>`; `formula` is its `<f>` or None."""
        kind = element.get("t", "n")
        self.has_formulas |= formula is not None
        if kind == "inlineStr":
            found = next((each for each in element if local_name(each.tag) == "is"), None)
            return None if found is None else plain_text(found) or None
        stored = next((each for each in element if local_name(each.tag) == "v"), None)
        text = "" if stored is None else (stored.text or "")
        if formula is not None and self._is_missing(kind, stored, text):
            return UNCALCULATED
        if not text:
            return None
        return self._of_kind(kind, text, element.get("s"))

    def _is_missing(self, kind, stored, text) -> bool:
        if not text:
            # An empty text is a result too: IF(A1="","",…).
            return kind != "str" or stored is None
        return self.is_uncalculated and kind == "n" and _is_zero(text)

    def _of_kind(self, kind, text, style):
        if kind == "s":
            return self.strings[int(text)] or None
        if kind == "str":
            return unescaped(text)
        if kind == "b":
            return text.strip() in ("1", "true")
        if kind == "e":
            return Oddity(text, f"berisi galat rumus {text}. Perbaiki rumusnya atau tulis angkanya")
        if kind == "d":
            return from_ISO8601(text)
        return self._number(text.strip(), style)

    def _number(self, text, style):
        if not _NUMBER.fullmatch(text) or len(text) > MAX_DIGITS:
            # Not written by any spreadsheet program: leave it as text to the parser of numbers.
            return unescaped(text)
        number = int(text) if _INTEGER.fullmatch(text) else float(text)
        style = int(style) if style and style.isdigit() else 0
        if words := self.formats.shown_otherwise.get(style):
            return Oddity(_shown(number, words), words)
        if style in self.formats.dates or style in self.formats.durations:
            return self._moment(number, style)
        return number

    def _moment(self, number, style):
        try:
            moment = from_excel(number, self.epoch, timedelta=style in self.formats.durations)
        except (OverflowError, ValueError):
            return Oddity(
                str(number), "berisi tanggal yang tidak mungkin. Ubah formatnya menjadi angka biasa"
            )
        is_day = isinstance(moment, datetime) and not moment.time()
        return moment if not is_day else datetime(moment.year, moment.month, moment.day)  # noqa: DTZ001


def plain_text(element) -> str:
    """Return the text of `<si>` or `<is>`, rich or plain, without phonetic guides."""
    parts = []
    for child in element:
        tag = local_name(child.tag)
        if tag == "t":
            parts.append(child.text or "")
        elif tag == "r":
            text = "".join(each.text or "" for each in child if local_name(each.tag) == "t")
            parts.append(text.translate(_RAISED) if _is_raised(child) else text)
    return unescaped("".join(parts))


# A superscript digit is a footnote or the 2 of m², not part of the number before it.
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def _is_raised(run) -> bool:
    """Whether a run of rich text is superscript."""
    properties = [each for child in run if local_name(child.tag) == "rPr" for each in child]
    return any(
        local_name(each.tag) == "vertAlign" and each.get("val") == "superscript"
        for each in properties
    )


def unescaped(text: str) -> str:
    """Return the text with escapes such as `_x000D_` replaced by their characters."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def _is_zero(text) -> bool:
    return bool(_NUMBER.fullmatch(text.strip())) and float(text) == 0


def _shown(number, words) -> str:
    return f"{number:%}" if "persen" in words else str(number)
