"""Tell rows of villages from totals and other rows. Pure: standard library only.

The cells for code and name decide, never a note. A row is left out only if it has no code, no
village and no number in a measured column, if its name marks it as a total, a statistic or a
kecamatan, or if it repeats the headings or numbers the columns.
"""

import re
from collections.abc import Collection
from datetime import date

import areas.importing.column_words as columns
from areas.importing.column_words import Vocabulary
from areas.importing.columns import Layout, heading_width, headings_of, is_numbering, role_of
from areas.importing.heading_rows import heading_parts
from areas.importing.headings import plain, unit_in, without_units
from areas.importing.village_names import VillageFinder
from kotaku.spreadsheets.cells import read_code, read_text
from kotaku.spreadsheets.sheets import Row, Sheet, is_blank, letter

TOTAL_WORDS = ("jumlah", "total", "jumlah total", "grand total", "total luas", "jumlah luas", "sum")
_SUBTOTAL = ("jumlah", "total", "subtotal", "sub")
_STATISTIC = re.compile(
    r"(?:rata rata|rerata|average|mean|median|maksimum|maximum|minimum|max|min|maks)\b"
)
_DISTRICT = re.compile(r"(?:kecamatan|kec)\b|\d{2}\.\d{2}\.\d{2}$", re.IGNORECASE)
_DISTRICT_CODE = re.compile(r"\d{2}\.?\d{2}\.?\d{2}")
_NUMBER = re.compile(r"[~±<>=≈+\-−\s]*(?:rp\.?\s*)?\d", re.IGNORECASE)
_DATE = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|"
    r"\d{1,2} +(?:jan|feb|mar|apr|mei|may|jun|jul|agu|aug|sep|okt|oct|nov|des|dec)[a-z]*\.?"
    r"(?: +\d{2,4})?",
    re.IGNORECASE,
)
# The number of a civil servant (NIP): 8, 6, 1 and 3 digits.
_NIP = re.compile(r"\d{8}[ .]?\d{6}[ .]?\d[ .]?\d{3}")
_CODE_LIKE = re.compile(r"\d[\d.\-\s]*[a-z]?[\d.\-\s]*", re.IGNORECASE)
MANY_CELLS = (
    "berisi {cells} sel, padahal judul kolomnya hanya {headings}; {cell} berisi “{value}”. Bila itu "
    'bagian dari angka berkoma, apit angkanya dengan tanda kutip ("7,5") atau pakai titik koma '
    "sebagai pemisah kolom. Bila bukan, beri judul pada kolomnya atau kosongkan selnya."
)
CUT_NUMBER = (
    "hanya berisi “{value}”, tepat di kanan angka bulat. Bila itu bagian dari angka berkoma, apit "
    'angkanya dengan tanda kutip ("7,5") atau pakai titik koma sebagai pemisah kolom.'
)

OTHER_TABLE = (
    "memulai tabel lain yang kolomnya berbeda dari tabel di atasnya. Pindahkan tabel itu ke lembar "
    "atau berkas sendiri."
)


class RowKinds:
    """Classifies the rows of one sheet; `measured` are the columns of areas or volumes."""

    def __init__(
        self,
        sheet: Sheet,
        layout: Layout,
        finder: VillageFinder,
        measured: Collection[int],
        known: Vocabulary,
    ):
        self.known = known
        # Cache: number of the last row checked, and whether it names a village.
        self.named_row = (0, False)
        self.sheet, self.layout, self.finder, self.measured = sheet, layout, finder, measured
        self.headings_read = headings_of(sheet, layout, known)
        self.headings = [plain(text) for text in self.headings_read]
        # The texts of each heading row; printed tables repeat these rows on the next page.
        self.parts = heading_parts(sheet, layout.header_row)
        self.width = heading_width(sheet, layout, self.headings)
        self.code, self.name = layout.column(columns.CODE), layout.column(columns.NAME)
        self.kind = layout.column(columns.KIND)
        self.notes = {layout.column(columns.NOTE), layout.column(columns.REASON)} - {None}

    def is_total(self, row: Row) -> bool:
        """Whether the row is the total of the others."""
        return not self._names_village(row) and any(map(is_total, self._labels(row)))

    def left_out(self, row: Row) -> str:
        """Return why a row is not a village's; "" if it is, or seems meant to be."""
        if self._names_village(row):
            return "baris kecamatan" if self._is_of_district(row) else ""
        labels = self._labels(row)
        if any(map(is_subtotal, labels)):
            return "baris jumlah sebagian"
        if any(map(is_statistic, labels)):
            return "baris rata-rata"
        if self._stands_for_district(row, labels):
            return "baris kecamatan"
        if self._repeats_headings(row):
            return "judul kolom yang berulang"
        if is_numbering(list(row.cells)):
            return "nomor kolom"
        if self._could_be_village(row) or self._has_number(row):
            return ""
        return "judul atau keterangan tanpa luas" if labels else "bukan baris desa/kelurahan"

    def excess(self, row: Row) -> str:
        """Return the fault of a row with more cells than headings, or a split number; "" for none."""
        last = len(row.cells)
        if self.width and last > self.width:
            cell = next(index for index in range(self.width, last) if not is_blank(row.cell(index)))
            return MANY_CELLS.format(
                cells=last,
                headings=self.width,
                cell=f"sel {letter(cell)}{row.number}",
                value=read_text(row.cell(cell))[:40],
            )
        return self._cut_number(row)

    def other_headings(self, row: Row) -> str:
        """Return the fault that a table with other columns begins here; "" if none does."""
        if self._names_village(row):
            return ""
        texts = {
            column: value for column, value in enumerate(row.cells) if isinstance(value, str | int)
        }
        roles = {
            column: role_of(read_text(value), self.known)
            for column, value in texts.items()
            if plain(read_text(value)) not in self.parts.get(column, ())
        }
        found = {column: role for column, role in roles.items() if role}
        names = {columns.CODE, columns.NAME} & set(found.values())
        moved = [column for column, role in found.items() if self._has_moved(row, column, role)]
        if self._repeats_headings(row):
            moved += [
                column
                for column in roles.keys() & set(self.measured)
                if isinstance(row.cell(column), str) and not says_number(row.cell(column))
            ]
            return OTHER_TABLE if moved else ""
        return OTHER_TABLE if names and len(found) > 1 and moved else ""

    def _has_moved(self, row, column, role) -> bool:
        """Whether a repeated heading has another role or unit than its column."""
        above = self.headings_read[column] if column < len(self.headings_read) else ""
        other_unit = unit_in(read_text(row.cell(column))) != unit_in(above)
        return self.layout.roles.get(column) != role or (column in self.measured and other_unit)

    def _cut_number(self, row) -> str:
        """Return the fault that a note holds the decimals of the number before it, as of `7,5`."""
        for note in self.notes:
            value, before = row.cell(note), row.cell(note - 1)
            texts = isinstance(value, str) and isinstance(before, str)
            if note - 1 in self.measured and texts and value.isdigit() and before.isdigit():
                cell = f"sel {letter(note)}{row.number}"
                return f"{cell} {CUT_NUMBER.format(value=value)}"
        return ""

    def _text(self, row, column) -> str:
        return "" if column is None else read_text(row.cell(column))

    def _names_village(self, row) -> bool:
        if self.named_row[0] != row.number:
            code, name = self._text(row, self.code), self._text(row, self.name)
            self.named_row = row.number, bool(read_code(code)) or self.finder.knows(name)
        return self.named_row[1]

    def _is_of_district(self, row) -> bool:
        """Whether the kind or a code of three groups marks a village's name as a kecamatan's."""
        code = self._text(row, self.code)
        if read_code(code):
            return False
        says_so = is_district_word(self._text(row, self.kind)) or _DISTRICT_CODE.fullmatch(code)
        return bool(says_so) and self.finder.is_district(self._text(row, self.name))

    def _own_labels(self, row) -> list[str]:
        return [text for text in (self._text(row, self.name), self._text(row, self.code)) if text]

    def _labels(self, row) -> list[str]:
        """Return the texts that name a row: name, code, and the cells left of them.

        "Jumlah" can be in any column left of the numbers, also in a merged cell.
        """
        own = self._own_labels(row)
        ends = [column for column in (self.name, self.code) if column is not None]
        end = max(ends, default=-1) + 1 if own else min(self.measured, default=0)
        left = [
            read_text(row.cell(column))
            for column in range(end)
            if column not in self.notes and isinstance(row.cell(column), str)
        ]
        return list(dict.fromkeys([*own, *(text for text in left if text)]))

    def _stands_for_district(self, row, labels) -> bool:
        own = self._own_labels(row)
        return any(_DISTRICT.match(text) for text in own or labels) or any(
            self.finder.is_district(text) for text in own
        )

    def _repeats_headings(self, row) -> bool:
        for column in (self.name, self.code):
            text = plain(self._text(row, column))
            if text and text in self.parts.get(column, ()):
                return True
        cells = [
            (column, plain(read_text(value)))
            for column, value in enumerate(row.cells)
            if not is_blank(value)
        ]
        return len(cells) > 1 and all(text in self.parts.get(column, ()) for column, text in cells)

    def _could_be_village(self, row) -> bool:
        code, name = self._text(row, self.code), self._text(row, self.name)
        if code and _CODE_LIKE.fullmatch(code) and not _NIP.fullmatch(code):
            return True
        if self.finder.resembles(name) and self._has_words_for_number(row):
            return True
        return not (code or name) and any(
            self.sheet.merged_range(row.number, column)
            for column in (self.code, self.name)
            if column is not None
        )

    def _has_words_for_number(self, row) -> bool:
        """Whether a measured column has a text that is not a date: `lima`."""
        values = [row.cell(column) for column in self.measured]
        return any(isinstance(value, str) and not _DATE.search(value) for value in values)

    def _has_number(self, row) -> bool:
        return any(says_number(row.cell(column)) for column in self.measured)


def says_number(value) -> bool:
    """Whether the value of a measured cell could be meant as a number."""
    if is_blank(value) or isinstance(value, date):
        return False
    if not isinstance(value, str):
        return True
    text = value.strip()
    return bool(_NUMBER.match(text)) and not (_DATE.fullmatch(text) or _NIP.fullmatch(text))


def is_total(text: str) -> bool:
    """Whether this is the name of a total row."""
    return without_units(plain(text))[0] in TOTAL_WORDS


def is_subtotal(text: str) -> bool:
    """Whether this is the name of a subtotal row: `Jumlah Kec. Banjar`."""
    return plain(text).split(" ")[0] in _SUBTOTAL


def is_statistic(text: str) -> bool:
    """Whether this is the name of a row with an average, median, maximum or minimum."""
    return bool(_STATISTIC.match(plain(text)))


def is_district_word(text: str) -> bool:
    """Whether the text of a cell for the kind means kecamatan."""
    return plain(text) in ("kecamatan", "kec", "district")
