"""What the page that compares villages has to say, and both of its drawings."""

from tests.oracle import days, drawn_points
from tests.oracle.comparisons import may_see, ranked
from tests.oracle.drawings import corners_of, expect_drawings
from tests.oracle.maps import change_words
from tests.oracle.numbering import number, reduction
from tests.oracle.reading import parse, squeezed
from tests.oracle.ways import OFFICIAL, Way


def compared_villages(visit, turn: int):
    """The comparison of two to four villages of each period, for the public and for staff."""
    for place, programme in enumerate(visit.programmes()):
        ways = _ways(visit.record, programme)
        if len(ways) < 2:
            continue
        start, count = (turn + place) % len(ways), 2 + (turn + place) % 3
        chosen = (ways + ways)[start : start + min(count, len(ways))]
        user = visit.world.bappeda if (turn + place) % 2 else None
        codes = "".join(f"&desa={each.villages[0].village['code']}" for each in chosen)
        query = f"?periode={programme['slug']}{codes}"
        page = visit.page("comparison", f"/banding/{query}", user)
        until = max(each.last for each in ways)
        drawings = [each for each in page.root.all("svg") if "progress-chart" in each.classes]
        page.compare("drawings", len(drawings), 2)
        for drawing in drawings:
            _expect_chart(page, drawing, chosen, until)
        page.take(".progress-chart")
        page.expect_cells("section table.compare-table", _cells(visit.record, chosen, until))
        ranked_until = []
        if may_see(programme, bool(user)):
            ranked_until = [str(until)]
            page.expect_cells("table.compare-ranks", _rank_cells(visit.record, ways))
            page.expect("#urutan", ranked_until)
        _expect_multiples(page, page.root, ways, until)
        page.take("ul.multiples")
        page.expect("#semua text", [str(ways[0].first)], [str(max(until, ways[0].first + 1))])
        page.expect("section p.note", _note(ways, until), ranked_until)
        page.take("section p.chart-sub")
        page.done()
        _expect_files(visit, query, chosen, ways, until)


def expect_small_charts(page, record, programme: dict):
    """The small charts of verified figures on a city's page."""
    ways = _ways(record, programme)
    if len(ways) < 2:
        return
    until = max(each.last for each in ways)
    _expect_multiples(page, page.root, ways, until)
    page.take("ul.multiples")
    page.take("section.no-print p.chart-sub")
    page.expect("#semua text", [str(ways[0].first)], [str(max(until, ways[0].first + 1))])
    page.expect("section.no-print p.note", _note(ways, until))


def _expect_files(visit, query: str, chosen, ways, until: int):
    root = parse(visit.get(f"/grafik/banding.svg{query}").decode())
    page = visit.file_page("comparison's file", root)
    drawing = next(each for each in root.all("svg") if "progress-chart" in each.classes)
    _expect_chart(page, drawing, chosen, until)
    expect_drawings(page)
    root = parse(visit.get(f"/grafik/semua-desa.svg{query}").decode())
    page = visit.file_page("small charts' file", root)
    _expect_multiples(page, root, ways, until)
    expect_drawings(page)


def _ways(record, programme: dict) -> list[Way]:
    """Return the way of each village of a period, by name."""
    found = record.village_ways(programme, OFFICIAL)
    found.sort(key=lambda each: (each.village["name"], each.village["code"]))
    return [Way(each.first, [each], None) for each in found]


def _name(way: Way) -> str:
    return way.villages[0].village["name"]


def _expect_chart(page, drawing, chosen, until: int):
    """Each point lies where the axes put the oracle's value, and says it; each line has its name."""
    axis = next(each for each in drawing.all("g") if "chart-axis" in each.classes)
    ticks = [each for each in axis.all("text") if each.attributes.get("text-anchor") == "end"]
    heights = [float(each.attributes["y1"]) for each in axis.all("line")]
    values = [float(each.text().replace(".", "").replace(",", ".")) for each in ticks]
    per_ha = (heights[-1] - heights[0]) / (values[-1] - values[0])
    across = [float(each.attributes["d"][1:].split()[0]) for each in axis.all("path")]
    lines = [each for each in drawing.all("g") if "compare-line" in each.classes]
    page.compare("lines", len(lines), len(chosen))
    # The first village is drawn last, on top.
    for line, way in zip(lines[::-1], chosen, strict=True):
        years = range(way.first, until + 1)
        dots = [each for each in line.all("circle") if "compare-hit" in each.classes]
        shapes = [each for each in line.all("path") if each.classes[0].startswith("compare-point")]
        page.compare("points", (len(dots), len(shapes)), (len(years), len(years)))
        for dot, shape, year in zip(dots, shapes, years, strict=False):
            height = heights[0] + per_ha * float(way.left(year))
            fits = abs(float(dot.attributes["cy"]) - height) < 0.3
            fits = fits and abs(float(dot.attributes["cx"]) - across[year - way.first]) < 0.3
            page.compare(f"point of {_name(way)} {year}", fits, True)
            hollow = "compare-point--hollow" in shape.classes
            page.compare("hollow", hollow, year > way.first and not way.verified(year))
            said = squeezed("".join(each.text() for each in dot.all("title")))
            page.compare("point says", said, f"{_name(way)}; {_title(way, year)}")
        label = squeezed(" ".join(each.text() for each in line.all("text")))
        page.compare("line's name", label, squeezed(f"{_name(way)} {number(way.now)}"))


def _title(way: Way, year: int) -> str:
    if year <= way.last:
        return drawn_points.point_title(way, year)
    return drawn_points.tail_titles(way, year)[-1]


def _cells(record, chosen, until: int) -> dict:
    cells = {}
    for way in chosen:
        name = record.village_name(way.villages[0].village)
        for year in range(way.first, until + 1):
            text = number(way.left(year))
            if year == way.first:
                text = days.marked(text, days.inferred(way))
            elif not way.verified(year):
                text = f"{text} *"
            else:
                text += days.year_name(way, year).removeprefix(str(year))
            cells[str(year), name] = text
            cells[str(year), "Tahun"] = str(year)
    return cells


def _rank_cells(record, ways) -> dict:
    places = ranked(dict(enumerate(ways)))
    cells = {}
    for key, way in enumerate(ways):
        name = record.village_name(way.villages[0].village)
        share = way.reduced_percent(way.last) if way.has_figures else None
        cells[name, "Urutan"] = str(places.get(key, "–"))
        cells[name, "Berkurang"] = reduction(share)
        cells[name, "Sisa (Ha)"] = number(way.now)
        cells[name, "Baseline (Ha)"] = days.marked(number(way.start), days.inferred(way))
        cells[name, "Angka tahun"] = (
            days.year_name(way, way.last) if way.has_figures else "baseline"
        )
    return cells


def _what(way: Way, until: int) -> str:
    if not way.has_figures:
        words = "belum ada angka"
    elif not way.now:
        words = "tuntas"
    else:
        words = change_words(way.reduced_percent(way.last))
    return words + (" *" if way.last < until else "")


def _note(ways, until: int) -> list[str]:
    return [str(until)] if any(way.last < until for way in ways) else []


def _expect_multiples(page, root, ways, until: int):
    """The small charts say each village's share and hectares; a hollow end is an earlier figure."""
    charts = [each for each in root.all("li") if each.parent.classes == ["multiples"]]
    charts = charts or [each for each in root.all("g") if "transform" in each.attributes]
    page.compare("small charts", len(charts), len(ways))
    seen = []
    for chart in charts:
        (end,) = [each for each in chart.all("circle") if "chart-point" in each.classes]
        words = squeezed(" ".join(each.text() for each in (*chart.all("span"), *chart.all("text"))))
        seen.append((words, "chart-point--hollow" in end.classes))
    expected = [
        (squeezed(f"{_name(way)} {_what(way, until)} {number(way.now)}"), way.last < until)
        for way in ways
    ]
    for one, other in zip(sorted(seen), sorted(expected), strict=False):
        page.compare("small chart", one, other)
    _expect_small_lines(page, charts, ways, until)


def _expect_small_lines(page, charts, ways, until: int):
    """All small lines have one scale, which covers the largest; a year is a step to the right."""
    by_name = {_name(way): way for way in ways}
    first, last = ways[0].first, max(until, ways[0].first + 1)
    tallest = max(way.left(year) for way in ways for year in way.years)
    units = set()
    for chart in charts:
        words = squeezed(" ".join(e.text() for e in (*chart.all("span"), *chart.all("text"))))
        way = by_name[next(name for name in by_name if words.startswith(f"{name} "))]
        corners = {}
        for line in chart.all("polyline"):
            kind = "line" if "chart-actual" in line.classes else "tail"
            corners[kind] = corners_of(line)
        years = list(way.years) if way.has_figures else []
        page.compare("corners", len(corners.get("line", [])), len(years))
        page.compare("tail", "tail" in corners, way.last < until)
        drawn = [*zip(years, corners.get("line", []), strict=False)]
        drawn += [*zip((way.last, until), corners.get("tail", []), strict=False)]
        for year, (x, y) in drawn:
            across = 6 + (year - first) * 110 / (last - first)
            page.compare(f"{_name(way)} {year} across", abs(x - across) < 0.2, True)
            if tallest and way.left(year) > tallest / 4:
                units.add(round((78 - y) / float(way.left(year)) * float(tallest)))
            elif not way.left(year):
                page.compare(f"{_name(way)} {year} at 0", y, 78.0)
    page.compare(f"one scale {units}", not units or max(units) - min(units) <= 2, True)
    page.compare("scale covers all", all(unit <= 71 for unit in units), True)


KINDS = [compared_villages]
