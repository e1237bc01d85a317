"""Plain SQL for frequent queries, where building the queryset costs more than running it.

tests/areas/totals/test_hot_queries.py compares each with its queryset.
"""

from dataclasses import replace
from datetime import date

from django.db import connections, router

from areas.models import Baseline, YearlyFigure, programme_year
from areas.models.baseline import Totals
from areas.models.figure_queries import as_days
from areas.models.programme_year import as_change
from areas.models.states import Status
from areas.rules.progress import YearChange

# Areas are summed in whole ares (0,01 Ha), so sums are exact on every database.
CHANGES_BY_YEAR = f"""
WITH counted AS (
  SELECT figure.year, figure.status, figure.as_of, ROUND(figure.area_ha * 100) AS ares,
    ROUND(COALESCE(
      LAG(figure.area_ha) OVER (PARTITION BY figure.baseline_id ORDER BY figure.year),
      baseline.area_ha
    ) * 100) AS before
  FROM {YearlyFigure._meta.db_table} figure
  JOIN {Baseline._meta.db_table} baseline ON baseline.id = figure.baseline_id
  WHERE baseline.programme_id = %s AND figure.status IN ({{}})
), totals AS (
  SELECT SUM(ROUND(area_ha * 100)) AS ares, COUNT(*) AS villages,
    COUNT(CASE WHEN area_ha = 0 THEN 1 END) AS cleared
  FROM {Baseline._meta.db_table} WHERE programme_id = %s
)
SELECT counted.year, SUM(counted.ares - counted.before), COUNT(*),
  COUNT(CASE WHEN counted.ares = 0 THEN 1 END) - COUNT(CASE WHEN before = 0 THEN 1 END),
  COUNT(CASE WHEN counted.status = %s THEN 1 END),
  MIN(counted.as_of), MAX(counted.as_of), COUNT(counted.as_of),
  MAX(totals.ares), MAX(totals.villages), MAX(totals.cleared)
FROM counted CROSS JOIN totals GROUP BY counted.year ORDER BY counted.year
"""


def changes_by_year(programme: int, statuses) -> tuple[Totals | None, list[YearChange]]:
    """Return the baseline totals and yearly changes of a programme (primary key), in one query.

    The totals are None if no figure has one of these statuses.
    """
    sql = CHANGES_BY_YEAR.format(", ".join(["%s"] * len(statuses)))
    with connections[router.db_for_read(YearlyFigure)].cursor() as cursor:
        cursor.execute(sql, [programme, *statuses, programme, Status.SUBMITTED])
        rows = cursor.fetchall()
    if not rows:
        return None, []
    totals = programme_year.as_totals(as_change(0, *map(int, rows[0][8:])))
    return totals, [_change(*row[:8]) for row in rows]


def _change(year, ares, counted, cleared, submitted, first, last, dated) -> YearChange:
    days = as_days(_day(first), _day(last), dated)
    change = as_change(year, int(ares), counted, cleared)
    return replace(change, provisional=submitted, as_of=days)


def _day(value) -> date | None:
    """Return a date; SQLite returns it as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value
