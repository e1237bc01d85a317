"""The small chart on a social card: one line, its end values, the target. Pure."""

from dataclasses import dataclass
from decimal import Decimal

from areas.charts.scale import Plot, coordinate, path_points
from areas.rules.progress import Series
from kotaku.formats import format_hectares

# Numbers and years stand outside of the plot, at this distance.
ABOVE, BELOW = 22, 40
HALF_VALUE = 50
# Of the word "target" in the type of the values.
TARGET_WIDTH = 104


@dataclass(frozen=True)
class CardText:
    """A text at its baseline."""

    x: str
    y: str
    text: str
    anchor: str = "start"


@dataclass(frozen=True)
class CardPoint:
    """A year's point; hollow while not every figure behind it is verified for that year."""

    x: str
    y: str
    is_hollow: bool


@dataclass(frozen=True)
class CardChart:
    """The context of the chart in templates/charts/social_card.svg, in formatted strings."""

    line: str
    surface: str
    points: tuple[CardPoint, ...]
    target: str
    target_label: tuple[CardText, ...]
    values: tuple[CardText, ...]
    years: tuple[CardText, ...]
    left: str
    right: str
    bottom: str


def card_chart(series: Series, *, left, right, top, bottom) -> CardChart | None:
    """Return a series' chart within this rectangle; None with fewer than two years to show."""
    last = max([series.latest.year, *(year for year, _ in series.target_path[-1:])])
    if last == series.baseline_year:
        return None
    areas = [point.remaining_ha for point in series.points]
    highest = max([*areas, *(area for _, area in series.target_path)])
    plot = Plot(left, right, top, bottom, series.baseline_year, last, highest or Decimal(1))
    corners = [plot.at(point.year, point.remaining_ha) for point in series.points]
    ends = [corners[0][0], corners[-1][0]]
    surface = [*corners, (ends[1], bottom), (ends[0], bottom)] if len(corners) > 1 else ()
    first, latest = series.points[0], series.latest
    return CardChart(
        line=path_points(corners),
        surface=path_points(surface),
        points=tuple(
            CardPoint(*map(coordinate, corner), not point.is_complete)
            for point, corner in zip(series.points, corners, strict=True)
        ),
        target=path_points([plot.at(*corner) for corner in series.target_path]),
        target_label=_target_label(series, plot),
        values=_values(corners, first, latest, plot),
        years=_years(series, last, plot),
        left=coordinate(left),
        right=coordinate(right),
        bottom=coordinate(bottom),
    )


def _text(x, y, text, anchor) -> CardText:
    return CardText(coordinate(x), coordinate(y), text, anchor)


def _values(corners, first, latest, plot) -> tuple[CardText, ...]:
    """Return the first and the latest value, each above its point."""
    (x, y), (last_x, last_y) = corners[0], corners[-1]
    found = [_text(x, y - ABOVE, format_hectares(first.remaining_ha), "start")]
    if latest is not first:
        is_last = last_x > plot.right - HALF_VALUE
        before_x, before_y = corners[-2]
        # Above the line where the label begins, which is higher where the line falls.
        reach = 2 * HALF_VALUE if is_last else HALF_VALUE
        fall = (last_y - before_y) / (last_x - before_x) * min(reach, last_x - before_x)
        found.append(
            _text(
                last_x,
                last_y - max(ABOVE, fall + ABOVE / 2),
                format_hectares(latest.remaining_ha),
                "end" if is_last else "middle",
            )
        )
    return tuple(found)


def _target_label(series, plot) -> tuple[CardText, ...]:
    """Name the target below its line, from the middle on, where the name stays inside the chart."""
    if len(series.target_path) < 2:
        return ()
    middle = len(series.target_path) // 2
    places = [plot.at(*corner) for corner in series.target_path[middle:]]
    inside = [
        (x, y)
        for x, y in places
        if x - 12 - TARGET_WIDTH > plot.left and y + BELOW <= plot.bottom - 4
    ]
    if not inside:
        return ()
    x, y = inside[0]
    return (_text(x - 12, y + BELOW, "target", "end"),)


def _years(series, last, plot) -> tuple[CardText, ...]:
    """Return the first year, the latest and the last of the axis, where they have room."""
    y = plot.bottom + BELOW
    found = [_text(plot.left, y, str(series.baseline_year), "start")]
    x = plot.x(series.latest.year)
    if plot.left + 90 < x < plot.right - 90:
        found.append(_text(x, y, str(series.latest.year), "middle"))
    return (*found, _text(plot.right, y, str(last), "end"))
