"""What the columns of a sheet mean, told from their headings. Pure: standard library only.

Headings are recognised in Indonesian and English, in any order, with title rows above. What is
not recognised, a person assigns; `Layout` holds the outcome either way.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from areas.exchange.cells import CellError, read_text, read_year
from areas.exchange.sheets import Sheet, is_blank

IGNORE, CODE, NAME, KIND, DISTRICT = "", "kode", "nama", "jenis", "kecamatan"
AREA, YEAR, NOTE, REASON, PERIOD = "luas", "tahun", "catatan", "alasan", "periode"
# A column of areas of one year is named by the year: "2018".
HEADING_ROWS = 40
# Merged headings stand up to so many rows above the row that names the years.
ROWS_ABOVE = 2

LABELS = {
    IGNORE: "Abaikan",
    CODE: "Kode Kemendagri",
    NAME: "Nama desa/kelurahan",
    KIND: "Jenis (desa atau kelurahan)",
    DISTRICT: "Kecamatan",
    AREA: "Luas (Ha)",
    YEAR: "Tahun",
    NOTE: "Catatan",
    REASON: "Alasan",
    PERIOD: "Periode",
}
# Words in whole headings, after `_plain`. The order decides where several would match.
WORDS = {
    CODE: (
        "kode kemendagri", "kode desa", "kode wilayah", "kode desa kelurahan", "kode kelurahan",
        "kode", "code", "village code", "kd desa", "kdepum", "id desa", "kode bps",
    ),
    NAME: (
        "desa kelurahan", "nama desa kelurahan", "nama desa", "nama kelurahan", "desa", "kelurahan",
        "nama", "nama wilayah", "kelurahan desa", "nama kelurahan desa", "village", "village name",
        "name", "wilayah", "lokasi", "desa kel", "nama desa kel", "kel desa",
    ),
    KIND: ("jenis", "kind", "tipe", "type", "status wilayah", "jenis wilayah"),
    DISTRICT: ("kecamatan", "nama kecamatan", "kec", "district", "subdistrict", "sub district"),
    YEAR: ("tahun", "year", "thn", "tahun data", "tahun pendataan"),
    PERIOD: ("periode", "program", "programme", "sk kumuh"),
    REASON: ("alasan", "reason"),
    NOTE: ("catatan", "keterangan", "ket", "note", "notes", "remarks"),
    AREA: (
        "luas", "luas kumuh", "luas kawasan kumuh", "luas wilayah kumuh", "sisa luas",
        "sisa luas kumuh", "sisa kumuh", "luas kumuh awal", "luas awal", "baseline", "luas baseline",
        "baseline kumuh", "luas sk", "luas delineasi", "sisa", "area", "slum area", "remaining",
        "remaining area", "remaining slum area", "luas sisa", "luas kumuh tersisa", "area kumuh",
        "kumuh", "luasan", "luasan kumuh", "luas permukiman kumuh", "luas kawasan permukiman kumuh",
    ),
}  # fmt: skip
_UNIT = re.compile(r"\b(?:ha|hektar|hektare|hectares?|dalam|in|m2)\b")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_DISTRICT = re.compile(r"(?:kecamatan|kec)\b|\d{2}\.\d{2}\.\d{2}$", re.IGNORECASE)
TOTAL_WORDS = ("jumlah", "total", "jumlah total", "grand total", "total luas", "jumlah luas", "sum")


@dataclass(frozen=True)
class Vocabulary:
    """The meanings that a file's columns can have: role → what the page calls it, and its words.

    `pattern` recognises headings by how they begin; its groups together are the role.
    """

    labels: Mapping[str, str]
    meanings: Mapping[str, str]
    has_year_columns: bool = False
    pattern: re.Pattern | None = None


def vocabulary(labels, words, **more) -> Vocabulary:
    """Return the vocabulary in which each role has several words."""
    meanings = {text: role for role, several in words.items() for text in several}
    return Vocabulary(labels, meanings, **more)


HECTARES_BY_VILLAGE = vocabulary(LABELS, WORDS, has_year_columns=True)


@dataclass(frozen=True)
class Layout:
    """Which row holds the headings (0 for none), and what the columns mean: index → role."""

    header_row: int = 0
    roles: Mapping[int, str] = field(default_factory=dict)

    def column(self, role: str) -> int | None:
        """Return the column of a role, or None."""
        return next((column for column, found in self.roles.items() if found == role), None)

    @property
    def year_columns(self) -> dict[int, int]:
        """The columns that hold the areas of one year: index → year."""
        return {column: int(role) for column, role in self.roles.items() if role.isdigit()}

    @property
    def area_columns(self) -> list[int]:
        """The columns that hold areas, of a baseline or of any year."""
        area = self.column(AREA)
        return [*self.year_columns, *([] if area is None else [area])]

    @property
    def names_villages(self) -> bool:
        """Whether there is anything to find a village by."""
        return self.column(CODE) is not None or self.column(NAME) is not None


def recognise(sheet: Sheet, known: Vocabulary = HECTARES_BY_VILLAGE) -> Layout:
    """Return the layout whose heading row explains most columns.

    When none names villages and something more, the row that looks most like headings is taken,
    so that a person sees what to assign.
    """
    best, best_score = Layout(), 0
    for index, row in enumerate(sheet.rows[:HEADING_ROWS]):
        roles = roles_of(headings(sheet, index), known)
        layout = Layout(row.number, roles)
        if layout.names_villages and len(roles) > 1:
            score = 10 * len(roles)
        else:
            score = 2 if layout.names_villages and len(row.cells) > 1 else _looks_like_headings(row)
        if score > best_score:
            best, best_score = layout, score
    return best


def _looks_like_headings(row) -> int:
    filled = [cell for cell in row.cells if not is_blank(cell)]
    return int(len(filled) > 1 and all(isinstance(cell, str) for cell in filled))


def layout_of_row(sheet: Sheet, number: int, known: Vocabulary = HECTARES_BY_VILLAGE) -> Layout:
    """Return the layout when the headings are said to stand in this row."""
    for index, row in enumerate(sheet.rows):
        if row.number == number:
            return Layout(number, roles_of(headings(sheet, index), known))
    return Layout(number)


def headings(sheet: Sheet, index: int) -> list[str]:
    """Return the headings of a row; an empty one takes what stands above it in its column."""
    rows = sheet.rows[max(0, index - ROWS_ABOVE) : index + 1]
    return [
        next((read_text(row.cell(column)) for row in rows[::-1] if not is_blank(row.cell(column))), "")
        for column in range(sheet.width)
    ]  # fmt: skip


def roles_of(texts: list[str], known: Vocabulary = HECTARES_BY_VILLAGE) -> dict[int, str]:
    """Return the recognised columns: index → role. The first column of a meaning takes it."""
    roles = {}
    for column, text in enumerate(texts):
        role = role_of(text, known)
        if role and role not in roles.values():
            roles[column] = role
    return roles


def role_of(heading: str, known: Vocabulary = HECTARES_BY_VILLAGE) -> str:
    """Return what a heading means: a role, a year such as "2018", or "" when not recognised."""
    plain = _plain(heading)
    if known.pattern and (begins := known.pattern.match(plain)):
        return "".join(begins.groups())
    years = _YEAR.findall(plain) if known.has_year_columns else []
    if len(set(years)) == 1 and not _is_long(plain):
        rest = " ".join(_YEAR.sub(" ", plain).split())
        if (
            rest in ("", "tahun", "year", "akhir", "akhir tahun")
            or known.meanings.get(rest) == AREA
        ):
            return years[0]
        rest = " ".join(re.sub(r"\b(?:tahun|year|akhir)\b", " ", rest).split())
        return years[0] if known.meanings.get(rest) == AREA else ""
    return known.meanings.get(plain, "")


def is_total(text: str) -> bool:
    """Whether a row of this name adds up the rows above it."""
    return _plain(text) in TOTAL_WORDS


def is_subtotal(text: str) -> bool:
    """Whether a row of this name adds up some of the rows: `Jumlah Kec. Banjar`."""
    return _plain(text).split(" ")[0] in ("jumlah", "total", "subtotal", "sub")


def is_district(text: str) -> bool:
    """Whether a row of this name or code stands for a whole kecamatan."""
    return bool(_DISTRICT.match(text.strip()))


def is_numbering(values: list) -> bool:
    """Whether a row numbers the columns, as official tables do: 1, 2, 3 or (1), (2), (3)."""
    texts = [read_text(value).strip("()") for value in values if not is_blank(value)]
    return len(texts) > 1 and texts == [str(number) for number in range(1, len(texts) + 1)]


def year_of(value) -> int | None:
    """Return the year of a heading cell, or None."""
    try:
        return read_year(value)
    except CellError:
        return None


def _is_long(plain: str) -> bool:
    return len(plain) > 60


def _plain(text: str) -> str:
    """Return the words without case, signs and units: `Luas_Kumuh (Ha)` → `luas kumuh`."""
    words = re.sub(r"[\W_]+", " ", text.casefold())
    return " ".join(_UNIT.sub(" ", words).split())
