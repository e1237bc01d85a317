"""Build a map of circles whose areas show hectares. Pure; numbers are formatted strings.

The map shows the slum area left in each place; boundaries, if any, are pale under the circles.
The colour and number of a circle identify its kecamatan. Positions: projection.py.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from areas.charts.labels import (
    Board,
    Box,
    Spot,
    Text,
    around,
    spot,
)
from areas.charts.projection import (
    TARGET_RADIUS,
    biggest_radius,
    drawn_radius,
    outline,
    project,
    radius_of,
)
from areas.charts.scale import (
    coordinate,
    nice_ticks,
    path_points,
    tick_labels,
)
from kotaku.colours import COLOURS
from kotaku.formats import NBSP, format_hectares_unit

__all__ = ["BubbleMap", "DistrictSum", "Place", "bubble_map"]

DISTRICT_PAINTS = tuple(COLOURS[f"district-{number}"] for number in (1, 2, 3, 4))
TEXT_SIZE = 13
# Factor for the radii on a map about one village.
LOCATOR_SHARE = 0.6
# From this radius on, the kecamatan's number is inside the circle.
NUMBER_RADIUS = 7.5
EDGE = 20
# A list of polygons of rings of (longitude, latitude), as in GeoJSON.
Polygons = Sequence[Sequence[Sequence[Sequence[float]]]]


@dataclass(frozen=True)
class Place:
    """A village on the map: WGS 84 degrees, hectares left, and the URL of its page.

    `district_number` numbers its kecamatan from 1; `full_name` is `name` with its kind.
    """

    code: str
    name: str
    district_number: int
    district_name: str
    lat: Decimal | float
    lng: Decimal | float
    remaining_ha: Decimal
    url: str
    full_name: str = ""


class DistrictSum(NamedTuple):
    """The remaining slum area of a kecamatan, in hectares."""

    number: int
    name: str
    total_ha: Decimal


@dataclass(frozen=True)
class Circle:
    """A village's circle, in formatted strings.

    `target_radius` is "" if the circle is large enough to click. `number` is None if `names`
    begins with it.
    """

    code: str
    url: str
    title: str
    x: str
    y: str
    radius: str
    target_radius: str
    colour: int
    paint: str
    is_cleared: bool
    number: Text | None
    is_number_inside: bool
    names: tuple[Text, ...]
    is_here: bool
    here_radius: str


@dataclass(frozen=True)
class DistrictKey:
    """A line of the legend: a kecamatan, its colour (1–4) and its remaining area."""

    number: str
    name: str
    colour: int
    paint: str
    total: str


@dataclass(frozen=True)
class SizeKey:
    """A reference circle of the legend; all stand on one line."""

    x: str
    y: str
    radius: str
    label: Text


@dataclass(frozen=True)
class BubbleMap:
    """A map in formatted strings. `scale_line` is "" if all places are one point.

    `boundaries` and `boundary_here` are paths in tenths of a unit, "" if unknown.
    """

    label: str
    view_box: str
    text_size: str
    circles: tuple[Circle, ...]
    districts: tuple[DistrictKey, ...]
    sizes: tuple[SizeKey, ...]
    sizes_width: str
    sizes_height: str
    scale_line: str
    scale_label: Text | None
    boundaries: str
    boundary_here: str


def bubble_map(
    places: Sequence[Place],
    *,
    width: int,
    labels: bool,
    boundaries: Mapping[str, Polygons] = MappingProxyType({}),
    here: str = "",
    what: str = "desa/kelurahan",
    sums: Sequence[DistrictSum] = (),
) -> BubbleMap:
    """Return the map of the places, `width` units wide; the height follows from the places.

    The largest circles come first in drawing and keyboard order, so that small ones stay on top.
    `labels` writes villages' names where there is room.
    `boundaries` lie underneath: code → polygons of (longitude, latitude). `here` is the code of
    the village that the map is about. `what` names the places in the map's title. `sums` are the
    lines of the legend if it covers more than the drawn places.
    """
    places = sorted(places, key=lambda place: (-place.remaining_ha, place.code))
    largest_ha = max((place.remaining_ha for place in places), default=Decimal(0))
    # On a map about one village, circles must not hide its location.
    biggest = biggest_radius(width, len(places)) * (LOCATOR_SHARE if here else 1)
    radii = [drawn_radius(radius_of(place.remaining_ha, largest_ha, biggest)) for place in places]
    degrees = [(float(place.lat), float(place.lng)) for place in places]
    centres, lowest, projection = project(degrees, radii, width, EDGE, _corners(boundaries))
    unit = projection.units_per_km
    height = lowest + (EDGE if unit else 0)

    board = Board(Box(0, 0, width, height))
    scale_line, scale_label = _scale(unit, width, height, board)
    for centre, radius in zip(centres, radii, strict=True):
        board.take_circle(*centre, radius)
    sizes, sizes_width = _sizes(largest_ha, biggest)
    return BubbleMap(
        label=f"Peta sisa luas kumuh {len(places)} {what}",
        view_box=f"0 0 {width} {coordinate(height)}",
        text_size=str(TEXT_SIZE),
        circles=tuple(
            _circle(place, centre, radius, board, labels, here)
            for place, centre, radius in zip(places, centres, radii, strict=True)
        ),
        districts=_districts(sums or _sums(places)),
        sizes=sizes,
        sizes_width=coordinate(sizes_width),
        sizes_height=coordinate(2 * biggest + 8),
        scale_line=scale_line,
        scale_label=scale_label,
        boundaries="".join(
            outline(polygons, projection) for code, polygons in boundaries.items() if code != here
        ),
        boundary_here=outline(boundaries.get(here, ()), projection),
    )


def _corners(boundaries: Mapping[str, Polygons]) -> list[tuple[float, float]]:
    """Return all boundaries' lowest and highest (latitude, longitude)."""
    points = [
        point
        for polygons in boundaries.values()
        for polygon in polygons
        for ring in polygon
        for point in ring
    ]
    if not points:
        return []
    lngs, lats = [point[0] for point in points], [point[1] for point in points]
    return [(min(lats), min(lngs)), (max(lats), max(lngs))]


def _circle(
    place: Place,
    centre: tuple[float, float],
    radius: float,
    board: Board,
    labels: bool,
    here: str,
) -> Circle:
    is_inside = radius >= NUMBER_RADIUS
    is_cleared = place.remaining_ha <= 0
    digits = str(place.district_number)
    names: tuple[Text, ...] = ()
    if labels:
        words = place.name if is_inside else f"{digits} {place.name}"
        names = board.place(_beside(words, centre, radius))
    number = None
    if is_inside or not names:
        # Without room beside a small circle, its number is drawn on top of it.
        beside = () if is_inside else board.place(_beside(digits, centre, radius))
        number = (beside or spot((digits,), TEXT_SIZE, *centre, "middle").texts)[0]
    area = format_hectares_unit(place.remaining_ha)
    return Circle(
        code=place.code,
        url=place.url,
        title=f"{place.full_name or place.name}: {area}" + (" (tuntas)" if is_cleared else ""),
        x=coordinate(centre[0]),
        y=coordinate(centre[1]),
        radius=coordinate(radius),
        target_radius=coordinate(TARGET_RADIUS) if radius < TARGET_RADIUS else "",
        colour=_colour(place.district_number),
        paint=_paint(place.district_number),
        is_cleared=is_cleared,
        number=number,
        is_number_inside=is_inside,
        names=names,
        is_here=place.code == here,
        here_radius=coordinate(radius + 4),
    )


def _beside(text: str, centre: tuple[float, float], radius: float) -> Iterator[Spot]:
    x, y = centre
    yield spot((text,), TEXT_SIZE, x + radius + 3, y, "start")
    yield spot((text,), TEXT_SIZE, x - radius - 3, y, "end")
    yield from around((text,), TEXT_SIZE, x, y, radius + 2)
    for shift in (-0.3, 0.3, -0.6, 0.6):
        yield spot((text,), TEXT_SIZE, x + shift * radius, y + radius + 1, "middle", "below")
        yield spot((text,), TEXT_SIZE, x + shift * radius, y - radius - 1, "middle", "above")


def _colour(district_number: int) -> int:
    return (district_number - 1) % len(DISTRICT_PAINTS) + 1


def _paint(district_number: int) -> str:
    return DISTRICT_PAINTS[_colour(district_number) - 1]


def _sums(places: Sequence[Place]) -> list[DistrictSum]:
    names = {place.district_number: place.district_name for place in places}
    totals = dict.fromkeys(names, Decimal(0))
    for place in places:
        totals[place.district_number] += place.remaining_ha
    return [DistrictSum(number, names[number], totals[number]) for number in sorted(names)]


def _districts(sums: Sequence[DistrictSum]) -> tuple[DistrictKey, ...]:
    return tuple(
        DistrictKey(
            number=str(each.number),
            name=each.name,
            colour=_colour(each.number),
            paint=_paint(each.number),
            total=format_hectares_unit(each.total_ha),
        )
        for each in sums
    )


def _sizes(largest_ha: Decimal, biggest: float) -> tuple[tuple[SizeKey, ...], float]:
    """Return up to three reference circles, none larger than on the map, and their width."""
    ticks = nice_ticks(largest_ha)
    labels = dict(zip(ticks, tick_labels(ticks), strict=True))
    steps = [tick for tick in ticks[1:] if tick <= largest_ha]
    ground, x = 2 * biggest + 4, 2.0
    drawn = []
    for tick in sorted({*steps[:2], *steps[-1:]}):
        radius = radius_of(tick, largest_ha, biggest)
        words = (labels[tick] + NBSP + "Ha",)
        label = spot(words, TEXT_SIZE, x + 2 * radius + 6, ground - radius, "start")
        middle = coordinate(x + radius), coordinate(ground - radius)
        drawn.append(SizeKey(*middle, coordinate(radius), label.texts[0]))
        x = label.box.right + 14
    return tuple(drawn), x


def _scale(unit: float, width: int, height: float, board: Board) -> tuple[str, Text | None]:
    """Return the scale bar in kilometres for the lower left corner, and its label."""
    if unit == 0:
        return "", None
    ticks = nice_ticks(Decimal(0.6 * width / unit))
    label = tick_labels(ticks)[1] + NBSP + "km"
    right = 2 + float(ticks[1]) * unit
    place = spot((label,), TEXT_SIZE, 2, height - 8, "start", "above")
    board.take(Box(0, place.box.top, max(right, place.box.right), height))
    low, high = height - 2, height - 7
    return path_points([(2, high), (2, low), (right, low), (right, high)]), place.texts[0]
