"""Draw each village in a small chart among all others, on one scale. Pure.

The point at the end of a line is hollow unless its figure is verified for the newest year.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from areas.charts.compare_chart import Compared
from areas.charts.labels import Text, spot
from areas.charts.scale import Plot, coordinate, nice_ticks, path_points
from areas.rules.progress import Series
from kotaku.formats import format_hectares

MINI = (156, 96)
# In a file: charts in a row, and the room around each with its two lines of text.
IN_ROW, CELL, ABOVE = 5, (160, 148), 36


@dataclass(frozen=True)
class Multiple:
    """One village among the others: its line is drawn over those of all; `at` is its place in a file."""

    name: str
    url: str
    what: str
    line: str
    tail: str
    end_x: str
    end_y: str
    is_hollow: bool
    value: Text
    at: tuple[int, int]


@dataclass(frozen=True)
class Multiples:
    """Small charts of all places on one scale; `lines` are all of them, drawn once and reused."""

    view_box: str
    bottom: str
    right: str
    scale: str
    first: Text
    last: Text
    lines: tuple[str, ...]
    multiples: tuple[Multiple, ...]
    file_box: str


def small_multiples(
    places: Sequence[Compared], shown: Sequence[tuple[Compared, str]], until: int
) -> Multiples:
    """Return a small chart for each of `shown` (place, text below its name), up to the year `until`.

    `places` are all villages, which set the scale; the grey lines behind are those of `shown`.
    """
    width, height = MINI
    first = min(each.series.baseline_year for each in places)
    last = max(until, first + 1)
    highest = max(point.remaining_ha for each in places for point in each.series.points)
    ceiling = nice_ticks(highest)[-1]
    plot = Plot(6, width - 40, 8, height - 18, first, last, ceiling, 12)
    behind = (path_points(_corners(each.series, plot)) for each, _ in shown)
    rows = -(-len(shown) // IN_ROW)
    return Multiples(
        view_box=f"0 0 {width} {height}",
        bottom=coordinate(plot.bottom),
        right=coordinate(plot.right),
        scale=f"0–{_whole(ceiling)}",
        first=spot((str(first),), 12, plot.left, plot.bottom + 3, "start", "below").texts[0],
        last=spot((str(last),), 12, plot.right, plot.bottom + 3, "middle", "below").texts[0],
        lines=tuple(filter(None, behind)),
        multiples=tuple(
            _multiple(each, what, plot, until, number) for number, (each, what) in enumerate(shown)
        ),
        file_box=f"0 0 {IN_ROW * CELL[0]} {rows * CELL[1]}",
    )


def _whole(area_ha: Decimal) -> str:
    return format_hectares(area_ha).removesuffix(",00")


def _corners(series: Series, plot: Plot) -> list[tuple[float, float]]:
    return [plot.at(point.year, point.remaining_ha) for point in series.points]


def _multiple(place: Compared, what: str, plot: Plot, until: int, number: int) -> Multiple:
    latest = place.series.latest
    is_carried = latest.year < until
    end = plot.at(max(until, latest.year), latest.remaining_ha)
    value = format_hectares(latest.remaining_ha)
    return Multiple(
        name=place.name,
        url=place.url,
        what=what,
        line=path_points(_corners(place.series, plot)),
        tail=path_points([plot.at(latest.year, latest.remaining_ha), end]) if is_carried else "",
        end_x=coordinate(end[0]),
        end_y=coordinate(end[1]),
        is_hollow=is_carried or not latest.is_complete,
        value=spot((value,), 12, end[0] + 6, min(end[1], plot.bottom - 5), "start").texts[0],
        at=(number % IN_ROW * CELL[0], number // IN_ROW * CELL[1] + ABOVE),
    )
