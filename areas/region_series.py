"""The bridge from the database to `summing`: a province or the nation, and the parts it adds up."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count

from areas.models import Baseline, Programme, ProgrammeYear, YearlyFigure, YearTarget
from areas.models.programme_year import BASELINE
from areas.models.states import OFFICIAL
from areas.progress import Series, Target, YearChange
from areas.summing import Part, summed
from kotaku.models import Region


@dataclass(frozen=True)
class RegionSum:
    """A region with what its periods add up to; `series` is None where no area is known.

    `known` of `regencies` kabupaten and kota in it have a running period with villages' areas.
    `programmes` are these periods.
    """

    region: Region
    series: Series | None
    known: int
    regencies: int
    programmes: Sequence[Programme]

    @property
    def is_sample(self) -> bool:
        """Whether anything invented is in the sum."""
        return any(programme.is_sample for programme in self.programmes)

    @property
    def without_target(self) -> int:
        """How many of the periods promise nothing; the sum then promises nothing either."""
        return sum(programme.target_year is None for programme in self.programmes)


def region_sums(region: Region) -> tuple[RegionSum, list[RegionSum]]:
    """Return the sum of a province or the nation, and the sums of its parts by name.

    The parts of a nation are its provinces, those of a province its kabupaten and kota. Verified
    figures only, from the maintained summary: a fixed number of queries for any number of villages.
    """
    regencies = list(
        Region.objects.inside(region).exclude(parent=None).select_related("parent").order_by("code")
    )
    running = _running(region)
    parts = _parts(region, running.values())
    groups: dict[int, list[Region]] = {}
    heads: dict[int, Region] = {}
    for regency in regencies:
        head = regency.parent if region.kind == Region.Kind.NATION else regency
        heads[head.pk] = head
        groups.setdefault(head.pk, []).append(regency)
    below = [_sum(heads[pk], group, running, parts) for pk, group in groups.items()]
    below.sort(key=lambda each: (each.region.name, each.region.code))
    return _sum(region, regencies, running, parts), below


def _running(region) -> dict[int, Programme]:
    """Return region → its current period, else its newest, as `ProgrammeQuerySet.current` chooses."""
    ordered = Programme.objects.inside(region).order_by("is_current", "baseline_year", "pk")
    # The last one stays.
    return {programme.region_id: programme for programme in ordered}


def _parts(region, programmes) -> dict[int, Part]:
    """Return programme → what it brings into a sum, for those with villages' baselines."""
    inside = Programme.objects.inside(region)
    villages, summary, stated = _village_counts(inside), _summary(inside), _stated(inside)
    return {
        programme.pk: _part(
            programme,
            villages[programme.pk],
            summary.get(programme.pk, {}),
            programme.target(stated.get(programme.pk, {})),
        )
        for programme in programmes
        if programme.pk in villages
    }


def _village_counts(programmes) -> dict[int, int]:
    """Return programme → how many villages have a baseline in it."""
    found = Baseline.objects.filter(programme__in=programmes).order_by()
    return dict(found.values_list("programme").annotate(Count("pk")))


def _summary(programmes) -> dict[int, dict[int, tuple[int, int, int]]]:
    """Return programme → year → (ares, counted, cleared), the baselines under BASELINE."""
    rows = ProgrammeYear.objects.filter(programme__in=programmes).order_by("programme", "year")
    found: dict = {}
    for programme, year, *values in rows.values_list(
        "programme", "year", "delta_ares", "counted", "cleared_delta"
    ):
        found.setdefault(programme, {})[year] = tuple(values)
    return found


def _stated(programmes) -> dict[int, dict[int, Decimal]]:
    """Return programme → year → hectares that it states for that year."""
    rows = YearTarget.objects.filter(programme__in=programmes)
    found: dict = {}
    for programme, year, area_ha in rows.values_list("programme", "year", "area_ha"):
        found.setdefault(programme, {})[year] = area_ha
    return found


def _part(programme: Programme, villages: int, summary, target: Target | None) -> Part:
    ares, counted, cleared = summary.get(BASELINE, (0, 0, 0))
    if counted != villages:
        return _counted_anew(programme, target)
    changes = [
        YearChange(year, _hectares(delta), count, gone)
        for year, (delta, count, gone) in summary.items()
        if year != BASELINE and count
    ]
    return Part(programme.baseline_year, _hectares(ares), villages, cleared, target, changes)


def _counted_anew(programme: Programme, target: Target | None) -> Part:
    """Return a part from the figures themselves, should the summary not know all its villages."""
    total_ha, villages, cleared = programme.baselines.totals()
    figures = YearlyFigure.objects.filter(baseline__programme=programme)
    changes = figures.yearly_changes(OFFICIAL)
    return Part(programme.baseline_year, total_ha, villages, cleared, target, changes)


def _hectares(ares: int) -> Decimal:
    return Decimal(ares).scaleb(-2)


def _sum(region, regencies, running, parts) -> RegionSum:
    programmes = [
        running[regency.pk]
        for regency in regencies
        if regency.pk in running and running[regency.pk].pk in parts
    ]
    return RegionSum(
        region=region,
        series=summed(parts[programme.pk] for programme in programmes),
        known=len(programmes),
        regencies=len(regencies),
        programmes=programmes,
    )
