"""What stands beside a figure under review: its neighbours in the queue, and what is not handed in."""

from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse

from areas.figures.unreported import MISSING, STATES, unreported
from areas.models import YearlyFigure
from areas.rules import findings
from areas.totals.series import programme_series
from kotaku.formats import format_hectares_unit

# The neighbours shown; the whole queue is one click away.
SHOWN = 8
MAX_NAMES = 40


@dataclass(frozen=True)
class MissingGroup:
    """Villages that have not handed in, in one state; `names` is a list in words."""

    label: str
    names: str


@dataclass(frozen=True)
class ReviewSide:
    """The neighbours of a figure (review_page.QueueRow), oldest first, and the villages missing.

    `place` is the figure's position in the queue, 0 if it does not wait.
    """

    rows: list
    waiting: int
    place: int
    next_row: object | None
    year: int
    missing: list[MissingGroup]
    missing_url: str


def review_side(figure, user, queue_rows) -> ReviewSide:
    """Return the side of a figure's page; `queue_rows(primary keys)` loads rows of the queue."""
    waiting = list(YearlyFigure.objects.reviewable_by(user).values_list("pk", flat=True))
    place = waiting.index(figure.pk) + 1 if figure.pk in waiting else 0
    start = max(0, min(place - SHOWN // 2, len(waiting) - SHOWN))
    rows = queue_rows(tuple(waiting[start : start + SHOWN]))
    following = waiting[place : place + 1] if place else waiting[:1]
    programme = figure.baseline.programme
    query = {"periode": programme.slug, "tahun": figure.year}
    return ReviewSide(
        rows=rows,
        waiting=len(waiting),
        place=place,
        next_row=next((row for row in rows if [row.figure_id] == following), None),
        year=figure.year,
        missing=_missing(programme, figure.year),
        missing_url=reverse("areas:unreported", query=query),
    )


def _missing(programme, year: int) -> list[MissingGroup]:
    if not programme.accepts(year):
        return []
    baselines = unreported(programme, year).order_by("village__name", "village__code")
    names = list(baselines.values_list("pk", "village__name")[: MAX_NAMES + 1])
    figures = YearlyFigure.objects.filter(year=year, baseline__in=[pk for pk, _ in names])
    states = dict(figures.order_by().values_list("baseline", "status"))
    ranks = {status: rank for rank, status in enumerate(reversed(STATES))}
    found = [(states.get(pk, MISSING), name) for pk, name in names[:MAX_NAMES]]
    found.sort(key=lambda each: ranks[each[0]])
    return [
        MissingGroup(STATES[status], findings.listed([name for _, name in group]))
        for status, group in groupby(found, key=lambda each: each[0])
    ]


def effect(figure, village_series) -> str:
    """Return what verifying a figure does to its city's newest total; "" where it does nothing."""
    latest = village_series.latest
    if village_series.has_figures and figure.year < latest.year:
        return ""
    city = programme_series(figure.baseline.programme)
    if city is None:
        return ""
    change = figure.area_ha - latest.remaining_ha
    before, after = (
        format_hectares_unit(area)
        for area in (city.latest.remaining_ha, city.latest.remaining_ha + change)
    )
    since, until = city.latest.year, max(city.latest.year, figure.year)
    if not change:
        return f"Sisa luas kumuh kota tahun {until} tetap {before}."
    verb = "naik" if change > 0 else "turun"
    if since < until:
        return f"Sisa luas kumuh kota {verb} dari {before} ({since}) menjadi {after} ({until})."
    return f"Sisa luas kumuh kota tahun {until} {verb} dari {before} menjadi {after}."
