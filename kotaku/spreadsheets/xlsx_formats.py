"""Interpret number formats: dates, percentages, units, scaling by thousands."""

import re

from openpyxl.styles.numbers import builtin_format_code, is_date_format, is_timedelta_format

from kotaku.spreadsheets.xlsx_package import MAX_TABLE_BYTES, Package, local_name

_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
_PLACES = re.compile(r"[0#?]")
# Each comma after the last digit divides the displayed number by 1000: 12500 is shown as 12,5.
_SCALED = re.compile(r"[0#?],+(?![0#?,.])|[0#?],+\.")
_OTHER_UNIT = re.compile(r"(?i)(?<![a-z])(k?m[2²]|are|‰)(?![a-z])")


class Formats:
    """The number formats of a workbook by the cells' style; General where a style is unknown."""

    def __init__(self, codes: list[str]):
        self.codes = codes
        self.dates = {style for style, code in enumerate(codes) if is_date_format(code)}
        self.durations = {style for style, code in enumerate(codes) if is_timedelta_format(code)}
        shown = {style: shown_otherwise(code) for style, code in enumerate(codes)}
        self.shown_otherwise = {style: words for style, words in shown.items() if words}


def shown_otherwise(code: str) -> str:
    """Describe how a format shows another number than the stored one; "" if it does not.

    The text continues a sentence after "sel D2".
    """
    positive = code.split(";")[0]
    bare = _LITERAL.sub("", positive)
    if "%" in bare:
        return "berformat persen. Ubah formatnya menjadi angka biasa"
    if is_date_format(code) or is_timedelta_format(code):
        return ""
    if unit := _OTHER_UNIT.search("".join(_LITERAL.findall(positive)).replace("\\", "")):
        return (
            f"ditampilkan dengan satuan {unit[0]}. Ubah formatnya menjadi angka biasa, dan tulis "
            "luasnya dalam hektare"
        )
    if _PLACES.search(bare) and _SCALED.search(bare.rstrip()):
        return (
            "ditampilkan dibagi seribu oleh formatnya. Ubah formatnya menjadi angka biasa, lalu "
            "tulis angka yang dimaksud"
        )
    if code.count(";") >= 2 and not bare.strip():
        return "disembunyikan oleh formatnya. Ubah formatnya menjadi angka biasa, lalu periksa angkanya"
    return ""


def read_formats(package: Package, name: str) -> Formats:
    """Return the number formats of the styles part; its other content is appearance only."""
    if not name or name not in package:
        return Formats([])
    own: dict[int, str] = {}
    codes: list[str] = []
    path: list[str] = []
    for event, element in package.elements(name, starts=True, most=MAX_TABLE_BYTES):
        tag = local_name(element.tag)
        if event == "start":
            path.append(tag)
            continue
        path.pop()
        if tag == "numFmt" and path[-1:] == ["numFmts"]:
            own[_number(element.get("numFmtId"))] = element.get("formatCode", "")
        elif tag == "xf" and path[-1:] == ["cellXfs"]:
            number = _number(element.get("numFmtId"))
            codes.append(own.get(number) or builtin_format_code(number) or "General")
        if len(path) < 3:
            element.clear()
    return Formats(codes)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0
