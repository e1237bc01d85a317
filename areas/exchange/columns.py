"""What the columns of a sheet mean, told from their headings. Pure: standard library only.

Headings are recognised in Indonesian and English, in any order, with title rows above. What is
not recognised, a person assigns; `Layout` holds the outcome either way.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from areas.exchange.cells import read_text
from areas.exchange.headings import PERCENT, plain, role_in, unit_in
from areas.exchange.sheets import Sheet, is_blank
from areas.exchange.units import AREAS

IGNORE, CODE, NAME, KIND, DISTRICT = "", "kode", "nama", "jenis", "kecamatan"
AREA, YEAR, NOTE, REASON, PERIOD = "luas", "tahun", "catatan", "alasan", "periode"
# A column of areas of one year is named by the year: "2018".
HEADING_ROWS = 40
# A longer text that contains a year is a sentence.
LONGEST = 60
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
# Whole headings as plain words without units. The order decides where several would match.
WORDS = {
    CODE: (
        "kode kemendagri", "kode desa", "kode wilayah", "kode desa kelurahan", "kode kelurahan",
        "kode", "code", "village code", "kd desa", "kdepum", "id desa",
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
        "luas akhir", "luas kumuh akhir", "kumuh akhir", "kumuh awal", "luas kawasan kumuh awal",
        "luas kumuh sk", "luas sk kumuh", "sisa kawasan kumuh", "sisa luas kawasan kumuh",
        "awal", "akhir", "kumuh", "luasan", "luasan kumuh", "luas permukiman kumuh", "luas kawasan permukiman kumuh",
    ),
}  # fmt: skip
_YEAR = re.compile(r"(?:19|20)\d{2}")


@dataclass(frozen=True)
class Vocabulary:
    """The meanings that a file's columns can have: role → what the page calls it, and its words.

    `pattern` recognises headings by how they begin; its groups together are the role, unless
    `not_meant` finds words in them that say otherwise.
    `units` gives the units in which the numbers of a role can be. `own` are the headings of this
    site's own exports that would otherwise be mistaken. `signs` are words that speak for and
    against a heading where several could have a role; `asked` names a role in a question.
    `is_yearly` and `baseline_year` say what the hectares of a year's column are.
    """

    labels: Mapping[str, str]
    meanings: Mapping[str, str]
    has_year_columns: bool = False
    pattern: re.Pattern | None = None
    not_meant: re.Pattern | None = None
    units: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)
    signs: Mapping[str, "Signs"] = field(default_factory=dict)
    asked: Mapping[str, str] = field(default_factory=dict)
    is_yearly: bool = False
    baseline_year: int | None = None

    def units_of(self, role: str) -> tuple[str, ...]:
        """Return the units that the numbers of a role can be in; () when it is not measured."""
        return self.units.get(AREA if role.isdigit() else role, ())

    def question_about(self, role: str) -> str:
        """Return how a question names a role: `sisa luas kumuh`, `luas akhir 2018`."""
        return f"luas akhir {role}" if role.isdigit() else self.asked.get(role, self.labels[role])


@dataclass(frozen=True)
class Signs:
    """Words in a heading that speak for a role, strongest first, and words that speak against it.

    A heading that is not recognised but has words of `rival`, and none of `other`, could have
    the role as well.
    """

    strong: re.Pattern
    weak: re.Pattern | None = None
    against: re.Pattern | None = None
    rival: re.Pattern | None = None
    other: re.Pattern | None = None

    def is_rival(self, words: str) -> bool:
        """Whether an unrecognised heading could have the role."""
        return bool(
            self.rival
            and self.rival.search(words)
            and not (self.other and self.other.search(words))
        )

    def weight(self, words: str) -> int:
        """Return how much plain words speak for the role; below 0 when they contradict it."""
        if self.against and self.against.search(words):
            return -1
        if self.strong.search(words):
            return 2
        return int(bool(self.weak and self.weak.search(words)))


def _words(*words: str) -> re.Pattern:
    return re.compile(rf"\b(?:{'|'.join(words)})\b")


_REMAINING = _words("sisa", "tersisa", "akhir", "remaining", "saat ini", "terkini")
_BASELINE = _words("awal", "baseline", "sk", "delineasi")
_SLUM = _words("kumuh", "slum")
_AREA = _words("luas", "luasan", "area", "kumuh", "slum", "sisa", "baseline", "remaining")
_OTHER_AREA = _words(
    "pengurangan", "berkurang", "penurunan", "turun", "reduction", "target", "rencana",
    "penanganan", "tertangani", "ditangani", "selisih", "tingkat", "kategori", "kelas", "status",
    "jumlah rt", "lokasi", "nama", "nilai", "skor", "persen",
)  # fmt: skip
SIGNS = {
    CODE: Signs(_words("kemendagri", "kepmendagri", "kdepum"), _words("desa", "kelurahan")),
    NAME: Signs(_words("desa", "kelurahan", "kel", "village"), _words("nama", "name")),
    DISTRICT: Signs(_words("nama", "name")),
    NOTE: Signs(_words("catatan", "note", "notes")),
}


def vocabulary(labels, words, **more) -> Vocabulary:
    """Return the vocabulary in which each role has several words."""
    meanings = {text: role for role, several in words.items() for text in several}
    return Vocabulary(labels, meanings, **more)


def figure_columns(baseline_year: int | None = None) -> Vocabulary:
    """Return what the columns of a sheet of yearly figures can mean."""
    return vocabulary(
        LABELS,
        WORDS,
        has_year_columns=True,
        units={AREA: AREAS},
        own={"baseline_ha": IGNORE},
        signs=SIGNS | {AREA: Signs(_REMAINING, _SLUM, _BASELINE, _AREA, _OTHER_AREA)},
        asked={AREA: "sisa luas kumuh"},
        is_yearly=True,
        baseline_year=baseline_year,
    )


def baseline_columns(baseline_year: int | None = None) -> Vocabulary:
    """Return what the columns of a decree's list can mean."""
    return vocabulary(
        LABELS,
        WORDS,
        has_year_columns=True,
        units={AREA: AREAS},
        own={"sisa_ha": IGNORE},
        signs=SIGNS | {AREA: Signs(_BASELINE, _SLUM, _REMAINING, _AREA, _OTHER_AREA)},
        asked={AREA: "luas kumuh awal (baseline)"},
        baseline_year=baseline_year,
    )


HECTARES_BY_VILLAGE = figure_columns()


@dataclass(frozen=True)
class Layout:
    """Which row holds the headings (0 for none), and what the columns mean: index → role.

    `units` are the units of measured columns, where they are not the record's own.
    """

    header_row: int = 0
    roles: Mapping[int, str] = field(default_factory=dict)
    units: Mapping[int, str] = field(default_factory=dict)

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

    Roles that several columns could have go to the first; `column_questions` settles them. When
    no row names villages and something more, the row that looks most like headings is taken, so
    that a person sees what to assign.
    """
    best, best_score = Layout(), 0
    for index, row in enumerate(sheet.rows[:HEADING_ROWS]):
        possible = candidates(headings(sheet, index), known)
        names_villages = CODE in possible or NAME in possible
        if names_villages and len(possible) > 1:
            score = 10 * len(possible)
        else:
            score = 2 if names_villages and len(row.cells) > 1 else _looks_like_headings(row)
        if score > best_score:
            best, best_score = Layout(row.number, _firsts(possible)), score
    return best


def _looks_like_headings(row) -> int:
    filled = [cell for cell in row.cells if not is_blank(cell)]
    return int(len(filled) > 1 and all(isinstance(cell, str) for cell in filled))


def headings(sheet: Sheet, index: int) -> list[str]:
    """Return the headings of a row; an empty one takes what stands above it in its column."""
    rows = sheet.rows[max(0, index - ROWS_ABOVE) : index + 1]
    return [
        next((read_text(row.cell(column)) for row in rows[::-1] if not is_blank(row.cell(column))), "")
        for column in range(sheet.width)
    ]  # fmt: skip


def headings_of(sheet: Sheet, layout: Layout) -> list[str]:
    """Return the headings of a layout's columns; [] without a heading row."""
    for index, row in enumerate(sheet.rows):
        if row.number == layout.header_row:
            return headings(sheet, index)
    return []


def candidates(texts: list[str], known: Vocabulary) -> dict[str, list[int]]:
    """Return which columns could have each role: role → columns, in the order of the sheet."""
    found: dict[str, list[int]] = {}
    for column, text in enumerate(texts):
        role = role_of(text, known)
        if role:
            found.setdefault(role, []).append(column)
    return found


def _firsts(possible) -> dict[int, str]:
    return {several[0]: role for role, several in possible.items()}


def role_of(heading: str, known: Vocabulary = HECTARES_BY_VILLAGE) -> str:
    """Return what a heading means: a role, a year such as "2018", or "" when not recognised.

    A percentage is no area, length or number of things, and a BPS code is none of Kemendagri.
    """
    exact = heading.strip().casefold()
    if exact in known.own:
        return known.own[exact]
    if says_bps(heading):
        return IGNORE
    role = role_in(heading, lambda words: _meaning(words, known))
    return IGNORE if known.units_of(role) and is_percentage(heading) else role


def says_bps(heading: str) -> bool:
    """Whether a column holds codes of Badan Pusat Statistik; these are not kept."""
    return "bps" in plain(heading)


def is_percentage(heading: str) -> bool:
    """Whether the numbers below a heading are percentages."""
    return unit_in(heading) == PERCENT


def _meaning(words: str, known: Vocabulary) -> str:
    if known.pattern and (begins := known.pattern.match(words)):
        is_meant = not (known.not_meant and known.not_meant.search(words))
        return "".join(begins.groups()) if is_meant else ""
    years = _YEAR.findall(words) if known.has_year_columns else []
    if len(set(years)) == 1 and len(words) <= LONGEST:
        rest = " ".join(_YEAR.sub(" ", words).split())
        if (
            rest in ("", "tahun", "year", "akhir", "akhir tahun")
            or known.meanings.get(rest) == AREA
        ):
            return years[0]
        rest = " ".join(re.sub(r"\b(?:tahun|year|akhir)\b", " ", rest).split())
        return years[0] if known.meanings.get(rest) == AREA else ""
    return known.meanings.get(words, "")


def is_numbering(values: list) -> bool:
    """Whether a row numbers the columns, as official tables do: 1, 2, 3 or (1), (2), (3)."""
    texts = [read_text(value).strip("()") for value in values if not is_blank(value)]
    return len(texts) > 1 and texts == [str(number) for number in range(1, len(texts) + 1)]
