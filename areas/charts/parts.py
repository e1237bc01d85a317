"""The parts of a progress chart as formatted strings: axes, lines, marks, labels. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from areas.charts.labels import (
    APART,
    Board,
    Box,
    Spot,
    Text,
    around,
    spot,
    text_width,
)
from areas.charts.labels_text import ProposedPoint, value_mark
from areas.charts.lines import is_projection_shown
from areas.charts.point_titles import carried_title, newest_basis
from areas.charts.scale import (
    Plot,
    coordinate,
    labelled_years,
    moment_of,
    path_points,
    tick_labels,
)
from areas.rules.as_of import day_text, year_label
from areas.rules.comparing import years_text
from areas.rules.progress import Series
from kotaku.day_ranges import format_days
from kotaku.formats import format_hectares, format_hectares_unit

# Text is smaller than the page's, and a little smaller still on the narrow drawing.
WIDE_TEXT, NARROW_TEXT = 13.0, 12.0
ROW = 18
LONGEST_MARK_LABEL = 28
EDGE = 18


def text_size(width: float) -> float:
    """Return the text size of a drawing of this width; both in units."""
    return WIDE_TEXT if width >= 600 else NARROW_TEXT


def newest_size(width: float) -> float:
    """Return the size of the newest value, the largest text of the drawing."""
    return text_size(width) + (3 if width >= 600 else 2)


@dataclass(frozen=True)
class ChartMark:
    """An event on the axis of years: its first day, a short text, the URL of its page, its last day.

    Without a last day it takes one day.
    """

    day: date
    label: str
    url: str | None = None
    last_day: date | None = None


@dataclass(frozen=True)
class Tick:
    """A tick of an axis: its position, and its label if there is room."""

    at: str
    label: Text | None


@dataclass(frozen=True)
class DrawnPoint:
    """The circle of one year's point; hollow unless every figure behind it is verified."""

    x: str
    y: str
    is_hollow: bool
    title: str = ""


@dataclass(frozen=True)
class DrawnMark:
    """The line of an event at its first day; `labels` is empty if there is no room."""

    x: str
    top: str
    labels: tuple[Text, ...]
    days: str
    name: str
    url: str | None


@dataclass(frozen=True)
class DrawnProposal:
    """The proposed point; `line` connects it to the last point before its year."""

    x: str
    y: str
    line: str
    labels: tuple[Text, ...]
    title: str


@dataclass(frozen=True)
class DrawnTail:
    """Years that use an earlier figure: their line, hollow points and label."""

    line: str
    points: tuple[DrawnPoint, ...]
    labels: tuple[Text, ...]


def highest(
    series: Series,
    proposed: ProposedPoint | None,
    lines: Sequence[tuple[int, Decimal]] = (),
) -> Decimal:
    """Return the largest area (hectares) on the chart; `lines` are the points of other lines."""
    areas = [point.remaining_ha for point in series.points]
    areas += [area_ha for _, area_ha in lines]
    areas += [area_ha for _, area_ha in series.target_path]
    return max(areas + ([proposed.area_ha] if proposed else []))


def last_year_shown(
    series: Series,
    proposed: ProposedPoint | None,
    plan: Sequence[tuple[int, Decimal]] = (),
    carried_to: int = 0,
) -> int:
    """Return the axis's last year: the latest of target, figures, proposal, plan, projection."""
    last = max(
        series.latest.year,
        *(year for year, _ in series.target_path),
        proposed.year if proposed else 0,
        *(year for year, _ in plan),
        carried_to,
    )
    if is_projection_shown(series, last):
        last = max(last, series.projection.year)
    return max(last, series.baseline_year + 1)


def visible_marks(
    marks: Sequence[ChartMark], baseline_year: int, last_year: int
) -> list[ChartMark]:
    """Return the marks within the axis (from 1 January of the baseline year), oldest first."""
    shown = [mark for mark in marks if baseline_year - 1 < moment_of(mark.day) <= last_year]
    return sorted(shown, key=lambda mark: (mark.day, mark.label))


def frame_left(ticks: Sequence[Decimal], size: float) -> float:
    """Return where grid lines begin, right of the labels of the axis."""
    return max(text_width(label, size) for label in tick_labels(ticks)) + 8


def make_plot(series: Series, ticks, marks, last, width, height) -> Plot:
    """Return the rectangle for the data; marks extend it left and take one row at its top."""
    size = text_size(width)
    return Plot(
        left=frame_left(ticks, size) + 8,
        right=width - EDGE,
        top=14 + (ROW if marks else 0),
        bottom=height - 30,
        first=min([series.baseline_year, *(moment_of(mark.day) for mark in marks)]),
        last=last,
        ceiling=ticks[-1],
        text_size=size,
    )


def draw_y_ticks(plot: Plot, ticks: Sequence[Decimal], board: Board) -> tuple[Tick, ...]:
    """Return the ticks in hectares, and reserve the places of their labels."""
    drawn = []
    for tick, label in zip(ticks, tick_labels(ticks), strict=True):
        left = frame_left(ticks, plot.text_size) - 8
        place = spot((label,), plot.text_size, left, plot.y(tick), "end")
        board.take(place.box.grown(*APART))
        drawn.append(Tick(coordinate(plot.y(tick)), place.texts[0]))
    return tuple(drawn)


def draw_x_ticks(first: int, last: int, plot: Plot) -> tuple[Tick, ...]:
    """Return a tick for every year; labels are limited to those that fit without overlap."""
    room = int((plot.x(last) - plot.x(first)) / text_width("00000", plot.text_size))
    labelled = labelled_years(first, last, room)
    drawn = []
    for year in range(first, last + 1):
        place = spot((str(year),), plot.text_size, plot.x(year), plot.bottom + 8, "middle", "below")
        drawn.append(Tick(coordinate(plot.x(year)), place.texts[0] if year in labelled else None))
    return tuple(drawn)


def draw_marks(marks: Sequence[ChartMark], plot: Plot, board: Board) -> tuple[DrawnMark, ...]:
    """Return the marks, labelled in a row above the data; a mark without its label is shorter."""
    drawn = []
    for mark in marks:
        x = plot.x(moment_of(mark.day))
        board.draw([(x, plot.top), (x, plot.bottom)])
        line = Box(x - 1, 2, x + 1, plot.top)
        labels = ()
        if board.is_free(line):
            words, middle = (_shortened(mark.label),), ROW * 0.5
            sides = ((x + 5, "start"), (x - 5, "end"))
            labels = board.place(
                spot(words, plot.text_size, edge, middle, anchor) for edge, anchor in sides
            )
        if labels:
            board.take(line)
        drawn.append(
            DrawnMark(
                x=coordinate(x),
                top=coordinate(line.top if labels else plot.top),
                labels=labels,
                days=format_days(mark.day, mark.last_day or mark.day),
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
        yield from around((value, mark), plot.text_size, *here, radius + 4, further=further)
    # Without room for the mark, label only the value; the notes below the chart give the mark.
    yield from around((value,), plot.text_size, *here, radius + 4, further=further)


def newest_spots(series: Series, plot: Plot, radius: float, head: float) -> Iterator[Spot]:
    """Yield the places for the newest value, larger than the others, and what it stands on."""
    point = series.latest
    value = format_hectares_unit(point.remaining_ha)
    here = plot.at(point.year, point.remaining_ha)
    if basis := newest_basis(series):
        lines = (value, basis)
        yield from around(lines, plot.text_size, *here, radius + 4, further=4, head=head)
    yield from around((value,), plot.text_size, *here, radius + 4, further=8, head=head)


def draw_values_between(
    series: Series, plot: Plot, board: Board, radius: float
) -> tuple[Text, ...]:
    """Label every n-th value, counted back from the last, where there is room."""
    widest = max(
        text_width(format_hectares(point.remaining_ha), plot.text_size) for point in series.points
    )
    step = plot.x(series.baseline_year + 1) - plot.x(series.baseline_year)
    every = 1 + int(0.7 * widest / step)
    labels: tuple[Text, ...] = ()
    for index in range(len(series.points) - 1 - every, every - 1, -every):
        point = series.points[index]
        own = (*plot.at(point.year, point.remaining_ha), radius)
        labels += board.place(value_spots(series, index, plot, radius), own=own)
    return labels


def proposal_corners(proposed, series: Series, plot: Plot) -> list[tuple[float, float]]:
    """Return the line to the proposed point from the last one before its year; [] without one."""
    if proposed is None:
        return []
    before = [point for point in series.points if point.year < proposed.year][-1:]
    corners = [plot.at(point.year, point.remaining_ha) for point in before]
    return [*corners, plot.at(proposed.year, proposed.area_ha)]


def draw_proposal(proposed, corners, plot: Plot, board: Board, radius: float) -> DrawnProposal:
    """Return the proposed point, its line and its label."""
    here = corners[-1]
    words = (f"{proposed.state.capitalize()} {format_hectares(proposed.area_ha)}",)
    if proposed.day:
        words += (day_text(proposed.day),)
    places = around(words, plot.text_size, *here, radius + 4, further=12)
    x, y = here
    title = f"{proposed.state.capitalize()} {year_label(proposed.year, proposed.day)}: "
    return DrawnProposal(
        coordinate(x),
        coordinate(y),
        path_points(corners),
        board.place_at(places, (*here, radius)),
        title + format_hectares_unit(proposed.area_ha),
    )


def tail_corners(series: Series, carried_to: int, plot: Plot) -> list[tuple[float, float]]:
    """Return the line from the newest point through the years that use it; [] without any."""
    latest = series.latest
    years = range(latest.year, carried_to + 1)
    return [plot.at(year, latest.remaining_ha) for year in years] if len(years) > 1 else []


def draw_tail(
    series: Series, corners, board: Board, radius: float, size: float
) -> DrawnTail | None:
    """Return the years after the newest figure, which use it; None without such years."""
    if not corners:
        return None
    years = range(series.latest.year + 1, series.latest.year + len(corners))
    points = tuple(
        DrawnPoint(coordinate(x), coordinate(y), True, carried_title(series, year))
        for year, (x, y) in zip(years, corners[1:], strict=True)
    )
    words = (f"{years_text(years)} belum ada",)
    labels = board.place(around(words, size, *corners[-1], radius + 4, further=2))
    return DrawnTail(path_points(corners), points, labels)
