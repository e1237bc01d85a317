"""The legend of a map, inside the same drawing: reference circles, colours, scale. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from areas.charts.labels import Box, Text, spot, text_width
from areas.charts.projection import radius_of
from areas.charts.scale import coordinate, nice_ticks, path_points, tick_labels
from kotaku.colours import COLOURS
from kotaku.formats import NBSP

SWATCH = 12
GAP = 12
PAD = 8


class ShareClass(NamedTuple):
    """A class of the reduction in percent: from `lowest` on, its colour and its label."""

    lowest: Decimal | None
    paint: str
    label: str


# A growing slum area comes first; what is cleared has a class of its own.
SHARES = (
    ShareClass(None, COLOURS["share-rise"], "bertambah"),
    ShareClass(Decimal(0), COLOURS["share-0"], f"0–25{NBSP}%"),
    ShareClass(Decimal(25), COLOURS["share-1"], f"25–50{NBSP}%"),
    ShareClass(Decimal(50), COLOURS["share-2"], f"50–75{NBSP}%"),
    ShareClass(Decimal(75), COLOURS["share-3"], f"75–100{NBSP}%"),
    ShareClass(Decimal(100), COLOURS["share-4"], "tuntas"),
)
UNKNOWN_PAINT = COLOURS["grey-soft"]


def share_class(percent: Decimal | None) -> int | None:
    """Return the index in SHARES of a reduction in percent; None if it is unknown."""
    if percent is None:
        return None
    reached = [n for n, each in enumerate(SHARES) if each.lowest is None or percent >= each.lowest]
    return reached[-1]


@dataclass(frozen=True)
class SizeKey:
    """A reference circle of the legend; all stand on one line, and their labels to the left."""

    x: str
    y: str
    radius: str
    label: Text


@dataclass(frozen=True)
class ColourKey:
    """A colour of the legend."""

    x: str
    y: str
    paint: str
    label: Text


def size_ticks(largest_ha: Decimal) -> list[Decimal]:
    """Return one or two hectares for reference circles, none larger than on the map."""
    ticks = [tick for tick in nice_ticks(largest_ha)[1:] if tick <= largest_ha]
    return sorted({ticks[-1], ticks[0]}, reverse=True) if ticks else []


def sizes_box(largest_ha: Decimal, biggest: float, text_size: float) -> tuple[float, float]:
    """Return width and height of the reference circles with their labels; (0, 0) without any."""
    ticks = size_ticks(largest_ha)
    if not ticks:
        return 0.0, 0.0
    widest = max(text_width(label, text_size) for label in _hectares(ticks))
    diameter = 2 * radius_of(ticks[0], largest_ha, biggest)
    return diameter + widest + GAP, max(diameter, len(ticks) * text_size * 1.2)


def draw_sizes(
    largest_ha: Decimal, biggest: float, right: float, ground: float, text_size: float
) -> tuple[SizeKey, ...]:
    """Return the reference circles, one in the other, in the corner at `right` and `ground`."""
    ticks = size_ticks(largest_ha)
    if not ticks:
        return ()
    outer = radius_of(ticks[0], largest_ha, biggest)
    middle = right - outer
    drawn, highest = [], ground - text_size * 0.6
    # The smaller circle first: a label above another one keeps its distance from it.
    for tick, words in list(zip(ticks, _hectares(ticks), strict=True))[::-1]:
        radius = radius_of(tick, largest_ha, biggest)
        height = min(ground - 2 * radius + text_size * 0.6, highest)
        highest = height - text_size * 1.2
        label = spot((words,), text_size, middle - outer - 5, height, "end")
        place = coordinate(middle), coordinate(ground - radius), coordinate(radius)
        drawn.append(SizeKey(*place, label.texts[0]))
    return tuple(drawn[::-1])


def _hectares(ticks: Sequence[Decimal]) -> list[str]:
    labels = tick_labels((Decimal(0), min(ticks), *ticks))[2:]
    return [f"{label}{NBSP}Ha" for label in labels]


def draw_colours(
    used: Sequence[int], left: float, top: float, right: float, text_size: float
) -> tuple[tuple[ColourKey, ...], float]:
    """Return the swatches of the classes in rows from `top`, and where the last row ends."""
    drawn, x, y = [], left, top
    row = text_size * 1.5
    for index in used:
        width = SWATCH + 4 + text_width(SHARES[index].label, text_size)
        if x + width > right and x > left:
            x, y = left, y + row
        middle = y + row / 2
        label = spot((SHARES[index].label,), text_size, x + SWATCH + 4, middle, "start")
        swatch = coordinate(x), coordinate(middle - SWATCH / 2)
        drawn.append(ColourKey(*swatch, SHARES[index].paint, label.texts[0]))
        x += width + GAP
    return tuple(drawn), y + row if drawn else top


def draw_scale(
    unit: float, width: int, height: float, text_size: float
) -> tuple[str, Text | None, Box | None]:
    """Return the scale bar in kilometres for the lower left corner, its label, and their room."""
    if unit == 0:
        return "", None, None
    ticks = nice_ticks(Decimal(0.6 * width / unit))
    label = tick_labels(ticks)[1] + NBSP + "km"
    right = PAD + float(ticks[1]) * unit
    place = spot((label,), text_size, PAD, height - 14, "start", "above")
    room = Box(0, place.box.top, max(right, place.box.right), height)
    low, high = height - PAD, height - PAD - 5
    corners = [(PAD, high), (PAD, low), (right, low), (right, high)]
    return path_points(corners), place.texts[0], room
