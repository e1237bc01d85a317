"""Build a map of circles whose areas show hectares, or of colours that show what is gone. Pure.

Numbers are formatted strings. A circle is hollow unless its figure is verified for the map's year.
Names never lie under or over a circle. Legend: map_legend.py; positions: projection.py.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from areas.charts.labels import Board, Box, Text, square
from areas.charts.map_legend import (
    SHARES,
    UNKNOWN_PAINT,
    ColourKey,
    SizeKey,
    draw_colours,
    draw_scale,
    draw_sizes,
    share_class,
    sizes_box,
)
from areas.charts.map_names import STROKE, write_names
from areas.charts.projection import (
    TARGET_RADIUS,
    Projection,
    biggest_radius,
    drawn_radius,
    outline,
    project,
    radius_of,
)
from areas.charts.scale import coordinate
from areas.rules.comparing import change_words
from kotaku.colours import COLOURS
from kotaku.formats import format_hectares_unit

__all__ = ["AREAS", "SHARE", "BubbleMap", "Place", "bubble_map"]

# The two views: hectares left as areas of circles, or the share that is gone as colours.
AREAS, SHARE = "sisa", "persen"
WIDE_TEXT, NARROW_TEXT = 13.0, 12.0
# Names on a phone become smaller before one is left out, and have room above and below.
NARROW_NAMES = (12.0, 11.0)
NARROW_AIR = 34
# Factors for the radii: on a map about one village, and on a small one, which needs room for names.
LOCATOR_SHARE, SMALL_SHARE = 0.6, 0.85
# All circles of the view by colour have this radius.
EQUAL_RADIUS = 9.0
OTHER_RADIUS = 2.0
# Narrower drawings are for phones and margins.
SMALL = 500
EDGE = 20
# A list of polygons of rings of (longitude, latitude), as in GeoJSON.
Polygons = Sequence[Sequence[Sequence[Sequence[float]]]]


@dataclass(frozen=True)
class Place:
    """A village on the map: WGS 84 degrees, hectares left, and the URL of its page.

    `full_name` is `name` with its kind; `reduced_percent` is None if unknown. `basis` is "" if the
    figure is verified for the map's year, else what it is: the circle is then hollow.
    """

    code: str
    name: str
    district_name: str
    lat: Decimal | float
    lng: Decimal | float
    remaining_ha: Decimal
    url: str
    full_name: str = ""
    reduced_percent: Decimal | None = None
    basis: str = ""


@dataclass(frozen=True)
class Circle:
    """A village's circle, in formatted strings; `outline` is its boundary where that is coloured.

    `target_radius` is "" if the circle is large enough to click.
    """

    code: str
    url: str
    title: str
    x: str
    y: str
    radius: str
    target_radius: str
    paint: str
    outline: str
    check: str
    is_cleared: bool
    is_hollow: bool
    is_context: bool
    is_here: bool
    here_radius: str


@dataclass(frozen=True)
class BubbleMap:
    """A map in formatted strings. `scale_line` is "" if all places are one point.

    `boundaries` and `boundary_here` are paths in tenths of a unit, "" if unknown. `name_lines` are
    paths from circles to names away from them. `others` are the positions of villages without slum
    area in this period.
    """

    label: str
    is_share: bool
    is_small: bool
    view_box: str
    text_size: str
    circles: tuple[Circle, ...]
    names: tuple[Text, ...]
    name_size: str
    name_lines: tuple[str, ...]
    districts: tuple[Text, ...]
    others: tuple[tuple[str, str], ...]
    sizes: tuple[SizeKey, ...]
    colours: tuple[ColourKey, ...]
    scale_line: str
    scale_label: Text | None
    boundaries: str
    boundary_here: str


def bubble_map(
    places: Sequence[Place],
    *,
    width: int,
    boundaries: Mapping[str, Polygons] = MappingProxyType({}),
    here: str = "",
    what: str = "desa/kelurahan",
    others: Sequence[tuple[float, float]] = (),
    view: str = AREAS,
) -> BubbleMap:
    """Return the map of the places, `width` units wide; the height follows from the places.

    The largest circles come first in drawing and keyboard order, so that small ones stay on top.
    `boundaries` lie underneath: code → polygons of (longitude, latitude). `here` is the code of
    the village that the map is about. `what` names the places in the map's title. `others` are
    (latitude, longitude) of villages to show as grey dots.
    """
    places = sorted(places, key=lambda place: (-place.remaining_ha, place.code))
    is_small = width < SMALL
    size = NARROW_TEXT if is_small else WIDE_TEXT
    largest_ha = max((place.remaining_ha for place in places), default=Decimal(0))
    # On a map about one village, circles must not hide its location.
    share = LOCATOR_SHARE if here else SMALL_SHARE if is_small else 1
    biggest = biggest_radius(width, len(places)) * share
    is_share = view == SHARE
    radii = [
        EQUAL_RADIUS
        if is_share
        else drawn_radius(radius_of(each.remaining_ha, largest_ha, biggest))
        for each in places
    ]
    degrees = [(float(place.lat), float(place.lng)) for place in places]
    surroundings = [*_corners(boundaries), *others]
    air = NARROW_AIR if is_small and len(places) > 1 and not here else 0
    centres, lowest, projection = project(degrees, radii, width, EDGE, surroundings, air)
    drawn = list(zip(places, centres, radii, strict=True))
    legend = (0.0, 0.0) if is_share or here else sizes_box(largest_ha, biggest, size)
    height = _height(drawn, lowest, projection, width, legend, bool(boundaries))
    used = sorted({share_class(each.reduced_percent) for each in places} - {None})
    colours, end = draw_colours(used if is_share else (), 8, height, width - 8, size)
    whole = end + 8 if colours else height

    scale_line, scale_label, scale_box = draw_scale(projection.units_per_km, width, height, size)
    taken = [scale_box] if scale_box else []
    if colours:
        taken.append(Box(0, height - 4, width, whole))
    if legend[0]:
        taken.append(Box(width - legend[0] - 8, height - legend[1] - 10, width, height))
    dots = [projection.at(lat, lng) for lat, lng in others] if projection.scale else []
    circles = [(*centre, radius + STROKE) for _, centre, radius in drawn]
    # Names keep off the grey dots, but may stand nearer to one, as it has no name.
    taken += [square(*dot, OTHER_RADIUS + STROKE) for dot in dots]
    written = write_names(
        [each for each in drawn if not here or each[0].code == here],
        lambda: Board(Box(0, 0, width, whole), taken, circles),
        NARROW_NAMES if is_small else (size,),
        with_districts=not here,
    )
    return BubbleMap(
        label=_label(len(places), what, is_share),
        is_share=is_share,
        is_small=is_small,
        view_box=f"0 0 {width} {coordinate(whole)}",
        text_size=coordinate(size),
        circles=tuple(
            _circle(*each, here, is_share, outline(boundaries.get(each[0].code, ()), projection))
            for each in drawn
        ),
        names=written.names,
        name_size=coordinate(written.size),
        name_lines=written.lines,
        districts=written.districts,
        others=tuple((coordinate(x), coordinate(y)) for x, y in dots),
        sizes=draw_sizes(largest_ha, biggest, width - 8, height - 8, size) if legend[0] else (),
        colours=colours,
        scale_line=scale_line,
        scale_label=scale_label,
        boundaries="".join(
            outline(polygons, projection) for code, polygons in boundaries.items() if code != here
        ),
        boundary_here=outline(boundaries.get(here, ()), projection),
    )


def _label(count: int, what: str, is_share: bool) -> str:
    shown = "pengurangan" if is_share else "sisa"
    return f"Peta {shown} luas kumuh {count} {what}"


def _height(drawn, lowest, projection: Projection, width, legend, has_boundaries) -> float:
    """Return the drawing's height: the scale and the legend in its corners touch no circle."""
    height = lowest + (EDGE if projection.scale else 0)
    if not legend[0]:
        return height
    if has_boundaries:
        return max(height, lowest + legend[1])
    while True:
        corner = Box(width - legend[0] - 8, height - legend[1] - 10, width, height)
        if not any(corner.touches(*centre, radius + 2) for _, centre, radius in drawn):
            return height
        height += 6


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


def _circle(place: Place, centre, radius: float, here: str, is_share: bool, border: str) -> Circle:
    is_cleared = place.remaining_ha <= 0
    is_context = bool(here) and place.code != here
    x, y = coordinate(centre[0]), coordinate(centre[1])
    step = radius * 0.55
    check = f"M{coordinate(centre[0] - step)} {y}l{coordinate(step * 0.75)} "
    check += f"{coordinate(step * 0.75)} {coordinate(step * 1.25)} {coordinate(-step * 1.5)}"
    return Circle(
        code=place.code,
        url=place.url,
        title=_title(place, is_cleared),
        x=x,
        y=y,
        radius=coordinate(radius),
        target_radius=coordinate(TARGET_RADIUS) if radius < TARGET_RADIUS else "",
        paint=_paint(place, is_cleared, is_context, is_share),
        outline=border if is_share else "",
        check=check if is_cleared else "",
        is_cleared=is_cleared,
        is_hollow=bool(place.basis),
        is_context=is_context,
        is_here=place.code == here,
        here_radius=coordinate(radius + 4),
    )


def _title(place: Place, is_cleared: bool) -> str:
    parts = [
        f"{place.full_name or place.name}: {format_hectares_unit(place.remaining_ha)}",
        "tuntas" if is_cleared else change_words(place.reduced_percent),
        place.basis,
    ]
    return "; ".join(part for part in parts if part)


def _paint(place: Place, is_cleared: bool, is_context: bool, is_share: bool) -> str:
    if is_share:
        index = share_class(place.reduced_percent)
        return UNKNOWN_PAINT if index is None else SHARES[index].paint
    if is_context:
        return COLOURS["grey-soft"]
    return COLOURS["green-soft"] if is_cleared else COLOURS["green"]
