"""The lines of a progress chart besides the actual one: target, gap, projection, plan. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from areas.charts.labels import Board, Spot, Text, along, around, beside, spot
from areas.charts.point_titles import projected_title
from areas.charts.scale import Plot, coordinate
from areas.rules.narrative import gap_side
from areas.rules.progress import Series
from kotaku.formats import format_hectares_unit

NEAR_YEARS = 5
DOT_RADIUS = 3.0
# A shorter gap is not drawn: it would be hidden by the point.
SHORTEST_GAP = 14.0
FOOT = 4.0
# From here on a drawing has room for labels across its lines.
ROOMY = 500


@dataclass(frozen=True)
class DrawnGap:
    """The distance of the newest point from its target: a path, and the label beside it."""

    path: str
    labels: tuple[Text, ...]
    is_above: bool


@dataclass(frozen=True)
class DrawnDot:
    """A point of the projection: the year's estimate."""

    x: str
    y: str
    title: str


def is_projection_shown(series: Series, last: int) -> bool:
    """Whether the projection is drawn on an axis that would end in `last` without it.

    It is drawn up to the year in which it meets the target, or not at all: a distant year would
    squeeze everything else.
    """
    if series.projection is None:
        return False
    return series.projection.year - last <= max(NEAR_YEARS, last - series.baseline_year)


def target_corners(series: Series, plot: Plot) -> list[tuple[float, float]]:
    """Return the target line; it ends in the target's year."""
    return [plot.at(year, area_ha) for year, area_ha in series.target_path]


def target_spots(series: Series, plot: Plot, corners) -> Iterator[Spot]:
    """Yield the places for the label of the target line."""
    target = series.final_target
    area = format_hectares_unit(target.area_ha)
    shares = (0.6, 0.75, 0.45, 0.3, 0.9, 0.15)
    for lines in (("Target:", f"{area} pada {target.year}"), (f"Target {target.year}",)):
        yield from along(lines, plot.text_size, corners, shares)
    yield from around(("Target",), plot.text_size, *corners[-1], 6, further=4)


def draw_gap(series: Series, plot: Plot, board: Board, radius: float) -> DrawnGap | None:
    """Return the gap between the newest point and its target; None where they are close.

    None also in little room, if its label would cross another line.
    """
    latest = series.latest
    if not series.has_figures or not latest.gap_ha:
        return None
    x, top = plot.at(latest.year, latest.remaining_ha)
    _, end = plot.at(latest.year, latest.target_ha)
    if abs(end - top) < SHORTEST_GAP:
        return None
    start = top + (radius + 3 if end > top else -radius - 3)
    board.draw([(x, start), (x, end)])
    words = (format_hectares_unit(abs(latest.gap_ha)), f"{gap_side(latest.gap_ha)} target")
    shares = (0.55, 0.4, 0.7, 0.25, 0.85)
    sides = ((x + 6, "start"), (x - 6, "end"))
    spots = (
        spot(lines, plot.text_size, edge, start + share * (end - start), anchor)
        for lines in (words, (" ".join(words),))
        for edge, anchor in sides
        for share in shares
    )
    is_roomy = plot.right > ROOMY
    labels = board.place(spots, most=float("inf") if is_roomy else 0.0)
    # The label would strike through the target line; the key figures say the same.
    if not labels and not is_roomy:
        return None
    path = f"M{coordinate(x)} {coordinate(start)}V{coordinate(end)}m-{FOOT:.0f} 0h{2 * FOOT:.0f}"
    return DrawnGap(path, labels, latest.gap_ha > 0)


def projection_corners(series: Series, plot: Plot) -> list[tuple[float, float]]:
    """Return the projection line: one corner per year, up to the projected year; [] if not drawn."""
    projection = series.projection
    if projection is None or projection.year > plot.last:
        return []
    years = range(projection.from_year, projection.year + 1)
    return [plot.at(year, projection.area_in(year)) for year in years]


def draw_dots(series: Series, corners, board: Board) -> tuple[DrawnDot, ...]:
    """Return a small point for each year ahead in the projection, with its estimate as a title."""
    drawn = []
    for number, (x, y) in enumerate(corners[1:], start=1):
        year = series.projection.from_year + number
        if year < series.projection.ahead:
            continue
        board.take_circle(x, y, DOT_RADIUS)
        drawn.append(DrawnDot(coordinate(x), coordinate(y), projected_title(series, year)))
    return tuple(drawn)


def projection_spots(series: Series, plot: Plot, corners, right: float) -> Iterator[Spot]:
    """Yield the places for the projection's label, which names the year at its end."""
    projection = series.projection
    area = format_hectares_unit(projection.target_ha)
    end = f"akhir {projection.year}"
    wordings = [("Perkiraan:", end), (f"Perkiraan {end}",)]
    if plot.right - plot.left > 500:
        long = ("Perkiraan dengan laju sekarang:", f"{area} pada {end}")
        wordings.insert(0, long)
    for share in (0.5, 0.65, 0.8, 0.35, 0.95, 0.2):
        for lines in wordings:
            yield from along(lines, plot.text_size, corners, (share,))
            yield from beside(lines, plot.text_size, corners, right)
    for lines in wordings:
        yield from around(lines, plot.text_size, *corners[-1], 8, further=6)


def plan_spots(plot: Plot, corners, right: float) -> Iterator[Spot]:
    """Yield the places for the label of the work plan line."""
    yield from _named(("Bila rencana", "terlaksana"), plot, corners, right)


def pace_corners(pace: Sequence[tuple[int, Decimal]], plot: Plot) -> list[tuple[float, float]]:
    """Return the line of a place that falls as fast as its city; [] for a single point."""
    return [plot.at(year, area_ha) for year, area_ha in pace] if len(pace) > 1 else []


def pace_spots(plot: Plot, corners, right: float) -> Iterator[Spot]:
    """Yield the places for the label of the line at the city's pace."""
    yield from _named(("Bila turun", "secepat kota"), plot, corners, right)


def _named(words, plot, corners, right) -> Iterator[Spot]:
    for lines in ((" ".join(words),), words):
        for share in (0.6, 0.8, 0.4, 0.95, 0.2):
            yield from along(lines, plot.text_size, corners, (share,))
            yield from beside(lines, plot.text_size, corners, right)
        yield from around(lines, plot.text_size, *corners[-1], 8, further=6)
