"""Draw several villages in one chart. Pure.

Lines are told apart by name, colour and the shape of their points; a point is hollow unless its
figure is verified for that year.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from areas.charts.frame import Frame
from areas.charts.labels import BOLD, Board, Box, Text, spot, text_width
from areas.charts.parts import draw_x_ticks, draw_y_ticks, frame_left, text_size
from areas.charts.point_titles import carried_title, point_titles
from areas.charts.scale import Plot, coordinate, nice_ticks, path_points
from areas.rules.progress import Series
from kotaku.colours import COLOURS
from kotaku.formats import format_hectares

WIDE, NARROW = (760, 372), (328, 288)
MOST = 4
RADIUS = 4.5
# Colour, width of the line, and the shape of its points, in the order of the villages.
LINES = (
    (COLOURS["green"], "3", "circle"),
    (COLOURS["ink"], "2", "square"),
    (COLOURS["grey"], "2", "diamond"),
    (COLOURS["green"], "1.5", "triangle"),
)


@dataclass(frozen=True)
class Compared:
    """A place to draw: its name, its page, and its series."""

    name: str
    url: str
    series: Series


@dataclass(frozen=True)
class ComparePoint:
    """A point of a line: centre, path of its shape, and what it says."""

    x: str
    y: str
    shape: str
    is_hollow: bool
    title: str


@dataclass(frozen=True)
class CompareLine:
    """A village's line in formatted strings; `tail` covers years that use an earlier figure."""

    number: int
    paint: str
    width: str
    line: str
    tail: str
    points: tuple[ComparePoint, ...]
    label: tuple[Text, ...]


@dataclass(frozen=True)
class CompareChart(Frame):
    """The context of templates/charts/compare.svg.html."""

    lines: tuple[CompareLine, ...]


def compare_chart(
    places: Sequence[Compared], *, key: str, title: str, until: int, width: int, height: int
) -> CompareChart:
    """Return up to four places in one chart, drawn up to the year `until`."""
    size = text_size(width)
    first = min(each.series.baseline_year for each in places)
    last = max(until, first + 1, *(each.series.latest.year for each in places))
    highest = max(point.remaining_ha for each in places for point in each.series.points)
    ticks = nice_ticks(highest)
    words = [_end_words(each, width) for each in places]
    room = max(text_width(line, size) for lines in words for line in lines) * BOLD
    plot = Plot(
        left=frame_left(ticks, size) + 8,
        right=width - room - 14,
        top=14,
        bottom=height - 30,
        first=first,
        last=last,
        ceiling=ticks[-1],
        text_size=size,
    )
    board = Board(Box(0, 0, width, height))
    ends = _apart(
        [plot.y(each.series.latest.remaining_ha) for each in places],
        [len(lines) * size * 1.15 for lines in words],
        plot.bottom,
    )
    return CompareChart(
        title_id=f"{key}-title",
        title=title,
        view_box=f"0 0 {width} {height}",
        text_size=coordinate(size),
        left=coordinate(frame_left(ticks, size)),
        right=coordinate(plot.right),
        bottom=coordinate(plot.bottom),
        y_ticks=draw_y_ticks(plot, ticks, board),
        x_ticks=draw_x_ticks(first, last, plot),
        lines=tuple(
            _line(each, number, plot, until, lines, end)
            for number, (each, lines, end) in enumerate(zip(places, words, ends, strict=True))
        ),
    )


def _end_words(place: Compared, width: int) -> tuple[str, ...]:
    value = format_hectares(place.series.latest.remaining_ha)
    return (f"{place.name} {value}",) if width >= 600 else (place.name, value)


def _line(place, number, plot, until, words, end) -> CompareLine:
    paint, width, shape = LINES[number]
    series = place.series
    corners = [plot.at(point.year, point.remaining_ha) for point in series.points]
    years = range(series.latest.year + 1, until + 1)
    tail = [plot.at(year, series.latest.remaining_ha) for year in (series.latest.year, *years)]
    shown = list(zip(corners, series.points, point_titles(series), strict=True))
    points = [_point(*at, shape, not point.is_complete, title) for at, point, title in shown]
    points += [
        _point(*at, shape, True, carried_title(series, year))
        for at, year in zip(tail[1:], years, strict=True)
    ]
    label = spot(words, plot.text_size, plot.right + 10, end, "start")
    return CompareLine(
        number=number + 1,
        paint=paint,
        width=width,
        line=path_points(corners),
        tail=path_points(tail),
        points=tuple(
            ComparePoint(p.x, p.y, p.shape, p.is_hollow, f"{place.name}; {p.title}") for p in points
        ),
        label=label.texts,
    )


def _point(x: float, y: float, shape: str, is_hollow: bool, title: str) -> ComparePoint:
    return ComparePoint(coordinate(x), coordinate(y), _shape(shape, x, y), is_hollow, title)


def _shape(name: str, x: float, y: float) -> str:
    """Return the path of a point's shape around its centre."""
    corners = {
        "square": ((-4, -4), (4, -4), (4, 4), (-4, 4)),
        "diamond": ((0, -5.5), (5.5, 0), (0, 5.5), (-5.5, 0)),
        "triangle": ((0, -5), (5, 4), (-5, 4)),
    }.get(name)
    if corners is None:
        left, r = coordinate(x - RADIUS), coordinate(RADIUS)
        span = coordinate(2 * RADIUS)
        return f"M{left} {coordinate(y)}a{r} {r} 0 1 0 {span} 0a{r} {r} 0 1 0 -{span} 0z"
    return "M" + "L".join(f"{coordinate(x + dx)} {coordinate(y + dy)}" for dx, dy in corners) + "z"


def _apart(heights: Sequence[float], sizes: Sequence[float], bottom: float) -> list[float]:
    """Move the middles of labels apart, as little as possible, within 0 and `bottom`."""
    order = sorted(range(len(heights)), key=lambda n: heights[n])
    placed = list(heights)
    edge = 0.0
    for n in order:
        placed[n] = max(heights[n], edge + sizes[n] / 2)
        edge = placed[n] + sizes[n] / 2
    limit = bottom
    for n in reversed(order):
        placed[n] = min(placed[n], limit - sizes[n] / 2)
        limit = placed[n] - sizes[n] / 2
    return placed
