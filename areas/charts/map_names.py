"""Write the names of places and kecamatan on a map, without touching a circle. Pure."""

from collections.abc import Callable, Iterator
from heapq import nsmallest
from itertools import product
from math import cos, hypot, radians, sin
from typing import NamedTuple

from areas.charts.labels import Board, Spot, Text, around, spot, square
from areas.charts.scale import coordinate

# Names of kecamatan are 11 units high; spaced capitals are as wide as larger text.
DISTRICT_ROOM = 13.6
# The largest places are named first, together with the cleared ones.
NAMED_FIRST = 3
# Half the border of a circle, with the air that keeps a name from seeming to touch it.
STROKE = 1.0
# Room for the ring around the place that a map is about.
RING = 4
# Names away from their circle, joined to it by a line: how far, in which directions (degrees from
# the right, clockwise), and how many at most: more lines would be a thicket.
AWAY = (12, 18, 24, 36, 50, 66)
DIRECTIONS = tuple(range(0, 360, 15))
MOST_LED = 10
# More places than this never find room for all names: one try is enough.
FEW = 40
TRIES = 3


class Written(NamedTuple):
    """Names of places, paths of the lines to those away from their circle, names of kecamatan.

    `missing` are the codes of the places that found no room; `size` is that of their names.
    """

    names: tuple[Text, ...]
    lines: tuple[str, ...]
    districts: tuple[Text, ...]
    missing: tuple[str, ...]
    size: float


def write_names(
    drawn, board: Callable[[], Board], sizes: tuple[float, ...], *, with_districts: bool
) -> Written:
    """Write the names in the first size in which all find room, else as many as do, largest first.

    `drawn` are (Place, centre, radius), largest first; `board` returns a new board without names.
    A name that found no room goes first in the next try.
    """
    by_size = []
    for size in sizes if len(drawn) <= FEW else sizes[:1]:
        first: tuple[str, ...] = ()
        for _ in range(TRIES if len(drawn) <= FEW else 1):
            found = _write(drawn, board(), size, first, with_districts)
            if not found.missing:
                return found
            if not first:
                by_size.append(found)
            first = (*first, *found.missing)
    return min(by_size, key=lambda each: len(each.missing))


def _write(drawn, board: Board, size: float, first: tuple[str, ...], with_districts) -> Written:
    """Name the places beside their circles, those without room there by a line; then kecamatan."""
    # Sorting is stable: within each group the largest come first.
    largest = {each[0].code for each in drawn[:NAMED_FIRST]}
    order = sorted(
        drawn,
        key=lambda each: (
            each[0].code not in first,
            each[0].remaining_ha > 0 and each[0].code not in largest,
        ),
    )
    gap = RING if len(drawn) == 1 else 0
    names: tuple[Text, ...] = ()
    lines: tuple[str, ...] = ()
    later = []
    for each in order:
        place, centre, radius = each
        own = (*centre, radius + STROKE)
        found = board.place(_beside(place.name, centre, radius + gap, size), own=own)
        if not found and place.code in first:
            found, line = _led(place.name, centre, radius, board, size)
            lines += line
        names += found
        if not found:
            later.append(each)
    missing = []
    for place, centre, radius in later:
        found, line = ((), ())
        if len(later) <= MOST_LED:
            found, line = _led(place.name, centre, radius, board, size)
        if not found and place.code in largest:
            # In a crowd no place is its own; the largest are named all the same.
            found = board.place(_beside(place.name, centre, radius + gap, size))
        names, lines = names + found, lines + line
        if not found:
            missing.append(place.code)
    districts = district_names(drawn, board) if with_districts else ()
    return Written(names, lines, districts, tuple(missing), size)


def _led(name: str, centre, radius: float, board: Board, size: float):
    """Return the name at some distance with the path of its line; nothing without room for both.

    A name that is nearer to another circle is the second choice: only its line says whose it is.
    """
    x, y = centre
    own = (x, y, radius + STROKE)
    for is_choosy, away in product((True, False), AWAY):
        for degrees in DIRECTIONS:
            across, down = cos(radians(degrees)), sin(radians(degrees))
            line = [(x + across * step, y + down * step) for step in (radius, radius + away)]
            end = x + across * (radius + away + 2), y + down * (radius + away + 2)
            level = "centre" if abs(across) > 0.3 else "below" if down > 0 else "above"
            anchor = "middle" if abs(across) <= 0.3 else "start" if across > 0 else "end"
            place = spot((name,), size, *end, anchor, level)
            under = list(_along(*line))
            if is_choosy and not board.is_nearest(place.box, own):
                continue
            if board.is_free(place.box) and all(map(board.is_free, under)):
                for box in (place.box, *under):
                    board.take(box)
                (left, top), (right, low) = line
                path = (
                    f"M{coordinate(left)} {coordinate(top)}L{coordinate(right)} {coordinate(low)}"
                )
                return place.texts, (path,)
    return (), ()


def _along(start, end):
    """Yield small boxes along a line, from just beyond the circle at its start."""
    length = hypot(end[0] - start[0], end[1] - start[1])
    for step in range(4, int(length) + 1, 2):
        share = step / length
        x, y = (a + (b - a) * share for a, b in zip(start, end, strict=True))
        yield square(x, y, 1)


def _beside(text: str, centre, radius: float, size: float) -> Iterator[Spot]:
    x, y = centre
    yield spot((text,), size, x + radius + 3, y, "start")
    yield spot((text,), size, x - radius - 3, y, "end")
    yield from around((text,), size, x, y, radius + 2)
    for shift in (-0.3, 0.3, -0.6, 0.6):
        yield spot((text,), size, x + shift * radius, y + radius + 1, "middle", "below")
        yield spot((text,), size, x + shift * radius, y - radius - 1, "middle", "above")


def district_names(drawn, board: Board) -> tuple[Text, ...]:
    """Name each kecamatan near the middle of its places, where there is room; none for only one.

    One of the two places nearest to a name is its own.
    """
    members: dict[str, list[tuple[float, float]]] = {}
    for place, centre, _ in drawn:
        members.setdefault(place.district_name, []).append(centre)
    if len(members) < 2:
        return ()
    texts: tuple[Text, ...] = ()
    for name in sorted(members):
        centres = members[name]
        x = sum(centre[0] for centre in centres) / len(centres)
        y = sum(centre[1] for centre in centres) / len(centres)
        spots = _near(f"KEC. {name.upper()}", x, y)
        texts += board.place(each for each in spots if name in _nearest(drawn, each))
    return texts


def _near(words: str, x: float, y: float) -> Iterator[Spot]:
    for row in range(9):
        for across in (0, -30, 30, -60, 60, -90, 90):
            yield spot((words,), DISTRICT_ROOM, x + across, y - row * 12, "middle")
            yield spot((words,), DISTRICT_ROOM, x + across, y + row * 12, "middle")


def _nearest(drawn, found: Spot) -> set[str]:
    """Return the kecamatan of the two places that are nearest to the middle of a name."""
    x, y = (found.box.left + found.box.right) / 2, (found.box.top + found.box.bottom) / 2
    near = nsmallest(2, drawn, key=lambda each: hypot(each[1][0] - x, each[1][1] - y))
    return {each[0].district_name for each in near}
