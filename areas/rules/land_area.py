"""Check whether an area is plausible for the land area of its village. Pure.

Catches misplaced decimal points, such as an RT of 26.600 Ha.
"""

from collections.abc import Sequence
from decimal import Decimal
from math import cos, radians, sin, sqrt

from kotaku.formats import format_hectares_unit

# The limit for a village whose boundary is not loaded.
MOST_VILLAGE_HA = Decimal(5000)
# Real RTs have about 0,3 to 20 Ha; an area above five times the largest needs a reason.
MOST_RT_HA = Decimal(100)
# WGS 84: equatorial radius in metres, and first eccentricity squared.
_EQUATOR, _ECCENTRICITY = 6_378_137.0, 0.006_694_379_99
_SQUARE_METRES = 10_000


def polygons_ha(polygons: Sequence) -> Decimal:
    """Return the hectares (two decimals) within polygons of (longitude, latitude) in degrees.

    Each is a list of rings, the outer first, as in a GeoJSON MultiPolygon. Every ring is
    projected to a plane at its own latitude, exact to 1 in 10.000 for a village.
    """
    total = 0.0
    for outer, *holes in polygons:
        total += _ring_m2(outer) - sum(map(_ring_m2, holes))
    return Decimal(total / _SQUARE_METRES).quantize(Decimal("0.01"))


def _ring_m2(ring) -> float:
    """Return the square metres within a closed or open ring."""
    first_lng, first_lat = ring[0][:2]
    middle = radians(sum(point[1] for point in ring) / len(ring))
    bend = 1 - _ECCENTRICITY * sin(middle) ** 2
    per_lat = radians(1) * _EQUATOR * (1 - _ECCENTRICITY) / bend**1.5
    per_lng = radians(1) * _EQUATOR * cos(middle) / sqrt(bend)
    points = [
        ((point[0] - first_lng) * per_lng, (point[1] - first_lat) * per_lat) for point in ring
    ]
    doubled = sum(
        x * other_y - other_x * y
        for (x, y), (other_x, other_y) in zip(points, points[1:] + points[:1], strict=True)
    )
    return abs(doubled) / 2


def village_doubt(area_ha: Decimal, land_ha: Decimal | None, village: str) -> str:
    """Return why a village's slum area seems too large, else "".

    `land_ha` is the area within its boundary, None if no boundary is loaded.
    """
    if land_ha is not None:
        return "" if area_ha <= land_ha else f"Lebih luas daripada {_land(village, land_ha)}"
    if area_ha <= MOST_VILLAGE_HA:
        return ""
    return f"Lebih dari {format_hectares_unit(MOST_VILLAGE_HA)} untuk satu desa/kelurahan"


def rt_doubt(area_ha: Decimal, land_ha: Decimal | None, village: str) -> str:
    """Return why an RT's area seems too large, else "". `land_ha` is as in `village_doubt`."""
    if land_ha is not None and area_ha > land_ha:
        return f"Luas RT melebihi {_land(village, land_ha)}"
    if area_ha <= MOST_RT_HA:
        return ""
    return f"Luas RT lebih dari {format_hectares_unit(MOST_RT_HA)}"


def _land(village, land_ha) -> str:
    return f"wilayah {village} menurut batasnya, {format_hectares_unit(land_ha)}"
