"""An edition of the slum criteria: what one regulation measures and how it scores. Pure.

Everything that forms, print, import and scores know about a regulation comes from its `Edition`.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from kotaku.quantities import BUILDINGS, HOUSEHOLDS, METRES, RT_HECTARES


class Base(StrEnum):
    """The number that a criterion's volume is divided by; every assessment records all of them."""

    BUILDINGS = "buildings"
    AREA = "area_ha"
    ROAD = "ideal_road_m"
    DRAINAGE = "ideal_drainage_m"
    HOUSEHOLDS = "households"

    @property
    def label(self) -> str:
        """Its name in sentences: "jumlah bangunan"."""
        return _BASES[self][0]

    @property
    def unit(self) -> str:
        """The unit of the base and of the volumes measured against it."""
        return _BASES[self][1]

    @property
    def may_be_absent(self) -> bool:
        """Whether an RT may do without it: at 0 its criteria are not asked, and their volume is 0."""
        return self == Base.DRAINAGE

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
# How each base and its volumes are read and formatted.
QUANTITIES = {
    Base.BUILDINGS: BUILDINGS,
    Base.AREA: RT_HECTARES,
    Base.ROAD: METRES,
    Base.DRAINAGE: METRES,
    Base.HOUSEHOLDS: HOUSEHOLDS,
}


class SlumClass(StrEnum):
    """The slum class of an area, worst first."""

    HEAVY = "berat"
    MEDIUM = "sedang"
    LIGHT = "ringan"
    NONE = "tidak"

    @property
    def label(self) -> str:
        """The official name."""
        return "Tidak kumuh" if self == SlumClass.NONE else f"Kumuh {self.value}"


@dataclass(frozen=True)
class Criterion:
    """One criterion: a volume in percent (0–100) of its base.

    `key` is its number in the regulation ("1a"), `field` the column of `Assessment` that stores
    the volume (the same measure in every edition that has it), `question` what the surveyor
    counts, `remedy` the works that lower the volume.
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

    def is_asked(self, base: Decimal | int | None) -> bool:
        """Whether it is asked in an RT with this base; one that an RT may lack is not at 0."""
        return not (self.base.may_be_absent and base == 0)


@dataclass(frozen=True)
class Aspect:
    """A numbered group of criteria."""

    number: int
    name: str
    criteria: tuple[Criterion, ...]

    @property
    def key(self) -> str:
        """Its name in URLs: "aspek-1"."""
        return f"aspek-{self.number}"


def aspect(number: int, name: str, *rows: tuple) -> Aspect:
    """Return an aspect; each row is (field, name, question, base, remedy) of a criterion."""
    letters = zip("abcdefgh", rows, strict=False)
    return Aspect(number, name, tuple(Criterion(f"{number}{each}", *row) for each, row in letters))


@dataclass(frozen=True, eq=False)
class Edition:
    """The criteria of one regulation. `key` is what `Assessment.rule` stores.

    `bands` are (lowest percentage, score) of a criterion, `classes` (lowest total, class) of an
    area, both from the highest down; below the last one the score is 0 and the area is not slum.
    """

    key: str
    regulation: str
    short_name: str
    aspects: tuple[Aspect, ...]
    bands: tuple[tuple[int, int], ...]
    classes: tuple[tuple[int, SlumClass], ...]

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """All criteria, in the order of the regulation."""
        return tuple(criterion for aspect in self.aspects for criterion in aspect.criteria)

    @cached_property
    def by_key(self) -> dict[str, Criterion]:
        """The criteria by their numbers."""
        return {criterion.key: criterion for criterion in self.criteria}

    @cached_property
    def volume_fields(self) -> tuple[str, ...]:
        """The columns of `Assessment` that a complete assessment fills."""
        return tuple(criterion.field for criterion in self.criteria)

    @property
    def max_total(self) -> int:
        """The highest total score."""
        return self.bands[0][1] * len(self.criteria)

    @property
    def slum_from(self) -> int:
        """The lowest total that counts as slum."""
        return self.classes[-1][0]

    def lowest(self, slum_class: SlumClass) -> int:
        """Return the lowest total of a class."""
        return next((lowest for lowest, each in self.classes if each == slum_class), 0)

    def score_of(self, percent: Decimal) -> int:
        """Return the score of a criterion's percentage (0–100, two decimals)."""
        return next((score for lowest, score in self.bands if percent >= lowest), 0)

    def class_of(self, total: int) -> SlumClass:
        """Return the class of a total score. Raises ValueError outside the scale."""
        if not 0 <= total <= self.max_total:
            raise ValueError(total)
        return next((each for lowest, each in self.classes if total >= lowest), SlumClass.NONE)

    @property
    def extent(self) -> str:
        """How much it measures: "7 aspek dan 16 kriteria"."""
        return f"{len(self.aspects)} aspek dan {len(self.criteria)} kriteria"

    @property
    def classes_sentence(self) -> str:
        """The classes: "60–80 kumuh berat, …, di bawah 16 tidak kumuh."."""
        lowest = [each for each, _ in self.classes]
        ranges = zip(self.classes, [self.max_total, *(each - 1 for each in lowest)], strict=False)
        said = [f"{low}–{high} {each.label.lower()}" for (low, each), high in ranges]
        return f"{', '.join(said)}, di bawah {self.slum_from} tidak kumuh."

    @property
    def bands_sentence(self) -> str:
        """The score bands, lowest first: "Nilai kriteria: 25–50 % = 1, …"."""
        upwards = [*reversed(self.bands), (101, 0)]
        said = [f"{low}–{above - 1} % = {score}" for (low, score), (above, _) in pairwise(upwards)]
        return f"Nilai kriteria: {', '.join(said)}."
