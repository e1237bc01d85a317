"""From degrees and hectares to the centres and radii of circles. Pure."""

from collections.abc import Sequence
from decimal import Decimal
from math import cos, radians, sin, sqrt

CLEARED_RADIUS = 4.5
SMALLEST_RADIUS = 3.0
# Half of the smallest target that a finger or a shaky pointer should have to hit.
TARGET_RADIUS = 14.0
KM_PER_DEGREE = 111.32
# Height over width of the rectangle that holds the centres.
FLATTEST, STEEPEST = 0.2, 1.1
GOLDEN_ANGLE = 2.4


def biggest_radius(width: int, places: int) -> float:
    """Return the radius of the largest circle: smaller the fuller the map, never a blot."""
    crowded = 0.34 * width / sqrt(max(1, places))
    return min(0.035 * width + 12, max(10.0, crowded))


def radius_of(area_ha: Decimal, largest_ha: Decimal, biggest: float) -> float:
    """Return the radius whose circle's area is in proportion to the hectares; 0 for none."""
    return biggest * sqrt(area_ha / largest_ha) if area_ha > 0 else 0.0


def drawn_radius(radius: float) -> float:
    """Return the radius to draw: what is nearly or wholly gone must still be seen."""
    return max(SMALLEST_RADIUS, radius) if radius else CLEARED_RADIUS


def project(
    degrees: Sequence[tuple[float, float]], radii: Sequence[float], width: float, edge: float
) -> tuple[list[tuple[float, float]], float, float]:
    """Return the centres of (latitude, longitude), the map's height, its units per kilometre.

    Equirectangular: at 7° south a degree of longitude is a little shorter than one of latitude.
    The height follows from the places, `edge` units from the outermost circles; the units are 0
    when all places are one point.
    """
    if not degrees:
        return [], 2 * edge, 0.0
    side = edge + max(radii)
    room = width - 2 * side
    lats = [lat for lat, _ in degrees]
    middle_lat = (min(lats) + max(lats)) / 2
    squeeze = cos(radians(middle_lat))
    xs = [lng * squeeze for _, lng in degrees]
    middle_x = (min(xs) + max(xs)) / 2
    span_x, span_y = max(xs) - min(xs), max(lats) - min(lats)
    steepness = min(STEEPEST, max(FLATTEST, span_y / span_x)) if span_x else STEEPEST
    fits = [size / span for size, span in ((room, span_x), (room * steepness, span_y)) if span]
    scale = min(fits, default=0.0)
    centres = _apart(
        [
            (width / 2 + (x - middle_x) * scale, (middle_lat - lat) * scale)
            for x, lat in zip(xs, lats, strict=True)
        ],
        radii,
        (side, width - side),
    )
    top = min(y - radius for (_, y), radius in zip(centres, radii, strict=True)) - edge
    bottom = max(y + radius for (_, y), radius in zip(centres, radii, strict=True)) + edge
    return [(x, y - top) for x, y in centres], bottom - top, scale / KM_PER_DEGREE


def _apart(
    centres: Sequence[tuple[float, float]],
    radii: Sequence[float],
    sides: tuple[float, float],
) -> list[tuple[float, float]]:
    """Move places that share a point along a spiral, so that each can be seen and followed."""
    seen: dict[tuple[int, int], int] = {}
    moved = []
    for (x, y), radius in zip(centres, radii, strict=True):
        point = round(x), round(y)
        turn = seen[point] = seen.get(point, -1) + 1
        reach = max(TARGET_RADIUS, radius) * sqrt(turn)
        across = x + reach * cos(GOLDEN_ANGLE * turn)
        moved.append((min(sides[1], max(sides[0], across)), y + reach * sin(GOLDEN_ANGLE * turn)))
    return moved
