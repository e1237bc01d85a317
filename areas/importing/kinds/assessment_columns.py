"""The columns of a sheet of assessments (a row per RT); criteria as in the editions. Pure."""

import re
from functools import cache

import areas.importing.column_words as columns
import kotaku.quantities
from areas.importing.column_words import Signs, Vocabulary, vocabulary
from areas.importing.units import AREAS, COUNTS, LENGTHS
from areas.rules.criteria import CURRENT, EDITIONS, by_code, known_criteria
from areas.rules.edition import QUANTITIES as BASE_QUANTITIES
from areas.rules.edition import Base, Edition

RT, RW, HAMLET, ASSESSOR, PEOPLE = "rt", "rw", "dusun", "penilai", "penduduk"
# A row's edition, a column only if there are several. A volume's role is its criterion's code.
RULE = "aturan"
# General data of the RT: role in a sheet → field of Assessment.
GROUND = {
    "luas_rt": Base.AREA.value,
    "bangunan": Base.BUILDINGS.value,
    PEOPLE: "people",
    "kk": Base.HOUSEHOLDS.value,
    "jalan_ideal": Base.ROAD.value,
    "drainase_ideal": Base.DRAINAGE.value,
}
LABELS = {
    role: columns.LABELS[role]
    for role in (
        columns.IGNORE, columns.CODE, columns.NAME, columns.KIND, columns.DISTRICT, columns.YEAR,
        columns.NOTE,
    )
} | {
    RT: "RT",
    RW: "RW",
    HAMLET: "Dusun atau lingkungan",
    ASSESSOR: "Penilai",
    "luas_rt": "Luas RT (Ha)",
    "bangunan": "Jumlah bangunan (unit)",
    PEOPLE: "Jumlah penduduk (jiwa)",
    "kk": "Jumlah KK",
    "jalan_ideal": "Panjang jalan ideal (m)",
    "drainase_ideal": "Panjang drainase ideal (m)",
}  # fmt: skip
WORDS = {
    **{
        role: columns.WORDS[role]
        for role in (
            columns.CODE, columns.NAME, columns.KIND, columns.DISTRICT, columns.YEAR, columns.NOTE,
        )
    },
    RT: ("rt", "nomor rt", "no rt"),
    RW: ("rw", "nomor rw", "no rw"),
    HAMLET: ("dusun", "lingkungan", "dusun lingkungan", "dusun atau lingkungan", "hamlet"),
    ASSESSOR: ("penilai", "surveyor", "enumerator", "petugas", "assessor"),
    "luas_rt": ("luas rt", "luas", "luas wilayah", "luas wilayah rt", "area", "luas area"),
    "bangunan": ("jumlah bangunan unit", "jumlah bangunan", "bangunan", "buildings", "unit bangunan"),
    PEOPLE: ("jumlah penduduk jiwa", "jumlah penduduk", "penduduk", "jiwa", "people"),
    "kk": ("jumlah kk", "kk", "jumlah kepala keluarga", "kepala keluarga", "households"),
    "jalan_ideal": ("panjang jalan ideal m", "panjang jalan ideal", "jalan ideal m", "jalan ideal"),
    "drainase_ideal": (
        "panjang drainase ideal m", "panjang drainase ideal", "drainase ideal m", "drainase ideal",
    ),
}  # fmt: skip
# Official forms have a percentage and a score next to each volume.
_NO_VOLUME = re.compile(r"\b(?:nilai|skor|score|bobot|rata rata)\b")
_SIGNS = columns.SIGNS | {"luas_rt": Signs(re.compile(r"\brt\b"))}
_VOLUME = Signs(re.compile(r"\bvolume\b"))


def quantities() -> dict[str, kotaku.quantities.Quantity]:
    """Return role → the quantity of its numbers."""
    ground = {role: Base(name) for role, name in GROUND.items() if role != PEOPLE}
    volumes = {code: each.base for code, each in known_criteria().items()}
    measured = {role: BASE_QUANTITIES[base] for role, base in (ground | volumes).items()}
    return measured | {PEOPLE: kotaku.quantities.PEOPLE}


def assessments() -> Vocabulary:
    """Return the vocabulary: the general data of an RT, and the criteria of all editions."""
    return _vocabulary(tuple(EDITIONS.values()))


@cache
def _vocabulary(editions: tuple[Edition, ...]) -> Vocabulary:
    labels, words = dict(LABELS), dict(WORDS)
    if len(editions) > 1:
        labels[RULE], words[RULE] = "Aturan", ("aturan", "peraturan", "rule")
    for code, each in known_criteria().items():
        labels[code] = f"{each.key} {each.name} ({each.unit})"
    for edition in editions:
        for code, each in by_code(edition).items():
            name, unit = each.name.casefold(), each.unit.casefold()
            names = (name, f"{name} {unit}", f"{each.key} {name}", f"{each.key} {name} {unit}")
            words[code] = (*words.get(code, ()), *names)
    # A criterion's number alone means the current edition: "1a Ketidakteraturan", "1.a", "1a".
    for code, each in by_code(CURRENT).items():
        words[code] = (*words[code], each.key)
    numbers = "".join({key[0]: "" for key in CURRENT.by_key})
    letters = "".join({key[1]: "" for key in CURRENT.by_key})
    return vocabulary(
        labels,
        words,
        pattern=re.compile(rf"([{numbers}]) ?([{letters}])\b"),
        not_meant=_NO_VOLUME,
        units={
            role: {"Ha": AREAS, "m": LENGTHS}.get(each.unit, COUNTS)
            for role, each in quantities().items()
        },
        signs=_SIGNS | dict.fromkeys(known_criteria(), _VOLUME),
    )
