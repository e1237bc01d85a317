"""What the village officer's screens ask, with SQL that is written once.

Each question takes the officer, so nobody finds what is not theirs.
"""

from areas.models import Baseline, Evidence, FigureEvent, YearlyFigure
from kotaku.caching.prepared import prepared

# No column holds a later one, and SQLite cannot even be asked for what has twenty digits.
LAST_YEAR = 9999


def baselines_of(officer, *, programme, code=None) -> list[Baseline]:
    """Return the baselines of this officer's villages in a period, perhaps of one village only."""
    values = {"officer": officer.pk, "programme": programme.pk}
    found = _baselines(**values) if code is None else _baselines(**values, code=code)
    for baseline in found:
        baseline.programme = programme
    return found


def figures_of(officer, baselines, *, programme) -> dict[int, list[YearlyFigure]]:
    """Return the figures of these baselines in a period: key of the baseline → figures."""
    known = {baseline.pk: baseline for baseline in baselines}
    figures = {pk: [] for pk in known}
    for figure in _figures(officer=officer.pk, programme=programme.pk) if known else ():
        if figure.baseline_id in known:
            figure.baseline = known[figure.baseline_id]
            figures[figure.baseline_id].append(figure)
    return figures


def figure_of(officer, baseline, year: int) -> YearlyFigure | None:
    """Return a baseline's figure of a year, if it is there and this officer's."""
    if year > LAST_YEAR:
        return None
    found = _figures(officer=officer.pk, baseline=baseline.pk, year=year)
    for figure in found:
        figure.baseline = baseline
    return next(iter(found), None)


@prepared(Evidence)
def evidence_of(figure):
    """Return a figure's (its key's) evidence."""
    return Evidence.objects.filter(figure=figure)


@prepared(FigureEvent)
def events_of(figure):
    """Return a figure's (its key's) history with who made it."""
    events = FigureEvent.objects.filter(figure=figure).select_related("actor")
    # Of the actor no more than the name.
    return events.only(
        *("kind", "at", "before_ha", "after_ha", "reason", "source"),
        *("actor__first_name", "actor__last_name", "actor__username"),
    )


@prepared(Baseline)
def _baselines(officer, programme, code=None):
    found = Baseline.objects.filter(programme=programme, village__officers=officer)
    if code:
        found = found.filter(village__code=code)
    return found.select_related("village__district")


@prepared(YearlyFigure)
def _figures(officer, programme=None, baseline=None, year=None):
    found = YearlyFigure.objects.of_officer(officer).select_related("returned_by")
    if programme:
        return found.filter(baseline__programme=programme)
    return found.filter(baseline=baseline, year=year)
