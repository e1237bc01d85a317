"""Queries of the village officer's pages.

Baselines are looked up by officer, and figures by these baselines, so that officers reach only
their own.
"""

from areas.models import Baseline, Evidence, FigureEvent, YearlyFigure
from kotaku.caching.remembered import remembered

# Much later years overflow the column, and SQLite fails on numbers of twenty digits.
LAST_YEAR = 9999


def baselines_of(officer, *, programme, code=None) -> list[Baseline]:
    """Return the baselines of this officer's villages in a period, optionally of one village."""
    return _baselines(officer.pk, programme, code)


@remembered("frame")
def _baselines(officer, programme, code) -> list[Baseline]:
    found = Baseline.objects.filter(programme=programme, village__officers=officer)
    if code is not None:
        found = found.filter(village__code=code)
    found = list(found.select_related("village__district"))
    for baseline in found:
        baseline.programme = programme
    return found


def figures_of(baselines) -> dict[int, list[YearlyFigure]]:
    """Return the figures of these baselines: primary key of the baseline → figures."""
    known = {baseline.pk: baseline for baseline in baselines}
    figures = {pk: [] for pk in known}
    found = YearlyFigure.objects.filter(baseline__in=known).select_related("returned_by")
    for figure in found:
        figure.baseline = known[figure.baseline_id]
        figures[figure.baseline_id].append(figure)
    return figures


def figure_of(baseline, year: int) -> YearlyFigure | None:
    """Return a baseline's figure of a year, or None."""
    if year > LAST_YEAR:
        return None
    figure = YearlyFigure.objects.filter(baseline=baseline, year=year).first()
    if figure:
        figure.baseline = baseline
    return figure


def evidence_of(figure):
    """Return the evidence of a figure (a primary key)."""
    return Evidence.objects.filter(figure=figure)


def events_of(figure):
    """Return the history of a figure (a primary key) with the actors."""
    events = FigureEvent.objects.filter(figure=figure).select_related("actor")
    # Load only the actor's name.
    return events.only(
        *("kind", "at", "before_ha", "after_ha", "reason", "source"),
        *("actor__full_name", "actor__username"),
    )
