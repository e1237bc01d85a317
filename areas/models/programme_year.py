"""Yearly changes of each period by its verified figures, for fast national totals.

Summing 830.000 figures takes seconds, reading this table milliseconds. It is not a cache: every
change of an official figure or a baseline runs within `summarised`, which writes the difference
in the same transaction. `rebuild` recomputes the table from the figures.
"""

from collections.abc import Iterable
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import Sum

from areas.models.states import OFFICIAL
from areas.rules import progress

# The year of the row with the baselines, stored as a change from 0.
BASELINE = 0
BATCH = 1000
NOTHING = (0, 0, 0)

_under_way: ContextVar[frozenset] = ContextVar("villages being summarised", default=frozenset())


class ProgrammeYearQuerySet(models.QuerySet):
    """Sums are public, because the verified figures in them are."""

    def by_year(self) -> dict[int, progress.YearChange]:
        """Return the sums of these rows by year; the baselines are under BASELINE."""
        rows = (
            self.order_by()
            .values("year")
            .annotate(ares=Sum("delta_ares"), count=Sum("counted"), gone=Sum("cleared_delta"))
            .values_list("year", "ares", "count", "gone")
        )
        return {year: as_change(year, ares, *counts) for year, ares, *counts in rows if counts[0]}

    def sums(self, path: str):
        """Return (value of `path`, year, ares, counted, cleared): sums for each path and year."""
        return (
            self.order_by()
            .values(path, "year")
            .annotate(ares=Sum("delta_ares"), count=Sum("counted"), gone=Sum("cleared_delta"))
            .values_list(path, "year", "ares", "count", "gone")
        )


def as_change(year: int, ares: int, counted: int, cleared: int) -> progress.YearChange:
    """Return a summed row in hectares."""
    return progress.YearChange(year, Decimal(ares).scaleb(-2), counted, cleared)


def as_totals(baselines: progress.YearChange) -> tuple[Decimal, int, int]:
    """Convert the row of the baselines to areas.models.baseline.Totals."""
    return baselines.delta_ha, baselines.counted, baselines.cleared_delta


class ProgrammeYear(models.Model):
    """A year's changes in a period, as `progress.YearChange`, in whole ares.

    An are is 0,01 Ha, so sums are exact on every database.
    """

    # It stands for the baseline.
    has_year_zero = True

    programme = models.ForeignKey(
        "areas.Programme", on_delete=models.CASCADE, related_name="summary", verbose_name="periode"
    )
    year = models.PositiveSmallIntegerField("tahun (0: baseline)")
    delta_ares = models.BigIntegerField("perubahan luas (are)")
    counted = models.IntegerField("jumlah desa/kelurahan")
    cleared_delta = models.IntegerField("perubahan jumlah yang tuntas")

    objects = ProgrammeYearQuerySet.as_manager()

    class Meta:
        verbose_name = "ringkasan periode"
        verbose_name_plural = "ringkasan periode"
        ordering = ["programme", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "year"],
                name="programme_year_once",
                violation_error_message="Ringkasan ini sudah ada.",
            )
        ]

    def __str__(self):
        return f"{self.programme}, {self.year}"


@contextmanager
def summarised(villages: Iterable[int]):
    """Update the summary after changes of baselines or official figures of these villages.

    The changes run within this block, in one transaction; concurrent changes of the same villages
    wait for it. Blocks may be nested; the outermost one of a village writes.
    """
    outer = _under_way.get()
    mine = frozenset(villages) - outer
    if not mine:
        with transaction.atomic():
            yield
        return
    token = _under_way.set(outer | mine)
    try:
        with transaction.atomic():
            _lock(mine)
            before = _counted(apps, mine)
            yield
            _add(before, _counted(apps, mine))
    finally:
        _under_way.reset(token)


def rebuild(registry=apps) -> int:
    """Recompute the summary from baselines and figures; return its number of rows."""
    model = registry.get_model("areas", "ProgrammeYear")
    with transaction.atomic():
        model.objects.all().delete()
        rows = _rows(model, _counted(registry, None))
        model.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)


def _lock(villages):
    """Lock these villages, always in the same order to avoid deadlocks."""
    rows = apps.get_model("areas", "Village").objects.order_by("pk")
    for chunk in _chunks(villages):
        list(rows.filter(pk__in=chunk).select_for_update(no_key=True).values_list("pk"))


def _chunks(villages):
    ordered = sorted(villages)
    return [ordered[start : start + BATCH] for start in range(0, len(ordered), BATCH)]


def _counted(registry, villages) -> dict[tuple, tuple[int, int, int]]:
    """Return (programme, year) → (ares, counted, cleared); for all villages if None."""
    totals: dict[tuple, tuple[int, int, int]] = {}
    for chunk in [None] if villages is None else _chunks(villages):
        for programme, area_ha, figures in _histories(registry, chunk):
            first = progress.YearChange(BASELINE, area_ha, 1, int(area_ha == 0))
            for change in (first, *progress.yearly_changes([(area_ha, figures)])):
                key = programme, change.year
                ares, counted, cleared = totals.get(key, NOTHING)
                totals[key] = (
                    ares + int(change.delta_ha * 100),
                    counted + change.counted,
                    cleared + change.cleared_delta,
                )
    return totals


def _histories(registry, villages):
    """Yield each baseline with its official figures by year, one at a time."""
    baselines = registry.get_model("areas", "Baseline").objects.order_by("pk")
    figures = registry.get_model("areas", "YearlyFigure").objects.filter(status__in=OFFICIAL)
    figures = figures.order_by("baseline", "year")
    if villages is not None:
        baselines = baselines.filter(village__in=villages)
        figures = figures.filter(baseline__village__in=villages)
    areas = figures.values_list("baseline", "year", "area_ha").iterator(chunk_size=BATCH)
    waiting = next(areas, None)
    facts = baselines.values_list("pk", "programme", "area_ha")
    for pk, programme, area_ha in facts.iterator(chunk_size=BATCH):
        found = {}
        while waiting and waiting[0] == pk:
            found[waiting[1]] = waiting[2]
            waiting = next(areas, None)
        yield programme, area_ha, found


def _add(before, after):
    """Add the differences in the database, so that no concurrent update is lost."""
    table = ProgrammeYear._meta.db_table
    with connection.cursor() as cursor:
        for key in sorted(before.keys() | after.keys()):
            old, new = before.get(key, NOTHING), after.get(key, NOTHING)
            if old == new:
                continue
            cursor.execute(
                f"INSERT INTO {table} "
                "(programme_id, year, delta_ares, counted, cleared_delta) "
                "VALUES (%s, %s, %s, %s, %s) "
                "ON CONFLICT (programme_id, year) DO UPDATE SET "
                f"delta_ares = {table}.delta_ares + excluded.delta_ares, "
                f"counted = {table}.counted + excluded.counted, "
                f"cleared_delta = {table}.cleared_delta + excluded.cleared_delta",
                [*key, *(there - here for here, there in zip(old, new, strict=True))],
            )


def _rows(model, totals):
    return [
        model(
            programme_id=programme,
            year=year,
            delta_ares=ares,
            counted=counted,
            cleared_delta=cleared,
        )
        for (programme, year), (ares, counted, cleared) in totals.items()
    ]
