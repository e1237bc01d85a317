"""The sums of a village's assessments: hectares of a year, and the change from one year to another."""

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
from areas.rules.criteria import CURRENT
from areas.rules.edition import Edition
from areas.rules.scoring import Result
from kotaku.formats import round_half_up


@dataclass(frozen=True)
class VillageYear:
    """A village's verified assessments that count for a year: each RT's last one up to that year.

    `of_year` of them were made in that year; the others are carried forward.
    """

    year: int
    assessments: list[Assessment]
    village_id: int
    sample: bool

    @property
    def unassessed(self) -> int:
        """The number of RTs without a verified assessment; they are not counted."""
        return _known_rts(self.village_id, self.sample) - len(self.assessments)

    @property
    def waiting(self) -> int:
        """The number of unassessed RTs that have a submitted assessment of that year or before."""
        counted = [each.neighbourhood_id for each in self.assessments]
        return _waiting_rts(self.village_id, self.sample, self.year, counted)

    @property
    def slum_ha(self) -> Decimal:
        """The hectares of the RTs that count as slum, rounded once."""
        return slum_hectares(self.assessments)

    @property
    def exact_slum_ha(self) -> Decimal:
        """`slum_ha`, not rounded."""
        return exact_slum_hectares(self.assessments)

    @property
    def slum_count(self) -> int:
        """How many RTs count as slum."""
        return sum(each.is_slum for each in self.assessments)

    @property
    def editions(self) -> list[Edition]:
        """The editions of its assessments; the current one if there are none."""
        return list(dict.fromkeys(each.edition for each in self.assessments)) or [CURRENT]

    @property
    def made_then(self) -> list[Assessment]:
        """The assessments made in `year`."""
        return [each for each in self.assessments if each.year == self.year]

    @property
    def of_year(self) -> int:
        """How many RTs were assessed in `year`."""
        return len(self.made_then)

    @property
    def offered(self) -> list[Assessment]:
        """The assessments to compute the year's figure from; [] if none was made in that year."""
        return self.assessments if self.of_year else []


def village_year(village, year: int, *, sample: bool) -> VillageYear:
    """Return a village's assessments that count for a year."""
    rows = Assessment.objects.of_village(village).of_kind(sample=sample).latest_until(year)
    rows = rows.select_related("neighbourhood").order_by(
        "neighbourhood__rw", "neighbourhood__rt", "pk"
    )
    return VillageYear(year, list(rows), village.pk, sample)


def _known_rts(village_id, sample) -> int:
    """Return how many RTs of a village are known, assessed or not."""
    return Neighbourhood.objects.filter(village=village_id).of_kind(sample=sample).count()


def _waiting_rts(village_id, sample, year: int, counted: list[int]) -> int:
    """Return how many RTs, without the counted ones, have a submitted assessment up to a year."""
    rows = Assessment.objects.filter(
        neighbourhood__village=village_id,
        neighbourhood__is_sample=sample,
        status=Status.SUBMITTED,
        year__lte=year,
    ).exclude(neighbourhood__in=counted)
    return rows.order_by().values("neighbourhood").distinct().count()


def has_only_sample_rts(village) -> bool:
    """Whether the village has RTs, all of them sample ones."""
    kinds = village.neighbourhoods.order_by().values_list("is_sample", flat=True).distinct()
    return set(kinds) == {True}


def basis_text(counted: int, slum: int) -> str:
    """Return the sentence about a figure's assessments; "" for a typed figure."""
    return f"Dihitung dari {counted} penilaian RT, {slum} di antaranya kumuh" if counted else ""


def basis_lines(figure) -> list[str]:
    """Return lines on the assessments behind a figure, and on those that have changed since.

    For pages of its village and of Bappeda: they say what waits for verification.
    """
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
        lines.append(
            f"{known - len(basis)} RT tidak ikut dihitung karena saat itu belum ada penilaiannya yang "
            f"terverifikasi{_now_waiting(figure, basis)}."
        )
    if changed:
        lines.append(f"Sudah berubah sejak dihitung: {', '.join(changed)}.")
    return lines


def _now_waiting(figure, basis) -> str:
    rts = [each.assessment.neighbourhood for each in basis]
    counted = [rt.pk for rt in rts]
    waiting = _waiting_rts(rts[0].village_id, rts[0].is_sample, figure.year, counted)
    return f"; {waiting} di antaranya sekarang menunggu verifikasi" if waiting else ""


@dataclass(frozen=True)
class ComparedRow:
    """One RT in two years; the change in hectares and in percent."""

    before: Assessment
    after: Assessment
    before_result: Result
    after_result: Result

    @property
    def reduced_ha(self) -> Decimal:
        """The reduction of slum hectares, each year by its own edition; negative if they grew."""
        return self.before_result.slum_ha - self.after_result.slum_ha

    @property
    def is_comparable(self) -> bool:
        """Whether both years have the same criteria, so that their scores can be compared."""
        return self.before.edition is self.after.edition

    @property
    def contribution_percent(self) -> Decimal | None:
        """The reduction of the RT's sectoral mean in percent (`scoring.contribution_percent`)."""
        return scoring.contribution_percent(self.before_result, self.after_result)


@dataclass(frozen=True)
class ComparedAspect:
    """One aspect in two years: the mean of the RTs' averages, in percent (0–100)."""

    edition: Edition
    name: str
    before_percent: Decimal
    after_percent: Decimal


@dataclass(frozen=True)
class Comparison:
    """An earlier and a later year, RT by RT, for the RTs that were assessed in both years."""

    before: VillageYear
    after: VillageYear
    rows: list[ComparedRow]

    @property
    def reduced_ha(self) -> Decimal:
        """The sum of its RTs' reductions in hectares, rounded once."""
        return round_half_up(sum((row.reduced_ha for row in self.rows), Decimal("0.00")))

    @property
    def only_once(self) -> int:
        """How many RTs were assessed in only one of the two years, and are not compared."""
        return self.before.of_year + self.after.of_year - 2 * len(self.rows)

    @property
    def incomparable(self) -> int:
        """How many RTs changed edition between the years, so that their scores are not compared."""
        return sum(not row.is_comparable for row in self.rows)

    @property
    def aspects(self) -> list[ComparedAspect]:
        """Each aspect's change, by edition; only of RTs with the same edition in both years."""
        by_edition: dict[Edition, list[ComparedRow]] = {}
        for row in self.rows:
            if row.is_comparable:
                by_edition.setdefault(row.after.edition, []).append(row)
        return [
            ComparedAspect(
                edition,
                aspect.name,
                _mean([row.before_result.aspects[place].average_percent for row in rows]),
                _mean([row.after_result.aspects[place].average_percent for row in rows]),
            )
            for edition, rows in by_edition.items()
            for place, aspect in enumerate(edition.aspects)
        ]


def compare(before: VillageYear, after: VillageYear) -> Comparison:
    """Return the comparison of two years; assessments that are carried forward are left out."""
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
