"""The official criteria of slum as one table: Permen PUPR 14/PRT/M/2018. Pure: standard library only.

`ASPECTS` is the only source for forms, print, import, explanation and score.
"""

from dataclasses import dataclass
from enum import StrEnum

from kotaku.interface.abbreviations import spelled_out
from kotaku.quantities import BUILDINGS, HOUSEHOLDS, METRES, RT_HECTARES


class Base(StrEnum):
    """The number a criterion's volume is divided by; every assessment records it."""

    BUILDINGS = "buildings"
    AREA = "area_ha"
    ROAD = "ideal_road_m"
    DRAINAGE = "ideal_drainage_m"
    HOUSEHOLDS = "households"

    @property
    def label(self) -> str:
        """The words for it: "jumlah bangunan"."""
        return _BASES[self][0]

    @property
    def unit(self) -> str:
        """The unit of the base and of the volumes measured against it."""
        return _BASES[self][1]

    @property
    def is_whole(self) -> bool:
        """Whether it is a count, so that a fraction is an error."""
        return self in (Base.BUILDINGS, Base.HOUSEHOLDS)


_BASES = {
    Base.BUILDINGS: ("jumlah bangunan", "unit"),
    Base.AREA: ("luas RT", "Ha"),
    Base.ROAD: ("panjang jalan ideal", "m"),
    Base.DRAINAGE: ("panjang drainase ideal", "m"),
    Base.HOUSEHOLDS: ("jumlah kepala keluarga", "KK"),
}
# How each base and its volumes are formatted.
QUANTITIES = {
    Base.BUILDINGS: BUILDINGS,
    Base.AREA: RT_HECTARES,
    Base.ROAD: METRES,
    Base.DRAINAGE: METRES,
    Base.HOUSEHOLDS: HOUSEHOLDS,
}


@dataclass(frozen=True)
class Criterion:
    """One of the sixteen criteria: volume over base gives a percentage (0–100).

    `key` is its number in the regulation ("1a"), `field` the volume's name in the record,
    `question` what the surveyor counts, `remedy` what lowers it (domain.md, "The collaborative
    work plan").
    """

    key: str
    field: str
    name: str
    question: str
    base: Base
    remedy: str

    @property
    def unit(self) -> str:
        """The unit of the volume."""
        return self.base.unit


@dataclass(frozen=True)
class Aspect:
    """One of the seven, with its criteria."""

    number: int
    name: str
    criteria: tuple[Criterion, ...]

    @property
    def key(self) -> str:
        """Its name in addresses: "aspek-1"."""
        return f"aspek-{self.number}"


def _aspect(number, name, *rows) -> Aspect:
    criteria = (
        Criterion(f"{number}{letter}", *row) for letter, row in zip("abc", rows, strict=False)
    )
    return Aspect(number, name, tuple(criteria))


_ROADS = "jalan beton, paving, aspal, jembatan"
_WATER = "sambungan rumah, sumur bor, hidran umum"
_SEWAGE = spelled_out("jamban, tangki septik komunal, IPAL, MCK")
_WASTE = spelled_out("gerobak atau motor sampah, TPS 3R, komposter")

ASPECTS = (
    _aspect(
        1,
        "Bangunan gedung",
        (
            "building_irregularity",
            "Ketidakteraturan bangunan",
            "Bangunan yang letak dan hadapnya tidak teratur",
            Base.BUILDINGS,
            "rumah deret, penataan jalan",
        ),
        (
            "building_density_ha",
            "Kepadatan bangunan",
            (
                "Luas bagian dengan lebih dari 200 unit/Ha (kota sedang dan kecil) atau lebih dari "
                "250 unit/Ha (kota metropolitan dan besar)"
            ),
            Base.AREA,
            "rumah deret, penataan jalan",
        ),
        (
            "building_nonconformity",
            "Ketidaksesuaian persyaratan teknis bangunan",
            "Bangunan yang atap, lantai, atau dindingnya tidak layak",
            Base.BUILDINGS,
            "rehab rumah tidak layak huni",
        ),
    ),
    _aspect(
        2,
        "Jalan lingkungan",
        (
            "road_uncovered_m",
            "Cakupan pelayanan jalan lingkungan",
            "Panjang yang belum terlayani jalan lingkungan",
            Base.ROAD,
            _ROADS,
        ),
        (
            "road_damaged_m",
            "Kualitas permukaan jalan lingkungan",
            "Panjang jalan yang permukaannya rusak",
            Base.ROAD,
            _ROADS,
        ),
    ),
    _aspect(
        3,
        "Air minum",
        (
            "water_no_access",
            "Ketersediaan akses aman air minum",
            "KK tanpa akses air minum yang aman",
            Base.HOUSEHOLDS,
            _WATER,
        ),
        (
            "water_shortage",
            "Tidak terpenuhinya kebutuhan air minum",
            "KK yang kebutuhan air minumnya, 60 liter per orang per hari, tidak terpenuhi",
            Base.HOUSEHOLDS,
            _WATER,
        ),
    ),
    _aspect(
        4,
        "Drainase lingkungan",
        (
            "drainage_flooded_ha",
            "Ketidakmampuan mengalirkan limpasan air",
            (
                "Luas genangan yang tingginya lebih dari 30 cm, selama lebih dari 2 jam, dan terjadi "
                "lebih dari 2 kali setahun"
            ),
            Base.AREA,
            "drainase, gorong-gorong, sumur resapan, tanggul",
        ),
        (
            "drainage_missing_m",
            "Ketidaktersediaan drainase",
            "Panjang drainase yang belum tersedia",
            Base.DRAINAGE,
            "drainase, normalisasi",
        ),
        (
            "drainage_poor_m",
            "Kualitas konstruksi drainase",
            "Panjang drainase yang konstruksinya buruk",
            Base.DRAINAGE,
            "drainase, normalisasi",
        ),
    ),
    _aspect(
        5,
        "Pengelolaan air limbah",
        (
            "sewage_system",
            "Sistem air limbah tidak sesuai standar teknis",
            "KK yang sistem air limbahnya tidak sesuai standar",
            Base.HOUSEHOLDS,
            _SEWAGE,
        ),
        (
            "sewage_facilities",
            "Prasarana air limbah tidak sesuai persyaratan teknis",
            "KK yang prasarana air limbahnya tidak sesuai persyaratan",
            Base.HOUSEHOLDS,
            _SEWAGE,
        ),
    ),
    _aspect(
        6,
        "Pengelolaan persampahan",
        (
            "waste_facilities",
            "Prasarana persampahan tidak sesuai persyaratan teknis",
            "KK yang prasarana persampahannya tidak sesuai persyaratan",
            Base.HOUSEHOLDS,
            _WASTE,
        ),
        (
            "waste_system",
            "Sistem persampahan tidak sesuai standar teknis",
            "KK yang sistem persampahannya tidak sesuai standar",
            Base.HOUSEHOLDS,
            _WASTE,
        ),
    ),
    _aspect(
        7,
        "Proteksi kebakaran",
        (
            "fire_infrastructure",
            "Ketidaktersediaan prasarana proteksi kebakaran",
            "Bangunan tanpa prasarana proteksi kebakaran",
            Base.BUILDINGS,
            "pasokan air, jalan akses",
        ),
        (
            "fire_equipment",
            "Ketidaktersediaan sarana proteksi kebakaran",
            "Bangunan tanpa sarana proteksi kebakaran",
            Base.BUILDINGS,
            spelled_out("APAR, motor pemadam"),
        ),
    ),
)
CRITERIA = tuple(criterion for aspect in ASPECTS for criterion in aspect.criteria)
BY_KEY = {criterion.key: criterion for criterion in CRITERIA}
VOLUME_FIELDS = tuple(criterion.field for criterion in CRITERIA)
