"""The circles of a map: what is left in each place, what is gone, and what it is based on."""

from fractions import Fraction

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


def expect_circles(page, facts: dict[str, str], selector: str, drawings: int):
    """Each map has a circle for each place, which says what it stands for."""
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
