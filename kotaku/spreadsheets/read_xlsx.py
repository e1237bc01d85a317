"""Read XLSX: the values of every sheet, hidden rows and columns, and cells without a value.

We parse the XML ourselves (ECMA-376, transitional and strict), because libraries that also parse
styles refuse files with invalid styles.
"""

import re
import zipfile

from kotaku.spreadsheets.file_kinds import LOCKED, NOT_EXCEL
from kotaku.spreadsheets.sheets import (
    MAX_COLUMNS,
    MAX_SHEETS,
    Sheet,
    UnreadableSheet,
    Workbook,
    check_length,
    letter,
    make_row,
    make_sheet,
)
from kotaku.spreadsheets.xlsx_cells import UNCALCULATED, CellReader, plain_text
from kotaku.spreadsheets.xlsx_formats import read_formats
from kotaku.spreadsheets.xlsx_package import (
    BROKEN,
    MAX_SHEET_BYTES,
    MAX_TABLE_BYTES,
    STRICT,
    TRANSITIONAL,
    Package,
    is_on,
    linked_id,
    local_name,
)

MACRO = (
    "Berkas ini berisi makro. Simpan sebagai Excel Workbook (.xlsx) tanpa makro, lalu unggah lagi."
)
MANUAL = (
    "Rumus di berkas ini dihitung manual, jadi nilai yang tersimpan dan dibaca mungkin bukan yang "
    "terbaru. Bila ragu, tekan F9 di Excel, simpan, lalu unggah lagi."
)
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_OTHER_BOOK = re.compile(r"\[[0-9]+\]")
# Other content of a sheet: type of link → name for the user.
BESIDE = {
    "comments": "komentar sel",
    "threadedComment": "komentar sel",
    "drawing": "gambar, grafik, atau kotak teks",
    "pivotTable": "tabel pivot",
    "oleObject": "objek sisipan",
}


def read_xlsx(file) -> Workbook:
    """Return the sheets of a workbook. Raises UnreadableSheet with a sentence for the user."""
    try:
        with zipfile.ZipFile(file) as archive:
            if any(part.flag_bits & 1 for part in archive.infolist()):
                raise UnreadableSheet(LOCKED)
            return _Reader(Package(archive)).workbook()
    except UnreadableSheet:
        raise
    except Exception as error:
        # A forged workbook can raise any error; to the user it is a broken file.
        raise UnreadableSheet(BROKEN) from error


class _Reader:
    """Reads one package into a Workbook."""

    def __init__(self, package: Package):
        self.package = package
        self.book = self._book_part()
        self.links = package.links(self.book)

    def _book_part(self) -> str:
        if "[Content_Types].xml" not in self.package:
            raise UnreadableSheet(NOT_EXCEL)
        types = [
            element.get("ContentType", "")
            for _, element in self.package.elements("[Content_Types].xml")
        ]
        if any("macroEnabled" in kind or "vbaProject" in kind for kind in types) or any(
            name.endswith("vbaproject.bin") for name in self.package.parts
        ):
            raise UnreadableSheet(MACRO)
        linked = [
            link.target
            for link in self.package.links("").values()
            if link.kind == "officeDocument" and link.target in self.package
        ]
        name = next(iter([*linked, "xl/workbook.xml"]))
        if name not in self.package or not any("spreadsheetml" in kind for kind in types):
            raise UnreadableSheet(NOT_EXCEL)
        return name

    def workbook(self) -> Workbook:
        """Read every worksheet; name the other sheets, such as charts."""
        entries, properties = self._entries()
        reader = CellReader(
            self._strings(),
            read_formats(self.package, self._linked("styles")),
            from_1904=is_on(properties.get("date1904")),
            is_uncalculated=is_on(properties.get("fullCalcOnLoad")),
        )
        sheets, hidden, unread = [], [], []
        for name, state, link in entries:
            if link is None or link.target not in self.package:
                raise UnreadableSheet(BROKEN)
            if link.kind != "worksheet":
                unread.append(f"Lembar {name} bukan lembar tabel.")
            elif len(sheets) == MAX_SHEETS:
                unread.append(
                    f"Lembar {name} tidak dibaca: hanya {MAX_SHEETS} lembar pertama yang dibaca."
                )
            elif state == "visible":
                sheets.append(_SheetReader(self.package, link.target, name, reader).sheet())
            else:
                hidden.append(self._hidden(link.target, name, reader))
        if properties.get("calcMode") == "manual" and reader.has_formulas:
            unread.append(MANUAL)
        return Workbook(sheets, hidden, unread)

    def _hidden(self, part, name, reader) -> Sheet:
        try:
            return _SheetReader(self.package, part, name, reader).sheet()
        except UnreadableSheet as error:
            if str(error) == BROKEN:
                raise
            return make_sheet(name, [])

    def _entries(self):
        entries, properties = [], {}
        for _, element in self.package.elements(self.book):
            tag = local_name(element.tag)
            if tag == "sheet" and element.get("name") is not None:
                link = self.links.get(linked_id(element))
                entries.append((element.get("name"), element.get("state", "visible"), link))
            elif tag in ("workbookPr", "calcPr"):
                properties |= element.attrib
        return entries, properties

    def _linked(self, kind) -> str:
        return next((link.target for link in self.links.values() if link.kind == kind), "")

    def _strings(self) -> list[str]:
        name = self._linked("sharedStrings")
        found: list[str] = []
        if name not in self.package:
            return found
        for _, element in self.package.elements(name, most=MAX_TABLE_BYTES):
            if local_name(element.tag) == "si":
                found.append(plain_text(element))
                element.clear()
        return found


class _SheetReader:
    """Reads one sheet's XML row by row."""

    def __init__(self, package, part, name, reader):
        self.package, self.part, self.name, self.reader = package, part, name, reader
        self.rows: dict[int, list] = {}
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.merged: list[tuple[int, int, int, int]] = []
        self.without_result: list[tuple[int, int, int, int]] = []
        self.linked_cells: list[str] = []
        self.number = 0

    def sheet(self) -> Sheet:
        """Return the sheet."""
        self._read()
        for area in self.without_result:
            self._fill(area)
        rows = []
        for number in sorted(self.rows):
            if row := make_row(number, self.rows.pop(number), self.name):
                rows.append(row)
        return make_sheet(
            self.name,
            rows,
            self.merged,
            hidden_rows=frozenset(row.number for row in rows) & self.hidden_rows,
            hidden_columns=frozenset(self.hidden_columns),
            beside=self._beside(),
            linked_cells=tuple(self.linked_cells),
        )

    def _read(self):
        space, data = "", None
        for event, element in self.package.elements(self.part, starts=True, most=MAX_SHEET_BYTES):
            if not space:
                space = element.tag.rpartition("}")[0] + "}"
                if space[1:-1] not in (TRANSITIONAL, STRICT):
                    raise UnreadableSheet(BROKEN)
            if element.tag == f"{space}sheetData" and event == "start":
                data = element
            if event == "start":
                continue
            if element.tag == f"{space}row":
                self._row(element)
                if data is not None:
                    data.clear()
            elif element.tag == f"{space}col":
                self._column(element)
            elif element.tag == f"{space}mergeCell":
                self.merged.append(area_of(element.get("ref", "")))

    def _row(self, element):
        # Some exports write row numbers as "3.0".
        self.number = int(float(element.get("r") or self.number + 1))
        if is_on(element.get("hidden")) or _is_nothing(element.get("ht")):
            self.hidden_rows.add(self.number)
        cells, column = {}, -1
        for child in element:
            if local_name(child.tag) != "c":
                continue
            column = _column_of(child.get("r"), column)
            formula = next((each for each in child if local_name(each.tag) == "f"), None)
            value = self.reader.value(child, formula)
            if formula is not None:
                self._formula(formula, column, value)
            if value is None:
                continue
            if column in cells:
                raise UnreadableSheet(BROKEN)
            cells[column] = value
        if cells:
            if self.number in self.rows:
                raise UnreadableSheet(BROKEN)
            self.rows[self.number] = [cells.get(each) for each in range(max(cells) + 1)]
            check_length(self.rows, self.name)

    def _formula(self, formula, column, value):
        if value is UNCALCULATED and formula.get("ref") and formula.get("t") != "shared":
            self.without_result.append(area_of(formula.get("ref")))
        if _OTHER_BOOK.search(formula.text or "") and value is not UNCALCULATED:
            self.linked_cells.append(f"{letter(column)}{self.number}")

    def _fill(self, area):
        """Mark the empty cells that a formula of several cells should have filled."""
        top, left, bottom, right = area
        right = min(right, MAX_COLUMNS)
        for number, values in self.rows.items():
            if top <= number <= bottom:
                values.extend([None] * (right - len(values)))
                values[left - 1 : right] = [
                    UNCALCULATED if value is None else value for value in values[left - 1 : right]
                ]

    def _column(self, element):
        if is_on(element.get("hidden")) or _is_nothing(element.get("width")):
            first, last = int(element.get("min", 0)), int(element.get("max", 0))
            self.hidden_columns.update(range(first - 1, min(last, 256)))

    def _beside(self) -> tuple[str, ...]:
        kinds = {link.kind for link in self.package.links(self.part).values()}
        return tuple(dict.fromkeys(words for kind, words in BESIDE.items() if kind in kinds))


def area_of(reference: str) -> tuple[int, int, int, int]:
    """Return (first row, first column, last row, last column) of `D2:D3` or `D2`, from 1."""
    first, _, last = reference.partition(":")
    corners = [_REFERENCE.fullmatch(each) for each in (first, last or first)]
    (top, left), (bottom, right) = [(int(each[2]), _index(each[1]) + 1) for each in corners]
    return top, left, bottom, right


def _column_of(reference: str | None, previous: int) -> int:
    """Return the column (from 0) of a cell; one without a reference follows the previous one."""
    if not reference:
        return previous + 1
    return _index(_REFERENCE.fullmatch(reference)[1])


def _index(letters: str) -> int:
    number = 0
    for character in letters:
        number = number * 26 + ord(character) - ord("A") + 1
    return number - 1


def _is_nothing(measure: str | None) -> bool:
    """Whether a height or width is 0: hidden by hand."""
    return bool(measure) and not measure.strip("0.")
