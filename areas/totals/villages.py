"""Load the series of all villages of a period in two queries, to compare and rank them."""

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from django.utils import timezone

from areas.models import Baseline, Status, Village, YearlyFigure
from areas.rules import as_of, comparing, progress
from areas.totals.series import counted_statuses
from kotaku.caching.remembered import remembered

KINDS = dict(Village.Kind.choices)
# A baseline, its hectares, and the village.
COLUMNS = (
    "pk",
    "area_ha",
    "is_inferred",
    "village__code",
    "village__name",
    "village__kind",
    "village__district__name",
)


class VillageSeries(NamedTuple):
    """A village in a period with its series; areas are hectares."""

    code: str
    name: str
    kind: str
    district: str
    series: progress.Series

    @property
    def full_name(self) -> str:
        """The name with its kind, `Desa Binangun`."""
        return f"{self.kind} {self.name}"


def village_series_of(programme, *, provisional: bool = False) -> list[VillageSeries]:
    """Return the villages of a period with their series, sorted by name."""
    statuses, this_year = counted_statuses(provisional), timezone.localdate().year
    return _series_of(programme.pk, programme.baseline_year, statuses, this_year)


# Each entry takes some hundred kilobytes.
@remembered("areas", "frame", most=20)
def _series_of(programme, baseline_year: int, statuses, this_year: int) -> list[VillageSeries]:
    figures: dict[int, list[tuple]] = {}
    rows = YearlyFigure.objects.filter(baseline__programme=programme, status__in=statuses)
    for pk, *facts in rows.order_by("year").values_list(
        "baseline", "year", "area_ha", "status", "as_of"
    ):
        figures.setdefault(pk, []).append(tuple(facts))
    return [
        VillageSeries(
            code=code,
            name=name,
            kind=KINDS[kind],
            district=district,
            series=_series(
                baseline_year,
                area_ha,
                is_inferred,
                tuple(figures.get(pk, ())),
                this_year,
            ),
        )
        for pk, area_ha, is_inferred, code, name, kind, district in _frame(programme)
    ]


def neighbours(programme, code: str) -> tuple[tuple[str, str] | None, tuple[str, str] | None]:
    """Return (code, name) of the villages before and after this one in the period, by name."""
    rows = [(code, name) for _, _, _, code, name, _, _ in _frame(programme.pk)]
    at = next((number for number, (other, _) in enumerate(rows) if other == code), None)
    if at is None:
        return None, None
    return rows[at - 1] if at else None, rows[at + 1] if at + 1 < len(rows) else None


@remembered("frame")
def _frame(programme) -> list[tuple]:
    """Return the COLUMNS of a period's villages, sorted by name."""
    rows = Baseline.objects.filter(programme=programme).order_by("village__name", "village__code")
    return list(rows.values_list(*COLUMNS))


# Cached: a verification changes only one village.
@lru_cache(maxsize=2048)
def _series(
    baseline_year: int, area_ha: Decimal, is_inferred: bool, figures, this_year: int
) -> progress.Series:
    areas_ha = {year: area for year, area, _, _ in figures}
    submitted = {year for year, _, status, _ in figures if status == Status.SUBMITTED}
    days = {year: as_of.on(day) for year, _, _, day in figures}
    return progress.build_series(
        baseline_year=baseline_year,
        baseline_ha=area_ha,
        villages=1,
        cleared_at_baseline=int(area_ha == 0),
        changes=as_of.dated(progress.yearly_changes([(area_ha, areas_ha)], submitted), days),
        this_year=this_year,
        inferred=int(is_inferred),
    )


def village_ranks(villages: list[VillageSeries], until: int) -> dict[str, int]:
    """Return code → rank by reduction in percent up to a year, of those with a figure by then."""
    return comparing.ranks(
        {
            each.code: comparing.point_in(each.series, until).reduced_percent
            for each in villages
            if comparing.has_figure_by(each.series, until)
        }
    )
