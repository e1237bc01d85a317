"""The words that identify the columns of a sheet of hectares. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from areas.importing.units import AREAS

IGNORE, CODE, NAME, KIND, DISTRICT = "", "kode", "nama", "jenis", "kecamatan"
# The role of a column with the areas of one year is that year: "2018".
AREA, YEAR, NOTE, REASON, PERIOD = "luas", "tahun", "catatan", "alasan", "periode"
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
# Complete headings as plain words without units.
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


@dataclass(frozen=True)
class Vocabulary:
    """The possible roles of a file's columns: `labels` (role → label), `meanings` (heading → role).

    `pattern` matches the beginning of a heading; its joined groups are looked up in `meanings`,
    unless the heading contains `not_meant`. `units` are those that a role's numbers can have.
    `own` are headings of this site's exports that would otherwise be misread. `signs` weigh the
    headings that could have the same role; `asked` is role → its name in a question.
    `every_year`: columns of all years are read, otherwise only that of `baseline_year`.
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
    every_year: bool = False
    baseline_year: int | None = None

    def units_of(self, role: str) -> tuple[str, ...]:
        """Return the units that the numbers of a role can have; () if it is not measured."""
        return self.units.get(AREA if role.isdigit() else role, ())

    def question_about(self, role: str) -> str:
        """Return the name of a role in a question: `sisa luas kumuh`, `luas akhir 2018`."""
        return f"luas akhir {role}" if role.isdigit() else self.asked.get(role, self.labels[role])


@dataclass(frozen=True)
class Signs:
    """Words in a heading that indicate a role (`strong`, `weak`) or contradict it (`against`).

    An unrecognised heading that has words of `rival`, and none of `other`, could have the role
    too.
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
        """Return how strongly plain words indicate the role: 0 to 2, or -1 if they contradict it."""
        if self.against and self.against.search(words):
            return -1
        if self.strong.search(words):
            return 2
        return int(bool(self.weak and self.weak.search(words)))


def _words(*words: str) -> re.Pattern:
    return re.compile(rf"\b(?:{'|'.join(words)})\b")


REMAINING = _words("sisa", "tersisa", "akhir", "remaining", "saat ini", "terkini")
BASELINE = _words("awal", "baseline", "sk", "delineasi")
_SLUM = _words("kumuh", "slum")
_AREA = _words("luas", "luasan", "area", "kumuh", "slum", "sisa", "baseline", "remaining")
_OTHER_AREA = _words(
    "pengurangan", "berkurang", "penurunan", "turun", "reduction", "target", "rencana",
    "penanganan", "tertangani", "ditangani", "selisih", "tingkat", "kategori", "kelas", "status",
    "jumlah rt", "lokasi", "nama", "nilai", "skor", "persen",
)  # fmt: skip


def says_baseline(words: str) -> bool:
    """Whether plain words of a heading describe its areas as the baseline."""
    return bool(BASELINE.search(words))


SIGNS = {
    CODE: Signs(_words("kemendagri", "kepmendagri", "kdepum"), _words("desa", "kelurahan")),
    NAME: Signs(_words("desa", "kelurahan", "kel", "village"), _words("nama", "name")),
    DISTRICT: Signs(_words("nama", "name")),
    NOTE: Signs(_words("catatan", "note", "notes")),
}


def vocabulary(labels, words, **more) -> Vocabulary:
    """Return the vocabulary of these labels, and words (role → headings)."""
    meanings = {text: role for role, several in words.items() for text in several}
    return Vocabulary(labels, meanings, **more)


def hectare_columns(
    *,
    strong: re.Pattern = REMAINING,
    against: re.Pattern = BASELINE,
    own: Mapping[str, str],
    asked: str = "",
    baseline_year: int | None = None,
    every_year: bool = False,
) -> Vocabulary:
    """Return the vocabulary of a sheet of hectares by village.

    `strong` words best indicate a column of areas, `against` words contradict it; `asked` names
    these areas in a question.
    """
    return vocabulary(
        LABELS,
        WORDS,
        has_year_columns=True,
        units={AREA: AREAS},
        own=own,
        signs=SIGNS | {AREA: Signs(strong, _SLUM, against, _AREA, _OTHER_AREA)},
        asked={AREA: asked},
        every_year=every_year,
        baseline_year=baseline_year,
    )
