"""The columns of a sheet of assessments: one row per RT, named as in the table of criteria. Pure."""

import re

import areas.importing.column_words as columns
import kotaku.quantities
from areas.importing.column_words import Signs, vocabulary
from areas.importing.units import AREAS, COUNTS, LENGTHS
from areas.rules.criteria import CRITERIA, Base
from areas.rules.criteria import QUANTITIES as BASE_QUANTITIES

RT, RW, HAMLET, ASSESSOR, PEOPLE = "rt", "rw", "dusun", "penilai", "penduduk"
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
    **{each.key: f"{each.key} {each.name} ({each.unit})" for each in CRITERIA},
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
    **{
        each.key: (each.name.casefold(), f"{each.name.casefold()} {each.unit.casefold()}")
        for each in CRITERIA
    },
}  # fmt: skip
# "1a Ketidakteraturan bangunan", "1.a", "1a"
_KEY = re.compile(r"([1-7]) ?([abc])\b")
# Official forms have a percentage and a score next to each volume.
_NO_VOLUME = re.compile(r"\b(?:nilai|skor|score|bobot|rata rata)\b")
# The quantity of each measured role; UNITS below are the units its numbers can have.
QUANTITIES = {
    **{
        role: kotaku.quantities.PEOPLE if role == PEOPLE else BASE_QUANTITIES[Base(name)]
        for role, name in GROUND.items()
    },
    **{each.key: BASE_QUANTITIES[each.base] for each in CRITERIA},
}
IN_RT_HECTARES = [
    role for role, quantity in QUANTITIES.items() if quantity == kotaku.quantities.RT_HECTARES
]
UNITS = {
    role: {"Ha": AREAS, "m": LENGTHS}.get(each.unit, COUNTS) for role, each in QUANTITIES.items()
}
SIGNS = columns.SIGNS | {
    "luas_rt": Signs(re.compile(r"\brt\b")),
    **{each.key: Signs(re.compile(r"\bvolume\b")) for each in CRITERIA},
}
ASSESSMENTS = vocabulary(
    LABELS, WORDS, pattern=_KEY, not_meant=_NO_VOLUME, units=UNITS, signs=SIGNS
)
