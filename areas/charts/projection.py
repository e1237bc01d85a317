"""Convert degrees and hectares to centres and radii of circles. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from math import cos, radians, sin, sqrt

CLEARED_RADIUS = 4.5
SMALLEST_RADIUS = 3.0
# Half of the minimum target size for touch.
TARGET_RADIUS = 14.0
KM_PER_DEGREE = 111.32
# Limits of height ÷ width of the rectangle that contains the centres.
FLATTEST, STEEPEST = 0.2, 1.1
GOLDEN_ANGLE = 2.4


def biggest_radius(width: int, places: int) -> float:
    """Return the radius of the largest circle; more places make it smaller."""
    crowded = 0.34 * width / sqrt(max(1, places))
    return min(0.043 * width, max(8.0, crowded))


def radius_of(area_ha: Decimal, largest_ha: Decimal, biggest: float) -> float:
    """Return the radius of a circle whose area is proportional to the hectares; 0 for none."""
    return biggest * sqrt(area_ha / largest_ha) if area_ha > 0 else 0.0


def drawn_radius(radius: float) -> float:
    """Return the radius to draw; a minimum keeps areas at or near 0 visible."""
    return max(SMALLEST_RADIUS, radius) if radius else CLEARED_RADIUS


@dataclass(frozen=True)
class Projection:
    """Equirectangular projection, which shortens longitudes (slightly, at 7° south).

    `scale` is in units per degree of latitude; 0 if all places are one point.
    """

    squeeze: float
    middle_x: float
    middle_lat: float
    scale: float
    centre: float
    top: float

    def at(self, lat: float, lng: float) -> tuple[float, float]:
        """Return the position of a point on the drawing."""
        across = (lng * self.squeeze - self.middle_x) * self.scale
        return self.centre + across, (self.middle_lat - lat) * self.scale - self.top

    @property
    def units_per_km(self) -> float:
        """The length of a kilometre in units."""
        return self.scale / KM_PER_DEGREE


NOWHERE = Projection(1.0, 0.0, 0.0, 0.0, 0.0, 0.0)


def project(
    degrees: Sequence[tuple[float, float]],
    radii: Sequence[float],
    width: float,
    edge: float,
    surroundings: Sequence[tuple[float, float]] = (),
    air: float = 0,
) -> tuple[list[tuple[float, float]], float, Projection]:
    """Return the centres of (latitude, longitude), the map's height, and its Projection.

    The height follows from the places; the outermost circles are `edge` units from the edge. The
    map also includes the points of `surroundings`. `air` is more room above and below.
    """
    if not degrees:
        return [], 2 * edge, NOWHERE
    # A centre is always inside its boundary, so maps with boundaries need no extra edge.
    side = max(radii) + (0 if surroundings else edge)
    points = [*degrees, *surroundings]
    lats = [lat for lat, _ in points]
    middle_lat = (min(lats) + max(lats)) / 2
    squeeze = cos(radians(middle_lat))
    xs = [lng * squeeze for _, lng in points]
    span_x, span_y = max(xs) - min(xs), max(lats) - min(lats)
    flat = Projection(
        squeeze=squeeze,
        middle_x=(min(xs) + max(xs)) / 2,
        middle_lat=middle_lat,
        scale=_scale(span_x, span_y, width - 2 * side),
        centre=width / 2,
        top=0.0,
    )
    centres = _apart([flat.at(*place) for place in degrees], radii, (side, width - side))
    around = [(flat.at(*point)[1], 0.0) for point in surroundings]
    circles = [(y, radius) for (_, y), radius in zip(centres, radii, strict=True)]
    top = min(y - radius for y, radius in circles + around) - edge - air
    bottom = max(y + radius for y, radius in circles + around) + edge + air
    return [(x, y - top) for x, y in centres], bottom - top, replace(flat, top=top)


def _scale(span_x: float, span_y: float, room: float) -> float:
    steepness = min(STEEPEST, max(FLATTEST, span_y / span_x)) if span_x else STEEPEST
    fits = [size / span for size, span in ((room, span_x), (room * steepness, span_y)) if span]
    return min(fits, default=0.0)


def outline(polygons: Sequence[Sequence[Sequence[Sequence[float]]]], projection: Projection) -> str:
    """Return the SVG path of polygons (longitude, latitude), in relative tenths of a unit."""
    pieces = []
    for polygon in polygons:
        for ring in polygon:
            corners = [
                tuple(round(10 * part) for part in projection.at(lat, lng)) for lng, lat in ring
            ]
            steps = [
                (x - last_x, y - last_y)
                for (last_x, last_y), (x, y) in pairwise(corners)
                if (x, y) != (last_x, last_y)
            ]
            # "z" replaces the last step, which leads back to the start.
            if len(steps) > 2:
                moves = "".join(f"{_step(x)}{_step(y)}" for x, y in steps[:-1])
                pieces.append(f"M{corners[0][0]} {corners[0][1]}l{moves.strip()}z")
    return "".join(pieces)


def _step(number: int) -> str:
    return f" {number}" if number >= 0 else str(number)


def _apart(
    centres: Sequence[tuple[float, float]],
    radii: Sequence[float],
    sides: tuple[float, float],
) -> list[tuple[float, float]]:
    """Spread places with the same point along a spiral, so that each is visible and clickable."""
    seen: dict[tuple[int, int], int] = {}
    moved = []
    for (x, y), radius in zip(centres, radii, strict=True):
        point = round(x), round(y)
        turn = seen[point] = seen.get(point, -1) + 1
        reach = max(TARGET_RADIUS, radius) * sqrt(turn)
        across = x + reach * cos(GOLDEN_ANGLE * turn)
        moved.append((min(sides[1], max(sides[0], across)), y + reach * sin(GOLDEN_ANGLE * turn)))
    return moved
