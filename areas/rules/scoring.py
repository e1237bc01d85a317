"""Compute score, class and hectares from an assessment's volumes. Pure: standard library only.

Everything is `Decimal`; the only rounding is that of the regulations: a criterion's percentage,
to two decimals (half up), before it is scored.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from areas.rules.edition import Aspect, Criterion, Edition, SlumClass
from kotaku.formats import format_amount

TWO_PLACES = Decimal("0.01")


@dataclass(frozen=True)
class Measured:
    """The counts of an RT: the bases, and a volume for each criterion key of the edition."""

    edition: Edition
    area_ha: Decimal
    buildings: int
    households: int
    ideal_road_m: Decimal
    ideal_drainage_m: Decimal
    volumes: Mapping[str, Decimal]

    def base_of(self, criterion: Criterion) -> Decimal:
        """Return the base that this criterion's volume is divided by."""
        return Decimal(getattr(self, criterion.base.value))


class VolumeOutOfRange(ValueError):
    """A volume is below 0 or above its base; the message is the sentence for the user."""

    def __init__(self, criterion: Criterion, volume: Decimal, base: Decimal):
        self.criterion, self.volume, self.base = criterion, volume, base
        super().__init__(out_of_range_sentence(criterion, volume, base))


@dataclass(frozen=True)
class CriterionScore:
    """One criterion: its volume, percentage (0–100, two decimals) and score."""

    criterion: Criterion
    volume: Decimal
    base: Decimal
    percent: Decimal
    score: int


@dataclass(frozen=True)
class AspectScore:
    """One aspect: its criteria, their sum of scores, and the mean of their percentages."""

    aspect: Aspect
    criteria: tuple[CriterionScore, ...]

    @property
    def score(self) -> int:
        """The sum of its criteria's scores."""
        return sum(each.score for each in self.criteria)

    @property
    def average_percent(self) -> Decimal:
        """The mean of its criteria's percentages, not rounded."""
        return _mean(each.percent for each in self.criteria)


@dataclass(frozen=True)
class Result:
    """The result of an assessment under its edition."""

    edition: Edition
    area_ha: Decimal
    aspects: tuple[AspectScore, ...]

    @property
    def criteria(self) -> tuple[CriterionScore, ...]:
        """All criteria, in the order of the regulation."""
        return tuple(each for aspect in self.aspects for each in aspect.criteria)

    @property
    def total(self) -> int:
        """The total score, 0 to the edition's `max_total`."""
        return sum(aspect.score for aspect in self.aspects)

    @property
    def slum_class(self) -> SlumClass:
        """The class of the total."""
        return self.edition.class_of(self.total)

    @property
    def is_slum(self) -> bool:
        """Whether the area counts as slum."""
        return self.total >= self.edition.slum_from

    @property
    def slum_ha(self) -> Decimal:
        """The hectares that count as slum: the whole area or 0."""
        return self.area_ha if self.is_slum else Decimal("0.00")

    @property
    def sectoral_percent(self) -> Decimal:
        """The *rata-rata kekumuhan sektoral*: the mean of the aspect averages, not rounded."""
        return _mean(aspect.average_percent for aspect in self.aspects)

    @property
    def points_above(self) -> int:
        """The points to lose for the next better class; 0 in the best class."""
        if self.slum_class == SlumClass.NONE:
            return 0
        return self.total - self.edition.lowest(self.slum_class) + 1

    def costliest(self) -> list[CriterionScore]:
        """Return the criteria with a score above 0, highest score first."""
        costing = [each for each in self.criteria if each.score]
        return sorted(costing, key=lambda each: (-each.score, -each.percent, each.criterion.key))


def out_of_range_sentence(criterion: Criterion, volume: Decimal, base: Decimal) -> str:
    """Return the error for a volume below 0 or above its base, and how to fix it."""
    named = f"{criterion.key} {criterion.name}"
    if volume < 0:
        return f"{named}: tidak boleh kurang dari 0."
    unit = criterion.unit
    return (
        f"{named}: {format_amount(volume)} {unit} melebihi {criterion.base.label} "
        f"{format_amount(base)} {unit}. Periksa keduanya."
    )


def percent_of(volume: Decimal, base: Decimal) -> Decimal:
    """Return volume over base in percent, two decimals, half up; 0 where the base is 0."""
    if base == 0:
        return Decimal("0.00")
    return (Decimal(volume) * 100 / Decimal(base)).quantize(TWO_PLACES, ROUND_HALF_UP)


def score(measured: Measured) -> Result:
    """Return the result of an assessment. Raises VolumeOutOfRange, KeyError for a missing volume."""
    return Result(
        measured.edition,
        measured.area_ha,
        tuple(
            AspectScore(aspect, tuple(_scored(each, measured) for each in aspect.criteria))
            for aspect in measured.edition.aspects
        ),
    )


def contribution_percent(before: Result, after: Result) -> Decimal | None:
    """Return the *kontribusi penanganan*: the reduction of the sectoral mean, in percent.

    Negative if the mean rose; None if it was 0 before, or if the editions differ.
    """
    if before.sectoral_percent == 0 or before.edition is not after.edition:
        return None
    gone = before.sectoral_percent - after.sectoral_percent
    return gone * 100 / before.sectoral_percent


def lowered(volumes: Mapping[str, Decimal], improved: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Subtract the improved volumes, never below 0."""
    return {
        key: max(Decimal(0), volume - improved.get(key, Decimal(0)))
        for key, volume in volumes.items()
    }


# Considerations besides the score; with the class they give the priority.
CONSIDERATIONS = ("tinggi", "sedang", "rendah")


def priority(slum_class: SlumClass, consideration: str) -> int | None:
    """Return the handling priority 1–9; None if the area is not slum or has no consideration."""
    if slum_class == SlumClass.NONE or consideration not in CONSIDERATIONS:
        return None
    classes = (SlumClass.HEAVY, SlumClass.MEDIUM, SlumClass.LIGHT)
    return 3 * CONSIDERATIONS.index(consideration) + classes.index(slum_class) + 1


def _scored(criterion: Criterion, measured: Measured) -> CriterionScore:
    volume, base = Decimal(measured.volumes[criterion.key]), measured.base_of(criterion)
    if not 0 <= volume <= base:
        raise VolumeOutOfRange(criterion, volume, base)
    percent = percent_of(volume, base)
    score = measured.edition.score_of(percent)
    return CriterionScore(criterion, volume, base, percent, score)


def _mean(values: Iterable[Decimal]) -> Decimal:
    values = list(values)
    return sum(values, Decimal(0)) / len(values)
