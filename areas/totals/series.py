"""Load the figures that count and build a Series with `progress`."""

from decimal import Decimal

from django.db.models import DecimalField, F, Max, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from areas.models import Baseline, ProgrammeYear, YearlyFigure, programme_year
from areas.models.baseline import Totals, as_totals
from areas.models.figure_queries import as_days
from areas.models.programme import HECTARES
from areas.models.programme_year import BASELINE
from areas.models.states import OFFICIAL, PROVISIONAL, Status
from areas.rules import as_of, progress
from areas.totals.hot_queries import changes_by_year
from kotaku.caching.remembered import remembered

# With fewer villages, summing the figures is as fast as reading the summary.
SUMMARISED_FROM = 2000


def counted_statuses(provisional: bool) -> tuple:
    """Return the states that count: verified, and for staff also submitted as provisional."""
    return PROVISIONAL if provisional else OFFICIAL


def programme_series(programme, *, provisional: bool = False) -> progress.Series | None:
    """Return a programme's series in four queries, for any number of villages.

    Without baselines the series contains only the declared area; None if that is unknown too.
    """
    statuses = counted_statuses(provisional)
    known, inferred = _baselines(programme.pk)
    (total_ha, villages, cleared), changes = _summed(programme, statuses, known)
    if not villages:
        if programme.declared_ha is None:
            return None
        total_ha = programme.declared_ha
    return progress.build_series(
        baseline_year=programme.baseline_year,
        baseline_ha=total_ha,
        villages=villages,
        cleared_at_baseline=cleared,
        changes=changes,
        target=programme.target(),
        this_year=timezone.localdate().year,
        inferred=inferred,
    )


def _summed(programme, statuses, totals) -> tuple[Totals, list[progress.YearChange]]:
    """Return the baseline totals and the yearly changes, from the summary if villages are many.

    The summary is used only if its baselines equal `totals`.
    """
    if totals[1] >= SUMMARISED_FROM and statuses == OFFICIAL:
        summed = ProgrammeYear.objects.filter(programme=programme).by_year()
        baselines = summed.pop(BASELINE, None)
        if baselines and programme_year.as_totals(baselines) == totals:
            return totals, as_of.dated((summed[year] for year in sorted(summed)), _days(programme))
    return _totals_and_changes(programme.pk, statuses)


def _totals_and_changes(programme: int, statuses) -> tuple[Totals, list[progress.YearChange]]:
    """Return the totals of a programme's baselines, and the changes by figures in these states.

    One query reads both: with two, a baseline corrected in between would be in only one of them.
    """
    totals, changes = changes_by_year(programme, statuses)
    return totals or _baselines(programme)[0], changes


def _days(programme) -> dict[int, progress.AsOf]:
    """Return year → the days of a programme's dated figures, which the summary lacks."""
    figures = YearlyFigure.objects.filter(baseline__programme=programme)
    rows = figures.days_by_year("baseline__programme")
    return {year: as_days(*days) for _, year, *days in rows}


@remembered("frame")
def _baselines(programme) -> tuple[Totals, int]:
    """Return the totals of a programme's baselines, and how many are inferred."""
    sums = list(Baseline.objects.filter(programme=programme).totals_by_programme())
    return (as_totals(sums[0]), sums[0]["inferred"]) if sums else ((Decimal(0), 0, 0), 0)


def village_series(baseline, *, provisional: bool = False) -> progress.Series:
    """Return one village's series; its figures come from `with_figures`."""
    statuses = counted_statuses(provisional)
    counted = [each for each in baseline.figures_by_year if each.status in statuses]
    areas_ha = {each.year: each.area_ha for each in counted}
    submitted = {each.year for each in counted if each.status == Status.SUBMITTED}
    days = {each.year: as_of.on(each.as_of) for each in counted}
    return progress.build_series(
        baseline_year=baseline.programme.baseline_year,
        baseline_ha=baseline.area_ha,
        villages=1,
        cleared_at_baseline=int(baseline.area_ha == 0),
        changes=as_of.dated(
            progress.yearly_changes([(baseline.area_ha, areas_ha)], submitted), days
        ),
        this_year=timezone.localdate().year,
        inferred=int(baseline.is_inferred),
    )


def public_series(programme, village) -> progress.Series:
    """Return a village's series in a period from verified figures alone."""
    baselines = Baseline.objects.filter(programme=programme, village=village)
    return village_series(with_figures(baselines.select_related("programme", "village")).get())


def newest_year(programme, *, provisional: bool = False) -> int:
    """Return the newest year in which any village of a programme has a counted figure; 0 if none."""
    return _newest_year(programme.pk, counted_statuses(provisional))


@remembered("areas", "frame")
def _newest_year(programme, statuses) -> int:
    figures = YearlyFigure.objects.filter(baseline__programme=programme, status__in=statuses)
    return figures.aggregate(newest=Max("year"))["newest"] or 0


def with_figures(baselines, figures=None):
    """Return baselines with all their figures prefetched as `figures_by_year`, in one query."""
    figures = YearlyFigure.objects.all() if figures is None else figures
    return baselines.prefetch_related(
        Prefetch("figures", queryset=figures.order_by("year"), to_attr="figures_by_year")
    )


def with_remaining(
    baselines,
    statuses,
    *,
    up_to: int | None = None,
    name: str = "remaining_ha",
    with_days: bool = False,
    with_status: bool = False,
):
    """Annotate the area in hectares left at the end of `up_to` (the newest year if None).

    It is the last figure in one of `statuses`, or else the baseline (carrying forward), and
    `<name>_year` is the year it comes from (None for the baseline); `with_days` adds `<name>_as_of`,
    `with_status` `<name>_status`.
    """
    figures = YearlyFigure.objects.filter(baseline=OuterRef("pk"), status__in=statuses)
    if up_to is not None:
        figures = figures.filter(year__lte=up_to)
    newest = figures.order_by("-year")
    area_ha = Coalesce(
        Subquery(newest.values("area_ha")[:1]), F("area_ha"), output_field=DecimalField(**HECTARES)
    )
    columns = {name: area_ha, f"{name}_year": Subquery(newest.values("year")[:1])}
    if with_days:
        columns[f"{name}_as_of"] = Subquery(newest.values("as_of")[:1])
    if with_status:
        columns[f"{name}_status"] = Subquery(newest.values("status")[:1])
    return baselines.annotate(**columns)
