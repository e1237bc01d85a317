"""Place labels on a drawing without overlaps. Pure, greedy, deterministic.

Widths are those of DejaVu Sans, the widest fallback font on desktops; labels on phones are a
little narrower.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from areas.charts.scale import coordinate

EM_PER_DIGIT, EM_PER_CHARACTER = 0.64, 0.58
ASCENT, DESCENT, LINE_HEIGHT = 0.85, 0.27, 1.15
# A bold line is wider by this factor.
BOLD = 1.12
# What each later place in a label's list costs, in units of covered line.
LATER_PLACE = 1.0
# What numbers on a chart keep from each other, across and down: closer, two read as one.
APART = 4.0, 1.5
# By how much a label is nearer to its own circle than to any other.
NEARER = 1.0


@dataclass(frozen=True)
class Text:
    """One line of text: the coordinates of its baseline, its `text-anchor`, and its text.

    `size` is "" for the drawing's text size; a line with a size of its own is bold.
    """

    x: str
    y: str
    anchor: str
    text: str
    size: str = ""


@dataclass(frozen=True)
class Box:
    """A rectangle, edges in drawing units, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        """Whether the two boxes share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def touches(self, x: float, y: float, radius: float) -> bool:
        """Whether a circle overlaps this box."""
        across = x - min(self.right, max(self.left, x))
        down = y - min(self.bottom, max(self.top, y))
        return across * across + down * down < radius * radius

    def distance(self, x: float, y: float) -> float:
        """Return how far a point is from this box; 0 inside."""
        across = x - min(self.right, max(self.left, x))
        down = y - min(self.bottom, max(self.top, y))
        return (across * across + down * down) ** 0.5

    def grown(self, across: float, down: float) -> "Box":
        """Return the box with more room on its sides, and above and below."""
        return Box(self.left - across, self.top - down, self.right + across, self.bottom + down)

    def holds(self, other: "Box") -> bool:
        """Whether the other box is entirely within this one."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def covers(self, start: tuple[float, float], end: tuple[float, float]) -> float:
        """Return how much of the line from start to end lies under this box (Liang–Barsky)."""
        (x, y), (dx, dy) = start, (end[0] - start[0], end[1] - start[1])
        enter, leave = 0.0, 1.0
        sides = (
            (-dx, x - self.left),
            (dx, self.right - x),
            (-dy, y - self.top),
            (dy, self.bottom - y),
        )
        for slope, room in sides:
            if slope == 0:
                if room < 0:
                    return 0.0
            elif slope < 0:
                enter = max(enter, room / slope)
            else:
                leave = min(leave, room / slope)
        return max(0.0, leave - enter) * (dx * dx + dy * dy) ** 0.5


def square(x: float, y: float, radius: float) -> Box:
    """Return the box around a circle."""
    return Box(x - radius, y - radius, x + radius, y + radius)


def text_width(text: str, size: float) -> float:
    """Return the estimated width of one line."""
    digits = sum(character.isdigit() for character in text)
    return (digits * EM_PER_DIGIT + (len(text) - digits) * EM_PER_CHARACTER) * size


@dataclass(frozen=True)
class Spot:
    """Lines of text at a candidate place; `head` is the size of a bold first line, 0 for none."""

    lines: tuple[str, ...]
    size: float
    anchor: str
    x: float
    box: Box
    head: float = 0.0

    @property
    def texts(self) -> tuple[Text, ...]:
        """The lines with formatted coordinates."""
        base = self.box.top + ASCENT * (self.head or self.size)
        return tuple(
            Text(
                coordinate(self.x),
                coordinate(base + row * LINE_HEIGHT * self.size),
                self.anchor,
                line,
                coordinate(self.head) if self.head and not row else "",
            )
            for row, line in enumerate(self.lines)
        )


def spot(
    lines: tuple[str, ...],
    size: float,
    x: float,
    y: float,
    anchor: str,
    level: str = "centre",
    *,
    head: float = 0.0,
) -> Spot:
    """Return the lines "above", "below" or centred ("centre") on y; `anchor` as in SVG."""
    first = text_width(lines[0], head) * BOLD if head else 0.0
    width = max(first, *(text_width(line, size) for line in lines[1 if head else 0 :] or ("",)))
    ends = ASCENT * (head or size) + DESCENT * (size if lines[1:] else head or size)
    height = ends + LINE_HEIGHT * (len(lines) - 1) * size
    left = x - {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * width
    top = y - {"below": 0.0, "centre": 0.5, "above": 1.0}[level] * height
    return Spot(lines, size, anchor, x, Box(left, top, left + width, top + height), head)


def around(
    lines: tuple[str, ...],
    size: float,
    x: float,
    y: float,
    gap: float,
    *,
    further: int = 0,
    head: float = 0.0,
) -> Iterator[Spot]:
    """Yield the places around a point, best first; `further` adds rows above and below."""
    slant = gap * 0.6

    def at(across, down, anchor, level="centre"):
        return spot(lines, size, x + across, y + down, anchor, level, head=head)

    yield at(0, -gap, "middle", "above")
    yield at(slant, -slant, "start", "above")
    yield at(gap + 2, 0, "start")
    yield at(0, gap, "middle", "below")
    yield at(slant, slant, "start", "below")
    yield at(-slant, slant, "end", "below")
    yield at(-slant, -slant, "end", "above")
    yield at(-gap - 2, 0, "end")
    for row in range(1, further + 1):
        for anchor in ("middle", "start", "end"):
            yield at(0, -gap - row * size, anchor, "above")
            yield at(0, gap + row * size, anchor, "below")


def along(
    lines: tuple[str, ...],
    size: float,
    corners: Sequence[tuple[float, float]],
    shares: Sequence[float],
) -> Iterator[Spot]:
    """Yield places on both sides of a line, at these shares (0–1) of its width."""
    gap = size * 0.4
    for share in shares:
        x = corners[0][0] + share * (corners[-1][0] - corners[0][0])
        y = _height_at(corners, x)
        yield spot(lines, size, x + gap, y - gap, "start", "above")
        yield spot(lines, size, x - gap, y + gap, "end", "below")
        yield spot(lines, size, x, y - gap, "middle", "above")
        yield spot(lines, size, x, y + gap, "middle", "below")
        yield spot(lines, size, x - gap, y - gap, "end", "above")


def beside(
    lines: tuple[str, ...], size: float, corners: Sequence[tuple[float, float]], right: float
) -> Iterator[Spot]:
    """Yield places ending at the right edge, above and below the line without touching it."""
    gap = size * 0.4
    left = right - max(text_width(line, size) for line in lines)
    heights = [_height_at(corners, x) for x in (max(left, corners[0][0]), right)]
    yield spot(lines, size, right, min(heights) - gap, "end", "above")
    yield spot(lines, size, right, max(heights) + gap, "end", "below")
    yield spot(lines, size, right, min(heights) - 3 * gap - size, "end", "above")


def _height_at(corners: Sequence[tuple[float, float]], x: float) -> float:
    for (x1, y1), (x2, y2) in pairwise(corners):
        if x <= x2 and x2 > x1:
            return y1 + (y2 - y1) * (x - x1) / (x2 - x1)
    return corners[-1][1]


class Board:
    """A drawing's occupied parts: boxes that labels must not touch, lines they should not cover."""

    def __init__(
        self,
        bounds: Box,
        boxes: Iterable[Box] = (),
        circles: Iterable[tuple[float, float, float]] = (),
        apart: tuple[float, float] = (0.0, 0.0),
    ):
        self._bounds = bounds
        self._boxes = list(boxes)
        self._circles = list(circles)
        self._apart = apart
        self._lines: list[tuple[tuple[float, float], tuple[float, float]]] = []

    def take(self, box: Box) -> None:
        """Keep labels off this box."""
        self._boxes.append(box)

    def take_circle(self, x: float, y: float, radius: float) -> None:
        """Keep labels off this circle, and those of other circles nearer to their own."""
        self._circles.append((x, y, radius))

    def draw(self, corners: Sequence[tuple[float, float]]) -> None:
        """Add a line that labels cover only if there is no better place."""
        self._lines.extend(pairwise(corners))

    def place(
        self,
        spots: Iterable[Spot],
        most: float = float("inf"),
        own: tuple[float, float, float] | None = None,
    ) -> tuple[Text, ...]:
        """Occupy the best free place and return its texts; none if no place is free.

        A place that covers more than `most` units of lines is not free, nor one that is nearer to
        another circle than to `own`.
        """
        best, best_cost = None, float("inf")
        for rank, candidate in enumerate(spots):
            cost = rank * LATER_PLACE
            if cost >= best_cost:
                break
            if not self.is_free(candidate.box) or not self.is_nearest(candidate.box, own):
                continue
            covered = sum(candidate.box.covers(*line) for line in self._lines)
            cost += covered
            if covered <= most and cost < best_cost:
                best, best_cost = candidate, cost
        if best is None:
            return ()
        self.take(best.box.grown(*self._apart))
        return best.texts

    def place_at(self, spots: Iterable[Spot], own: tuple[float, float, float]) -> tuple[Text, ...]:
        """Place a label that may not be left out: at its own circle if there is room, else near."""
        spots = list(spots)
        return self.place(spots, own=own) or self.place(spots)

    def is_free(self, box: Box) -> bool:
        """Whether the box is on the drawing and overlaps nothing occupied."""
        if not self._bounds.holds(box):
            return False
        if self._has_circle(box, 0.0):
            return False
        return not any(box.overlaps(taken) for taken in self._boxes)

    def is_nearest(self, box: Box, own: tuple[float, float, float] | None) -> bool:
        """Whether no other circle is as near to the box as `own`."""
        if own is None:
            return True
        x, y, radius = own
        return not self._has_circle(box, max(0.0, box.distance(x, y) - radius) + NEARER, own)

    def _has_circle(self, box: Box, within: float, but=None) -> bool:
        left, top, right, bottom = box.left, box.top, box.right, box.bottom
        # Called about ten thousand times per map; skip circles that are too far away.
        for circle in self._circles:
            x, y, radius = circle[0], circle[1], circle[2] + within
            if (
                left - radius < x < right + radius
                and top - radius < y < bottom + radius
                and circle != but
                and box.touches(x, y, radius)
            ):
                return True
        return False
