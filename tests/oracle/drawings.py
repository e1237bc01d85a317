"""Each mark of a drawing stands for what it says: place, size, colour and class fit its words.

Every SVG of a page is found by itself and measured by the kind that its class names; one of an
unknown kind is a fault. What the words themselves have to be, the pages' own modules compare.
"""

import re
from itertools import pairwise

from kotaku.colours import COLOURS
from tests.oracle.reading import squeezed

PAPER, GREEN, AMBER = COLOURS["paper"], COLOURS["green"], COLOURS["amber"]
NEAR = 0.3
AREA = re.compile(r"([\d.]+,\d\d) Ha")
# The published classes of a score: lowest and highest total, word, colour.
CLASSES = (
    (0, 15, "Tidak", "green-soft"),
    (16, 37, "Ringan", "class-light"),
    (38, 59, "Sedang", "class-medium"),
    (60, 80, "Berat", "class-heavy"),
)
# Words of a basis that leave a circle or point without its filling.
UNVERIFIED = ("belum", "diajukan", "memakai")


def expect_drawings(page):
    """Measure every drawing of a page."""
    for svg in page.root.all("svg"):
        kinds = [each for each in KINDS if each in svg.classes]
        if kinds:
            KINDS[kinds[0]](page, svg)
        elif svg.all("text") and not svg.all("svg") and not _holds_multiples(svg):
            page.fault(f"a drawing of an unknown kind: {svg.classes} {svg.text()[:60]}")


def _holds_multiples(svg) -> bool:
    return any(each.attributes.get("id") == "semua" for each in svg.all("g"))


def _number(element, name: str) -> float:
    return float(element.attributes[name])


def _value(text: str) -> float:
    return float(text.replace(".", "").replace(",", "."))


def areas_of(text: str) -> list[float]:
    """Return the hectares that a text names."""
    return [_value(each) for each in AREA.findall(squeezed(text))]


def title_of(element) -> str:
    return squeezed(" ".join(each.text() for each in element.all("title")))


def corners_of(line) -> list[tuple[float, float]]:
    return [
        tuple(float(part) for part in corner.split(","))
        for corner in line.attributes["points"].split()
    ]


class Axes:
    """The axes of a drawing as they are labelled: years across, hectares up."""

    def __init__(self, svg):
        axis = next(each for each in svg.all("g") if "chart-axis" in each.classes)
        texts = axis.all("text")
        words = [each for each in texts if each.attributes.get("text-anchor") == "end"]
        self.heights = [_number(each, "y1") for each in axis.all("line")]
        self.values = [_value(each.text()) for each in words]
        self.across = [float(each.attributes["d"][1:].split()[0]) for each in axis.all("path")]
        self.named = {}
        for each in texts:
            if each.attributes.get("text-anchor") == "middle":
                x = _number(each, "x")
                self.named[int(each.text())] = min(
                    range(len(self.across)), key=lambda n, x=x: abs(self.across[n] - x)
                )
        self.first = min(self.named) - self.named[min(self.named)]

    @property
    def per_ha(self) -> float:
        return (self.heights[-1] - self.heights[0]) / (self.values[-1] - self.values[0])

    def y(self, area: float) -> float:
        return self.heights[0] + self.per_ha * area

    def x(self, year: int) -> float:
        return self.across[year - self.first]

    def area(self, y: float) -> float:
        return (y - self.heights[0]) / self.per_ha

    def is_even(self) -> bool:
        """Whether equal steps of hectares and years are equally long, and each year is in its place."""
        levels = all(
            abs(self.y(v) - h) < NEAR for v, h in zip(self.values, self.heights, strict=True)
        )
        step = (self.across[-1] - self.across[0]) / max(1, len(self.across) - 1)
        years = all(abs(self.across[0] + n * step - x) < NEAR for n, x in enumerate(self.across))
        return levels and years and all(y - self.first == n for y, n in self.named.items())


def _is_at(point, x: float, y: float) -> bool:
    return abs(point[0] - x) < NEAR and abs(point[1] - y) < NEAR


def _centre(circle) -> tuple[float, float]:
    return _number(circle, "cx"), _number(circle, "cy")


def _progress(page, svg):
    axes = Axes(svg)
    page.compare("axes are even", axes.is_even(), True)
    points = {"": [], "carried": [], "proposed": [], "dot": []}
    for circle in svg.all("circle"):
        said = title_of(circle)
        year, area = int(re.search(r"\b\d{4}\b", said)[0]), areas_of(said)[0]
        fits = _is_at(_centre(circle), axes.x(year), axes.y(area))
        page.compare(f"the circle of {said!r} is there", fits, True)
        if "compare-hit" not in circle.classes:
            is_open = _is_unverified(said) or "chart-dot" in circle.classes
            paint = PAPER if is_open or "chart-point--proposed" in circle.classes else GREEN
            page.compare(f"the filling of {said!r}", circle.attributes["fill"], paint)
        name = next(
            (e for e in ("carried", "proposed") if f"chart-point--{e}" in circle.classes), ""
        )
        name = "dot" if "chart-dot" in circle.classes else name
        points[name].append((_centre(circle), year, said))
    if any("compare-line" in each.classes for each in svg.all("g")):
        _compared(page, svg)
        return
    _lines(page, svg, axes, points)
    _gap(page, svg, axes, points[""])
    _values(page, svg, points[""])
    _marks(page, svg, axes)


def _is_unverified(said: str) -> bool:
    """Whether a point's words name a basis that is not verified, or not by every village."""
    if any(word in said for word in UNVERIFIED):
        return True
    share = re.search(r"; (\d[\d.]*) dari (\d[\d.]*)(?: \(.*\))? terverifikasi", said)
    return bool(share) and share[1] != share[2]


def _drawn(svg, name: str) -> list:
    return [corners_of(each) for each in svg.all("polyline") if name in each.classes]


def _lines(page, svg, axes, points):
    """Lines go through the circles of their points; the target's through what the titles name."""
    actual = [centre for centre, _, _ in points[""]]
    for corners in _drawn(svg, "chart-actual"):
        page.compare("the line joins the points", corners, actual)
    ahead = [
        [actual[-1], *[centre for centre, _, _ in points[name]]]
        for name in ("dot", "carried")
        if points[name]
    ]
    # A forecast's line also has corners, but no points, in years that are over.
    follows = [
        [*line[:1], *line[1 - len(centres) :]]
        for line, centres in zip(_drawn(svg, "chart-projection"), ahead, strict=False)
    ]
    page.compare("what follows the line", follows, ahead)
    before = [
        centre
        for centre, year, _ in points[""]
        if points["proposed"][:1] and year < points["proposed"][0][1]
    ]
    joined = [*before[-1:], *[centre for centre, _, _ in points["proposed"]]]
    for corners in _drawn(svg, "chart-proposed"):
        page.compare("the line to the proposal", corners, joined)
    targets = _drawn(svg, "chart-target")
    for _, year, said in points[""]:
        if named := re.search(r"target ([\d.]+,\d\d) Ha", said):
            if axes.x(year) > targets[0][-1][0] + NEAR:
                continue  # After the target's year the line is at its end.
            y = _height(targets[0], axes.x(year))
            page.compare(
                f"the target line at {year}", abs(y - axes.y(_value(named[1]))) < NEAR, True
            )


def _height(corners, x: float) -> float:
    for (x1, y1), (x2, y2) in pairwise(corners):
        if x1 - NEAR <= x <= x2 + NEAR:
            return y1 + (y2 - y1) * (x - x1) / (x2 - x1)
    return float("nan")


def _gap(page, svg, axes, points):
    """The gap stands at the newest point and ends at the target that its title names."""
    for path in svg.all("path"):
        if "chart-gap" not in path.classes:
            continue
        x, start, end = map(
            float, re.match(r"M(\S+) (\S+)V([\d.]+)m", path.attributes["d"]).groups()
        )
        (point, _, said) = points[-1]
        target = _value(re.search(r"target ([\d.]+,\d\d) Ha", said)[1])
        fits = _is_at((x, end), point[0], axes.y(target)) and (start < end) == (point[1] < end)
        page.compare("the gap is there", fits, True)
        is_above = areas_of(said)[0] > target
        paint = COLOURS["brick"] if is_above else GREEN
        page.compare("the gap's colour", path.attributes["stroke"], paint)
        page.compare("the gap's class", "chart-gap--below" in path.classes, not is_above)


def _values(page, svg, points):
    """A value stands at a point that has it; the newest is the large one."""
    group = next(each for each in svg.all("g") if "chart-labels" in each.classes)
    for text in group.all("text"):
        words = text.text()
        if text.classes or not re.fullmatch(r"[\d.]+,\d\d( Ha)?", words):
            continue
        x, value = _number(text, "x"), _value(words.removesuffix(" Ha"))
        near = [areas_of(said)[0] for (left, _), _, said in points if abs(left - x) < 12]
        page.compare(f"the value {words} stands at its point", value in near, True)
        if "font-size" in text.attributes:
            page.compare("the large value", value, areas_of(points[-1][2])[0])


def _marks(page, svg, axes):
    """An event's line stands at its day: a year's figure is at 31 December."""
    lines = [each for each in svg.all("path") if "chart-mark" in each.classes]
    figure = next((each for each in svg.path() if "chart-figure" in each.classes), None)
    if figure is None:
        return
    events = [
        e for each in figure.all("ul") if "chart-events" in each.classes for e in each.all("li")
    ]
    page.compare("events", len(lines), len(events))
    step = axes.across[1] - axes.across[0]
    for line, event in zip(lines, events, strict=False):
        day = re.match(r"(\d+) (\w+) (\d{4})", event.text())
        month = MONTHS.index(day[2])
        since = int(day[3]) - 1 - axes.first + (month * 30.44 + int(day[1])) / 365.25
        x = float(line.attributes["d"][1:].split()[0])
        page.compare(event.text(), abs(x - axes.across[0] - since * step) < 1 + step / 180, True)


MONTHS = [
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli",
    "Agustus", "September", "Oktober", "November", "Desember",
]  # fmt: skip


def _compared(page, svg):
    """Each village's line goes through its own points, those without a figure at its end."""
    for group in svg.all("g"):
        if "compare-line" not in group.classes:
            continue
        dots = [each for each in group.all("circle") if "compare-hit" in each.classes]
        shapes = [each for each in group.all("path") if each.classes[0].startswith("compare-point")]
        for dot, shape in zip(dots, shapes, strict=True):
            said = title_of(dot)
            is_open = _is_unverified(said)
            page.compare(said, "compare-point--hollow" in shape.classes, is_open)
            page.compare(said, shape.attributes.get("fill"), PAPER if is_open else None)
            x, y = map(
                float, re.match(r"M(-?[\d.]+)[ ,](-?[\d.]+)", shape.attributes["d"]).groups()
            )
            page.compare(
                f"shape of {said}",
                abs(x - _centre(dot)[0]) < 8 and abs(y - _centre(dot)[1]) < 8,
                True,
            )
        through = {corner for each in group.all("polyline") for corner in corners_of(each)}
        page.compare("lines go through the points", through <= {_centre(e) for e in dots}, True)


def _map(page, svg):
    """Circles are as large as their hectares, and drawn as their words say."""
    places = []
    is_locator = any("aria-current" in each.attributes for each in svg.all("a"))
    is_share = any("map-share" in each.classes for each in svg.all("circle")) or bool(
        [each for each in svg.all("rect") if "map-swatch" in each.classes]
    )
    for link in svg.all("a"):
        said = squeezed(link.attributes["aria-label"])
        (circle,) = [e for e in link.all("circle") if "data-kotaku-circle" in e.attributes]
        places.append((said, areas_of(said)[0], circle))
        is_here = "aria-current" in link.attributes
        page.compare(
            f"ring of {said}", any("map-here" in e.classes for e in link.all("circle")), is_here
        )
        checks = [each for each in link.all("path") if "map-check" in each.classes]
        page.compare(f"check mark of {said}", bool(checks), not areas_of(said)[0] and not is_share)
        is_open = any(word in said for word in UNVERIFIED)
        if is_share:
            page.compare(f"border of {said}", "stroke-dasharray" in circle.attributes, is_open)
        elif not is_locator or is_here:
            fill = PAPER if is_open else COLOURS["green" if areas_of(said)[0] else "green-soft"]
            page.compare(f"filling of {said}", circle.attributes["fill"], fill)
            page.compare(f"class of {said}", "map-circle--hollow" in circle.classes, is_open)
        else:
            page.compare(f"class of {said}", "map-circle--context" in circle.classes, True)
    if is_share:
        _shares(page, svg, places)
        return
    largest = max(places, key=lambda each: each[1])
    unit = _number(largest[2], "r") / largest[1] ** 0.5 if largest[1] else 0
    for said, area, circle in places:
        radius = max(3, unit * area**0.5) if area else 4.5
        page.compare(f"size of {said}", abs(_number(circle, "r") - radius) < 0.15, True)
    for group in svg.all("g"):
        if "map-sizes" in group.classes:
            for ring, text in zip(group.all("circle"), group.all("text"), strict=True):
                radius = unit * _value(text.text().removesuffix(" Ha")) ** 0.5
                page.compare(f"size of {text.text()}", abs(_number(ring, "r") - radius) < 0.3, True)


def _shares(page, svg, places):
    """The colour of a circle is that of the class that its words fall into."""
    swatches = [each for each in svg.all("rect") if "map-swatch" in each.classes]
    (group,) = [each for each in svg.all("g") if "map-colours" in each.classes]
    paints = {
        squeezed(text.text()): swatch.attributes["fill"]
        for swatch, text in zip(swatches, group.all("text"), strict=True)
    }
    for said, area, circle in places:
        if share := re.search(r"berkurang ([\d.,]+) %", said):
            lowest = int(_value(share[1]) // 25) * 25
            label = f"{lowest}–{lowest + 25} %"
        elif "bertambah" in said:
            label = "bertambah"
        elif "tetap" in said:
            label = "0–25 %"
        else:
            # Without slum area at the start there is no share, whatever is left.
            label = "" if area else "tuntas"
        paint = circle.attributes["fill"]
        unknown = COLOURS["grey-soft"]
        fits = {paints.get(label, unknown)} | ({unknown} if not area else set())
        page.compare(f"colour of {said}", paint in fits, True)


def _scale(page, svg):
    """The classes of a score lie where their bounds say, and the marker in its own."""
    width = float(svg.attributes["viewbox"].split()[2])
    rects, texts = svg.all("rect"), svg.all("text")
    value = int(texts[-1].text())
    unit = width / 81
    page.compare("classes", len(rects), len(CLASSES))
    for rect, name, bounds, known in zip(rects, texts[:-1:2], texts[1:-1:2], CLASSES, strict=True):
        lowest, highest, word, paint = known
        page.compare("bounds", bounds.text(), f"{lowest}–{highest}")
        page.compare(f"name of {bounds.text()}", name.text(), word)
        place = abs(_number(rect, "x") - lowest * unit) < NEAR
        place = place and abs(_number(rect, "width") - (highest + 1 - lowest) * unit) < NEAR
        page.compare(f"{word} is there", place, True)
        middle = (lowest + highest + 1) / 2 * unit
        fits = all(abs(_number(each, "x") - middle) < NEAR for each in (name, bounds))
        page.compare(f"words of {word} are there", fits, True)
        page.compare(f"colour of {word}", rect.attributes["fill"], COLOURS[paint])
        page.compare(
            f"{word} is bold", "font-weight" in name.attributes, lowest <= value <= highest
        )
    (marker,) = [each for each in svg.all("path") if "score-scale__marker" in each.classes]
    x = float(marker.attributes["d"][1:].split()[0])
    page.compare("marker", abs(x - (value + 0.5) * unit) < NEAR, True)
    page.compare("value", abs(_number(texts[-1], "x") - x) < NEAR, True)
    page.compare("scale says", svg.attributes["aria-label"], f"Nilai {value} dari 80")


def _meter(page, svg):
    """A bar is as long as the share beside it."""
    (done,) = [each for each in svg.all("rect") if "meter__done" in each.classes]
    cell = next(each for each in svg.path()[::-1] if each.tag in ("td", "dl"))
    shares = re.findall(r"([\d.]+,\d) %", cell.text())
    page.compare(
        "bar", f"{_number(done, 'width'):.1f}" in [f"{_value(e):.1f}" for e in shares], True
    )


def _spark(page, svg):
    """The last point ends the line, and is filled only where its colour says so."""
    (end,) = svg.all("circle")
    for line in svg.all("polyline"):
        page.compare("end of the line", corners_of(line)[-1], _centre(end))
    paint = PAPER if "chart-point--hollow" in end.classes else GREEN
    page.compare("filling of the last point", end.attributes["fill"], paint)


def _multiple(page, svg):
    _spark_like = [each for each in svg.all("circle") if "chart-point" in each.classes]
    (end,) = _spark_like
    paint = PAPER if "chart-point--hollow" in end.classes else GREEN
    page.compare("filling of the last point", end.attributes["fill"], paint)
    lines = [corners_of(each) for each in svg.all("polyline")]
    page.compare(
        "end of the lines", _centre(end) in [each[-1] for each in lines] or not lines, True
    )


def _costs(page, svg):
    """Each year's bars stand beside its name, one row below the other."""
    texts = svg.all("text")
    rects = {
        name: [each for each in svg.all("rect") if name in each.classes]
        for name in ("cost-bars__planned", "cost-bars__spent")
    }
    years = re.findall(r"(?:: |; )(\d{4}) Rp", squeezed(svg.attributes["aria-label"]))
    page.compare("years of the bars", [each.text() for each in texts[::2]], years)
    for planned, spent, text, value in zip(*rects.values(), texts[::2], texts[1::2], strict=True):
        tops = {_number(planned, "y"), _number(spent, "y")}
        fits = len(tops) == 1 and 0 < _number(text, "y") - min(tops) < 20
        end = max(_number(each, "x") + _number(each, "width") for each in (planned, spent))
        fits = fits and _number(value, "y") == _number(text, "y") and _number(value, "x") > end
        page.compare(f"bars of {text.text()}", fits, True)
        page.compare(
            "colours",
            (planned.attributes["fill"], spent.attributes["fill"]),
            (COLOURS["green-soft"], GREEN),
        )


# The tone of a state's tag by the beginning of what it says.
TONES = {
    "Terverifikasi": "good",
    "Tuntas": "good",
    "Diajukan": "wait",
    "Memakai": "none",
    "Belum ada angka, baru": "none",
    "Belum ada angka": "missing",
    "Belum ada data": "none",
    "Tanpa target": "carried",
    "Sesuai target": "good",
    "Tercapai": "good",
    "Terlambat": "attention",
}


def expect_styles(page):
    """The style of a cell says the same as its words, and so does the heading shown on a phone."""
    for table in page.root.all("table"):
        if "villages" not in table.classes:
            continue
        heads = [each.text() for each in table.all("th") if each.attributes.get("scope") == "col"]
        for row in table.all("tr"):
            cells = row.all("td")
            for head, cell in zip(heads[1:], cells, strict=False):
                said = cell.text()
                named = squeezed(cell.attributes["data-label"])
                page.compare(f"heading of {said}", head[: len(named)], named)
                page.compare(
                    f"italics of {said}", "carried" in cell.classes, "(angka terakhir)" in said
                )
                page.compare(
                    f"line under {said}", "provisional-cell" in cell.classes, "(sementara)" in said
                )
                for tag in cell.all("span"):
                    if "state" in tag.classes:
                        tone = next((TONES[each] for each in TONES if said.startswith(each)), "")
                        page.compare(f"tone of {said}", f"state--{tone}" in tag.classes, True)


def _ignored(page, svg):
    """A sign beside words, or a QR code."""


KINDS = {
    "progress-chart": _progress,
    "map": _map,
    "score-scale": _scale,
    "meter": _meter,
    "sparkline": _spark,
    "multiples__chart": _multiple,
    "cost-bars": _costs,
    "icon": _ignored,
    "qr": _ignored,
    "slip__qr": _ignored,
}
