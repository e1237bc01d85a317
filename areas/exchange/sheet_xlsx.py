"""Reading XLSX without trusting it: sizes are checked before anything is unpacked."""

import zipfile
from datetime import date, datetime, time, timedelta

from defusedxml import DefusedXmlException
from openpyxl import load_workbook
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import WorkSheetParser

from areas.exchange.sheets import (
    MAX_SHEETS,
    Oddity,
    Sheet,
    UnreadableSheet,
    check_length,
    make_row,
    make_sheet,
)

# Unpacked sizes in bytes. 20.000 rows of ten columns take about 10 MB.
MAX_SHEET_BYTES = 30 * 1024 * 1024
MAX_STRINGS_BYTES = 10 * 1024 * 1024
MAX_OTHER_BYTES = 3 * 1024 * 1024
MAX_PARTS = 1000
# Each mark of XML costs memory, however short it is.
MAX_TAGS = 3_000_000
CHUNK = 256 * 1024

BOMB = (
    "Berkas ini membesar berlebihan ketika dibuka, sehingga tidak dibaca. Salin datanya ke "
    "berkas Excel baru, lalu unggah berkas itu."
)
BROKEN = (
    "Berkas Excel ini rusak atau tidak lengkap. Buka dengan Excel, simpan ulang sebagai "
    "Excel Workbook (.xlsx), lalu unggah lagi."
)
MACRO = (
    "Berkas ini berisi makro. Simpan sebagai Excel Workbook (.xlsx) tanpa makro, lalu unggah lagi."
)
NOT_EXCEL = (
    "Berkas ini bukan Excel Workbook (.xlsx) dan bukan CSV. Buka dengan Excel, simpan sebagai "
    "Excel Workbook (.xlsx), lalu unggah lagi."
)


def read_xlsx(file) -> list[Sheet]:
    """Return the visible sheets of a workbook. Raises UnreadableSheet with the user's sentence."""
    try:
        with zipfile.ZipFile(file) as archive:
            _check_parts(archive)
        workbook = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        return _read_sheets(workbook)
    except UnreadableSheet:
        raise
    except Exception as error:
        # Whatever a forged workbook trips over in there: for its sender it is a broken file.
        is_bomb = isinstance(error, DefusedXmlException) or isinstance(
            error.__cause__, DefusedXmlException
        )
        raise UnreadableSheet(BOMB if is_bomb else BROKEN) from error


def _check_parts(archive) -> None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise UnreadableSheet(NOT_EXCEL)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise UnreadableSheet(MACRO)
    if len(parts) > MAX_PARTS or len(names) != len(parts):
        raise UnreadableSheet(BOMB)
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            if part.file_size > _most_bytes(part.filename):
                raise UnreadableSheet(BOMB)
            if part.flag_bits & 1:
                raise UnreadableSheet(BROKEN)
    if b"macroEnabled" in archive.read("[Content_Types].xml"):
        raise UnreadableSheet(MACRO)
    if sum(_tags(archive, part) for part in parts) > MAX_TAGS:
        raise UnreadableSheet(BOMB)


def _most_bytes(name: str) -> int:
    if name.startswith("xl/worksheets/"):
        return MAX_SHEET_BYTES
    return MAX_STRINGS_BYTES if name == "xl/sharedStrings.xml" else MAX_OTHER_BYTES


def _tags(archive, part) -> int:
    if not part.filename.endswith(".xml"):
        return 0
    with archive.open(part) as content:
        return sum(chunk.count(b"<") for chunk in iter(lambda: content.read(CHUNK), b""))


def _read_sheets(workbook) -> list[Sheet]:
    percents = _percent_styles(workbook)
    visible = [
        sheet
        for sheet in workbook.worksheets
        if isinstance(sheet, ReadOnlyWorksheet) and sheet.sheet_state == "visible"
    ]
    return [_read_sheet(sheet, percents) for sheet in visible[:MAX_SHEETS]]


def _percent_styles(workbook) -> set[int]:
    def is_percent(style):
        number = style.numFmtId
        if number < BUILTIN_FORMATS_MAX_SIZE:
            return "%" in BUILTIN_FORMATS.get(number, "")
        return "%" in workbook._number_formats[number - BUILTIN_FORMATS_MAX_SIZE]

    return {index for index, style in enumerate(workbook._cell_styles) if is_percent(style)}


def _read_sheet(sheet, percents) -> Sheet:
    """Read row by row: the library's own iteration knows neither gaps nor merged cells."""
    workbook = sheet.parent
    rows = []
    with sheet._get_source() as source:
        parser = WorkSheetParser(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=workbook.epoch,
            date_formats=workbook._date_formats,
            timedelta_formats=workbook._timedelta_formats,
        )
        for number, cells in parser.parse():
            row = make_row(number, _values(cells, percents), sheet.title)
            if row:
                rows.append(row)
                check_length(rows, sheet.title)
    merged = [
        (area.min_row, area.min_col, area.max_row, area.max_col)
        for area in (parser.merged_cells.mergeCell if parser.merged_cells else ())
    ]
    return make_sheet(sheet.title, rows, merged)


def _values(cells, percents) -> list:
    filled = [cell for cell in cells if cell["value"] is not None]
    if not filled:
        return []
    values = [None] * max(cell["column"] for cell in filled)
    for cell in filled:
        values[cell["column"] - 1] = _value(cell, percents)
    return values


def _value(cell, percents):
    value = cell["value"]
    if cell["data_type"] == "e":
        return Oddity(
            str(value), f"berisi galat rumus {value}. Perbaiki rumusnya atau tulis angkanya"
        )
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number and cell["style_id"] in percents:
        return Oddity(f"{value:%}", "berformat persen. Ubah formatnya menjadi angka biasa")
    if isinstance(value, str | int | float | datetime | date | time | timedelta):
        return value
    return str(value)
