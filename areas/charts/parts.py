"""The parts of a progress chart as formatted strings: axes, lines, marks, labels. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from areas.charts.labels import (
    Board,
    Box,
    Spot,
    Text,
    along,
    around,
    beside,
    spot,
    square,
    text_width,
)
from areas.charts.labels_text import ProposedPoint, value_mark
from areas.charts.scale import (
    Plot,
    coordinate,
    labelled_years,
    moment_of,
    path_points,
    tick_labels,
)
from areas.rules.as_of import day_text
from areas.rules.progress import Series
from kotaku.formats import format_date, format_hectares

TEXT_SIZE = 14
ROW = 20
NEAR_YEARS = 5
LONGEST_MARK_LABEL = 28


@dataclass(frozen=True)
class ChartMark:
    """An event on the axis of years: a day, a short text, and the URL of its page."""

    day: date
    label: str
    url: str | None = None


@dataclass(frozen=True)
class Tick:
    """A tick of an axis: its position, and its label if there is room."""

    at: str
    label: Text | None


@dataclass(frozen=True)
class DrawnPoint:
    """The circle of one year's point."""

    x: str
    y: str
    is_hollow: bool


@dataclass(frozen=True)
class DrawnMark:
    """The line of an event; `labels` is empty if there is no room."""

    x: str
    top: str
    labels: tuple[Text, ...]
    day: str
    name: str
    url: str | None


@dataclass(frozen=True)
class DrawnProposal:
    """The proposed point; `line` connects it to the last point before its year."""

    x: str
    y: str
    line: str
    labels: tuple[Text, ...]


def highest(series: Series, proposed: ProposedPoint | None) -> Decimal:
    """Return the largest area (hectares) on the chart."""
    areas = [point.remaining_ha for point in series.points]
    areas += [area_ha for _, area_ha in series.target_path]
    return max(areas + ([proposed.area_ha] if proposed else []))


def last_year_shown(
    series: Series, proposed: ProposedPoint | None, plan: Sequence[tuple[int, Decimal]] = ()
) -> int:
    """Return the axis's last year: the latest of target, figures, proposal, plan, near projection.

    A projection to a distant year still gets some room, to show its direction.
    """
    last = max(
        series.latest.year,
        *(year for year, _ in series.target_path),
        proposed.year if proposed else 0,
        *(year for year, _ in plan),
    )
    if projection := series.projection:
        if projection.year <= last + NEAR_YEARS:
            last = max(last, projection.year)
        elif projection.from_year == last:
            last += min(NEAR_YEARS, max(1, (last - series.baseline_year) // 4))
    return max(last, series.baseline_year + 1)


def visible_marks(
    marks: Sequence[ChartMark], baseline_year: int, last_year: int
) -> list[ChartMark]:
    """Return the marks within the axis (from 1 January of the baseline year), oldest first."""
    shown = [mark for mark in marks if baseline_year - 1 < moment_of(mark.day) <= last_year]
    return sorted(shown, key=lambda mark: (mark.day, mark.label))


def frame_left(ticks: Sequence[Decimal]) -> float:
    """Return where grid lines begin, right of the labels of the axis."""
    return max(text_width(label, TEXT_SIZE) for label in tick_labels(ticks)) + 8


def make_plot(series, ticks, marks, last, width, height) -> Plot:
    """Return the rectangle for the data; marks extend it left and take one row at its top."""
    widest = text_width(format_hectares(series.latest.remaining_ha), TEXT_SIZE)
    return Plot(
        left=frame_left(ticks) + 12,
        right=width - max(24, widest / 2 + 4),
        top=ROW + 12 + (ROW if marks else 0),
        bottom=height - 1.5 * ROW,
        first=min([series.baseline_year, *(moment_of(mark.day) for mark in marks)]),
        last=last,
        ceiling=ticks[-1],
    )


def draw_y_ticks(plot: Plot, ticks: Sequence[Decimal], board: Board) -> tuple[Tick, ...]:
    """Return the ticks in hectares, and reserve the places of their labels."""
    drawn = []
    for tick, label in zip(ticks, tick_labels(ticks), strict=True):
        place = spot((label,), TEXT_SIZE, frame_left(ticks) - 8, plot.y(tick), "end")
        board.take(place.box)
        drawn.append(Tick(coordinate(plot.y(tick)), place.texts[0]))
    return tuple(drawn)


def draw_x_ticks(first: int, last: int, plot: Plot) -> tuple[Tick, ...]:
    """Return a tick for every year; labels are limited to those that fit without overlap."""
    room = int((plot.x(last) - plot.x(first)) / text_width("00000", TEXT_SIZE))
    labelled = labelled_years(first, last, room)
    drawn = []
    for year in range(first, last + 1):
        place = spot((str(year),), TEXT_SIZE, plot.x(year), plot.bottom + 8, "middle", "below")
        drawn.append(Tick(coordinate(plot.x(year)), place.texts[0] if year in labelled else None))
    return tuple(drawn)


def target_corners(series: Series, plot: Plot) -> list[tuple[float, float]]:
    """Return the target line; the final target applies from its year to the end of the axis."""
    corners = [plot.at(year, area_ha) for year, area_ha in series.target_path]
    if corners and series.final_target.year < plot.last:
        corners.append(plot.at(plot.last, series.final_target.area_ha))
    return corners


def projection_corners(series: Series, plot: Plot) -> list[tuple[float, float]]:
    """Return the projection line: one corner per year, up to the projected year or the axis end."""
    if (projection := series.projection) is None:
        return []
    years = range(projection.from_year, min(projection.year, int(plot.last)) + 1)
    return [plot.at(year, projection.area_in(year)) for year in years]


def projection_spots(series: Series, plot: Plot, corners, right: float) -> Iterator[Spot]:
    """Yield the places for the projection's label, with `→` if its year is beyond the axis."""
    year = series.projection.year
    until = f"→ {year}" if year > plot.last else f"({year})"
    words = ("Dengan laju", f"sekarang {until}")
    wordings = (words, (" ".join(words),))
    for share in (0.5, 0.65, 0.8, 0.35, 0.95, 0.2):
        for lines in wordings:
            yield from along(lines, TEXT_SIZE, corners, (share,))
            yield from beside(lines, TEXT_SIZE, corners, right)
    for lines in wordings:
        yield from around(lines, TEXT_SIZE, *corners[-1], 8, further=6)


def plan_spots(corners, right: float) -> Iterator[Spot]:
    """Yield the places for the label of the work plan line."""
    words = ("Bila rencana", "terlaksana")
    for lines in (words, (" ".join(words),)):
        for share in (0.6, 0.8, 0.4, 0.95, 0.2):
            yield from along(lines, TEXT_SIZE, corners, (share,))
            yield from beside(lines, TEXT_SIZE, corners, right)
        yield from around(lines, TEXT_SIZE, *corners[-1], 8, further=6)


def draw_marks(marks: Sequence[ChartMark], plot: Plot, board: Board) -> tuple[DrawnMark, ...]:
    """Return the marks, labelled in a row above the data; a mark without its label is shorter."""
    drawn = []
    for mark in marks:
        x = plot.x(moment_of(mark.day))
        board.draw([(x, plot.top), (x, plot.bottom)])
        line = Box(x - 1, ROW + 2, x + 1, plot.top)
        labels = ()
        if board.is_free(line):
            words, middle = (_shortened(mark.label),), ROW * 1.5
            sides = ((x + 5, "start"), (x - 5, "end"))
            labels = board.place(
                spot(words, TEXT_SIZE, edge, middle, anchor) for edge, anchor in sides
            )
        if labels:
            board.take(line)
        drawn.append(
            DrawnMark(
                x=coordinate(x),
                top=coordinate(line.top if labels else plot.top),
                labels=labels,
                day=format_date(mark.day),
                name=mark.label,
                url=mark.url,
            )
        )
    return tuple(drawn)


def _shortened(label: str) -> str:
    if len(label) <= LONGEST_MARK_LABEL:
        return label
    return label[: LONGEST_MARK_LABEL - 1].rstrip() + "…"


def value_spots(
    series: Series, index: int, plot: Plot, radius: float, further: int = 0
) -> Iterator[Spot]:
    """Yield the places for the value of a point."""
    point = series.points[index]
    value = format_hectares(point.remaining_ha)
    here = plot.at(point.year, point.remaining_ha)
    if mark := value_mark(series, point):
        yield from around((value, mark), TEXT_SIZE, *here, radius + 4, further=further)
    # Without room for the mark, label only the value; the notes below the chart give the mark.
    yield from around((value,), TEXT_SIZE, *here, radius + 4, further=further)


def draw_values_between(
    series: Series, plot: Plot, board: Board, radius: float
) -> tuple[Text, ...]:
    """Label every n-th value, counted back from the last, where there is room."""
    widest = max(
        text_width(format_hectares(point.remaining_ha), TEXT_SIZE) for point in series.points
    )
    step = plot.x(series.baseline_year + 1) - plot.x(series.baseline_year)
    every = 1 + int(0.7 * widest / step)
    labels: tuple[Text, ...] = ()
    for index in range(len(series.points) - 1 - every, every - 1, -every):
        labels += board.place(value_spots(series, index, plot, radius))
    return labels


def draw_proposal(
    proposed, series: Series, plot: Plot, board: Board, radius: float
) -> DrawnProposal | None:
    """Return the proposed point, its line and its label."""
    if proposed is None:
        return None
    here = plot.at(proposed.year, proposed.area_ha)
    before = [point for point in series.points if point.year < proposed.year][-1:]
    corners = [plot.at(point.year, point.remaining_ha) for point in before] + [here]
    board.draw(corners)
    board.take(square(*here, radius))
    words = (f"{proposed.state.capitalize()} {format_hectares(proposed.area_ha)}",)
    if proposed.day:
        words += (day_text(proposed.day),)
    places = around(words, TEXT_SIZE, *here, radius + 4, further=12)
    x, y = here
    return DrawnProposal(coordinate(x), coordinate(y), path_points(corners), board.place(places))
