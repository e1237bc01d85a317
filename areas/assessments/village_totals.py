"""What a village's assessments come to: hectares of a year, and the way from one year to another."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from areas.models import (
    Assessment,
    Neighbourhood,
    Status,
    exact_slum_hectares,
    slum_hectares,
)
from areas.rules import scoring
from areas.rules.criteria import ASPECTS
from areas.rules.scoring import Result
from kotaku.formats import round_half_up


@dataclass(frozen=True)
class VillageYear:
    """A village's verified assessments that count for a year: each RT's last one until then.

    `of_year` were made in that very year; the others are carried forward.
    """

    year: int
    assessments: list[Assessment]
    village_id: int
    sample: bool

    @property
    def unassessed(self) -> int:
        """How many known RTs have no verified assessment, and so count for nothing."""
        return _known_rts(self.village_id, self.sample) - len(self.assessments)

    @property
    def slum_ha(self) -> Decimal:
        """The hectares of the RTs that count as slum, rounded once."""
        return slum_hectares(self.assessments)

    @property
    def exact_slum_ha(self) -> Decimal:
        """The same, not rounded."""
        return exact_slum_hectares(self.assessments)

    @property
    def slum_count(self) -> int:
        """How many RTs count as slum."""
        return sum(each.total >= scoring.SLUM_FROM for each in self.assessments)

    @property
    def made_then(self) -> list[Assessment]:
        """The assessments of this very year."""
        return [each for each in self.assessments if each.year == self.year]

    @property
    def of_year(self) -> int:
        """How many RTs were assessed in this very year."""
        return len(self.made_then)

    @property
    def offered(self) -> list[Assessment]:
        """What the year's figure can be computed from: nothing unless the year itself has some."""
        return self.assessments if self.of_year else []


def village_year(village, year: int, *, sample: bool) -> VillageYear:
    """Return what counts for a village's year, RT by RT."""
    rows = Assessment.objects.of_village(village).of_kind(sample=sample).latest_until(year)
    rows = rows.select_related("neighbourhood").order_by(
        "neighbourhood__rw", "neighbourhood__rt", "pk"
    )
    return VillageYear(year, list(rows), village.pk, sample)


def _known_rts(village_id, sample) -> int:
    """Return how many RTs of a village are known, assessed or not."""
    return Neighbourhood.objects.filter(village=village_id).of_kind(sample=sample).count()


def has_only_sample_rts(village) -> bool:
    """Whether all RTs that are known of a village are invented ones."""
    kinds = village.neighbourhoods.order_by().values_list("is_sample", flat=True).distinct()
    return set(kinds) == {True}


def basis_text(counted: int, slum: int) -> str:
    """Say what a figure was computed from; "" when somebody typed it."""
    return f"Dihitung dari {counted} penilaian RT, {slum} di antaranya kumuh" if counted else ""


def basis_lines(figure) -> list[str]:
    """Return what a figure was computed from, and which of it has changed since."""
    if figure.pk is None:
        return []
    basis = list(figure.basis.select_related("assessment__neighbourhood"))
    if not basis:
        return []
    changed = [
        each.assessment.neighbourhood.short_name
        for each in basis
        if each.assessment.status != Status.VERIFIED
        or (each.assessment.area_ha, each.assessment.total) != (each.area_ha, each.total)
    ]
    lines = [f"{basis_text(len(basis), sum(each.is_slum for each in basis))}."]
    rt = basis[0].assessment.neighbourhood
    known = _known_rts(rt.village_id, rt.is_sample)
    if known > len(basis):
        lines.append(f"{known - len(basis)} RT tidak ikut dihitung karena belum dinilai.")
    if changed:
        lines.append(f"Sudah berubah sejak dihitung: {', '.join(changed)}.")
    return lines


@dataclass(frozen=True)
class ComparedRow:
    """One RT in two years; `contribution_percent` as `scoring.contribution_percent`."""

    before: Assessment
    after: Assessment
    before_result: Result
    after_result: Result

    @property
    def reduced_ha(self) -> Decimal:
        """The hectares that are slum no more (negative: that have become slum)."""
        return self.before_result.slum_ha - self.after_result.slum_ha

    @property
    def contribution_percent(self) -> Decimal | None:
        """How much of its sectoral mean is gone."""
        return scoring.contribution_percent(self.before_result, self.after_result)


@dataclass(frozen=True)
class ComparedAspect:
    """One aspect in two years: the mean of the RTs' averages, in percent (0–100)."""

    name: str
    before_percent: Decimal
    after_percent: Decimal


@dataclass(frozen=True)
class Comparison:
    """A baseline and a later year, RT by RT, for the RTs that were assessed in both years."""

    before: VillageYear
    after: VillageYear
    rows: list[ComparedRow]

    @property
    def reduced_ha(self) -> Decimal:
        """The hectares that all its RTs have lost, rounded once."""
        return round_half_up(sum((row.reduced_ha for row in self.rows), Decimal("0.00")))

    @property
    def only_once(self) -> int:
        """How many RTs were assessed in one of the two years only, and are not compared."""
        return self.before.of_year + self.after.of_year - 2 * len(self.rows)

    @property
    def aspects(self) -> list[ComparedAspect]:
        """The way of each aspect."""
        return [
            ComparedAspect(
                aspect.name,
                _mean([row.before_result.aspects[place].average_percent for row in self.rows]),
                _mean([row.after_result.aspects[place].average_percent for row in self.rows]),
            )
            for place, aspect in enumerate(ASPECTS)
            if self.rows
        ]


def compare(before: VillageYear, after: VillageYear) -> Comparison:
    """Return the way from one year to another; a result that is carried forward is compared with none."""
    earlier = {each.neighbourhood_id: each for each in before.made_then}
    rows = [
        ComparedRow(
            earlier[each.neighbourhood_id],
            each,
            earlier[each.neighbourhood_id].result(),
            each.result(),
        )
        for each in after.made_then
        if each.neighbourhood_id in earlier
    ]
    return Comparison(before, after, rows)


def _mean(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal(0)) / len(values)
