"""The circles of a map: what is left in each place, what is gone, and what it is based on."""

from fractions import Fraction
from math import cos, dist, radians

from tests.oracle.numbering import count, ha, half_up, number, percent, reduction
from tests.oracle.reading import squeezed
from tests.oracle.ways import Way


def change_words(share: Fraction | None) -> str:
    """Return `berkurang 46,5 %`, `bertambah 3,0 %`, `tetap`, or nothing where it is unknown."""
    if share is None:
        return ""
    if not half_up(share, 1):
        return "tetap"
    return f"{'berkurang' if share > 0 else 'bertambah'} {percent(abs(share))}"


def title(name: str, area, share, basis: str) -> str:
    said = [f"{name}: {ha(area)}", change_words(share) if area else "tuntas", basis]
    return "; ".join(each for each in said if each)


def villages(record, programme: dict, states) -> dict[str, str]:
    """Return village → what its circle says."""
    ways = record.village_ways(programme, states)
    newest = max((max(each.figures, default=0) for each in ways), default=0)
    said = {}
    for each in ways:
        last = max(each.figures, default=0)
        basis = ""
        if last and each.figures[last][1] == "submitted":
            basis = f"angka {last} diajukan, belum terverifikasi"
        elif newest and last != newest:
            basis = f"memakai angka {last}" if last else "memakai baseline"
        share = Way(each.first, [each], None).reduced_percent(each.last)
        name = record.village_name(each.village)
        said[name] = title(name, each.left(9999), share, basis)
    return said


def part(name: str, way: Way) -> str:
    """What the circle of a part of a sum says."""
    complete = way.last == way.first or way.verified(way.last) == len(way.villages)
    basis = "" if complete else "belum semua terverifikasi"
    return title(name, way.now, way.reduced_percent(way.last), basis)


def spots_of(record, villages) -> dict[str, tuple[float, float]]:
    """Return village → latitude and longitude."""
    return {
        record.village_name(each): (float(each["latitude"]), float(each["longitude"]))
        for each in villages
    }


def middle_of(spots) -> tuple[float, float]:
    """Return the mean of places."""
    lats, lngs = zip(*spots, strict=True)
    return sum(lats) / len(lats), sum(lngs) / len(lngs)


def expect_positions(page, drawing, spots: dict, others):
    """North is up, east is right, both on one scale; `others` are the grey dots.

    Places that would hide each other are moved apart, so that only the others are measured.
    """
    drawn = {}
    for link in drawing.all("a"):
        name = squeezed(link.attributes["aria-label"]).partition(": ")[0]
        (circle,) = [e for e in link.all("circle") if "data-kotaku-circle" in e.attributes]
        drawn[name] = float(circle.attributes["cx"]), float(circle.attributes["cy"])
    group = next(each for each in drawing.all("g") if "map-others" in each.classes)
    dots = [(float(e.attributes["cx"]), float(e.attributes["cy"])) for e in group.all("circle")]
    page.compare("grey dots", len(dots), len(others))
    lats = [lat for lat, _ in [*spots.values(), *others]] or [0.0]
    squeeze = cos(radians((min(lats) + max(lats)) / 2))
    flat = {name: (lng * squeeze, -lat) for name, (lat, lng) in spots.items() if name in drawn}
    alone = [
        name
        for name in flat
        if not any(dist(flat[name], flat[e]) < 1e-4 for e in flat if e != name)
    ]
    if len(alone) < 2:
        return
    one, two = max(
        ((a, b) for a in alone for b in alone), key=lambda pair: dist(flat[pair[0]], flat[pair[1]])
    )
    unit = dist(drawn[one], drawn[two]) / dist(flat[one], flat[two])

    def place(point):
        return tuple(drawn[one][n] + (point[n] - flat[one][n]) * unit for n in (0, 1))

    for name in alone:
        page.compare(f"place of {name}", dist(drawn[name], place(flat[name])) < 1, True)
    for dot, (lat, lng) in zip(sorted(dots), sorted(others, key=lambda e: e[1]), strict=False):
        fits = dist(dot, place((lng * squeeze, -lat))) < 1
        page.compare("place of a grey dot", fits, True)
    for line in drawing.all("polyline"):
        xs = [float(corner.split(",")[0]) for corner in line.attributes["points"].split()]
        scale = next(each for each in drawing.all("g") if "map-scale" in each.classes)
        km = float(scale.text().removesuffix(" km").replace(".", "").replace(",", "."))
        page.compare("scale", abs(max(xs) - min(xs) - km * unit / 111.32) < 1, True)


def expect_circles(
    page, facts: dict[str, str], selector: str, drawings: int, spots=None, others=()
):
    """Each map has a circle for each place, which says what it stands for, at its place."""
    maps = [each for each in page.root.all("svg") if "map" in each.classes]
    page.compare("maps", len(maps), drawings)
    for drawing in maps:
        seen = {}
        for circle in drawing.all("a"):
            words = squeezed(circle.attributes["aria-label"])
            seen[words.partition(": ")[0]] = words
            for each in circle.all("title"):
                page.compare("title of a circle", squeezed(each.text()), words)
        page.compare("circles", set(seen), set(facts))
        for name, words in facts.items():
            page.compare(f"circle of {name}", seen.get(name), words)
        expect_positions(page, drawing, spots or {}, others)
        label = drawing.attributes["aria-label"]
        page.compare("map's name", [s for s in label.split() if s.isdigit()], [str(len(facts))])
    page.take(f"{selector} svg.map a")
    page.take(f"{selector} svg.map .map-names")
    page.blocks = [each for each in page.blocks if "map" not in each.element.classes]


def districts(record, programme: dict, states) -> list[tuple]:
    """Return (name, villages, hectares left, share gone) of each kecamatan, most hectares first."""
    groups: dict[str, list] = {}
    for each in record.village_ways(programme, states):
        groups.setdefault(record.district_of(each.village)["name"], []).append(each)
    found = []
    for name, ways in groups.items():
        start = sum((Fraction(each.baseline["area_ha"]) for each in ways), Fraction(0))
        left = sum((each.left(9999) for each in ways), Fraction(0))
        found.append((name, len(ways), left, (start - left) * 100 / start if start else None))
    return sorted(found, key=lambda each: (-each[2], each[0]))


def district_cells(record, programme: dict, states) -> dict:
    cells = {}
    for name, villages, left, share in districts(record, programme, states):
        cells[name, "Desa/kel."] = count(villages)
        cells[name, "Sisa (Ha)"] = number(left)
        cells[name, "Berkurang"] = reduction(share)
    return cells
