"""The social cards, as the drawings that their pictures are made from."""

import re
from unittest.mock import patch

from areas.sharing import card as cards
from tests.oracle import days
from tests.oracle.drawings import corners_of
from tests.oracle.numbering import number, percent
from tests.oracle.progress_pages import headline, is_hollow
from tests.oracle.reading import numbers, parse, squeezed


def social_cards(visit, turn):
    """The card of each period, and of its villages in it."""
    record = visit.record
    for programme in visit.programmes():
        query = f"?periode={programme['slug']}"
        way = record.city_way(programme)
        if way is not None:
            _expect_card(visit, f"/kartu/kemajuan.png{query}", way, programme)
        for each in record.village_ways(programme)[:2]:
            way = record.one_village(programme, each.village)
            _expect_card(visit, f"/kartu/desa/{each.village['code']}.png{query}", way, programme)


def _expect_card(visit, address: str, way, programme):
    """The headline, the large number with its notes, the line with its end values and years."""
    drawn = []
    cards._drawn.cache_clear()
    with patch.object(cards, "png", side_effect=lambda svg: drawn.append(svg) or b""):
        visit.get(address)
    cards._drawn.cache_clear()
    (markup,) = drawn
    page = visit.file_page("card", parse(markup))
    groups = {each.attributes.get("font-size", ""): each for each in page.root.all("g")}
    page.compare("headline", numbers(groups["54"].text()), headline(way))
    texts = page.root.all("text")
    sample = [each for each in texts if each.text() == "Data contoh"]
    page.compare("mark of sample data", len(sample), int(programme["is_sample"]))
    page.compare("large number", number(way.now) in {each.text() for each in texts}, True)
    notes = groups["34"].text()
    share = way.reduced_percent(way.last)
    said = re.search(r"(berkurang|naik) ([\d.,]+ %) sejak (\d{4})", notes)
    if share:
        verb = "berkurang" if share > 0 else "naik"
        page.compare("change", said and said.groups(), (verb, percent(abs(share)), str(way.first)))
    else:
        page.compare("no change", said, None)
    if way.carried(way.last) and way.is_counted and len(way.villages) > 1:
        known = len(way.villages) - way.carried(way.last)
        page.compare("counted", f"baru {known} dari {len(way.villages)} " in notes, True)
    # A longer line is cut off with dots.
    start = days.state(way, way.last).split()[0] if way.is_counted else "baseline"
    page.compare("of when", start in notes or "…" in notes, True)
    _expect_line(page, way)


def _expect_line(page, way):
    """The line of a card: its points, its target, its values and years."""
    last = max([way.last] + ([way.target_year] if way.promises is not None else []))
    circles = page.root.all("circle")
    page.compare("points", len(circles), len(way.years) if last > way.first else 0)
    if last == way.first:
        return
    axis = next(e for e in page.root.all("path") if "H" in e.attributes["d"])
    left, bottom, right = map(float, re.findall(r"[\d.]+", axis.attributes["d"]))
    areas = [way.left(year) for year in way.years]
    corners = dict(way.promises[0].corners) if way.promises else {}
    targets = [(y, way.target(y)) for y in range(way.first, last + 1)] if corners else []
    targets = [each for each in targets if each[0] <= (way.target_year or 0)]
    tallest = float(max([*areas, *(area for _, area in targets)])) or 1.0
    tops = [float(c.attributes["cy"]) for c in circles]
    heights = [float(area) for area in areas]
    if max(heights):
        place = heights.index(max(heights))
        unit = (bottom - tops[place]) / heights[place]
    else:
        unit = 0
    page.compare("inside", unit * tallest < bottom, True)

    def at(year, area):
        return left + (year - way.first) * (right - left) / (last - way.first), bottom - float(
            area
        ) * unit

    for circle, year in zip(circles, way.years, strict=True):
        x, y = at(year, way.left(year))
        fits = abs(float(circle.attributes["cx"]) - x) < 0.3
        fits = fits and abs(float(circle.attributes["cy"]) - y) < 0.5
        page.compare(f"point of {year}", fits, True)
        is_open = circle.attributes["fill"] != circle.attributes["stroke"]
        page.compare(f"point of {year} is hollow", is_open, is_hollow(way, year))
    lines = {
        each.attributes["stroke-width"]: corners_of(each) for each in page.root.all("polyline")
    }
    if way.has_figures:
        centres = [(float(c.attributes["cx"]), float(c.attributes["cy"])) for c in circles]
        page.compare("line", lines.get("7"), centres)
    page.compare("target is drawn", "4" in lines, bool(targets))
    if targets and unit:
        # The unit is known from a circle's height, rounded to a tenth of a pixel.
        near = 0.5 + 0.06 * float(targets[-1][1]) / max(heights)
        for (x, y), (a, b) in zip(lines["4"][::-1][:1], [at(*targets[-1])], strict=True):
            page.compare("target's end", abs(x - a) < 0.3 and abs(y - b) < near, True)
    said = {squeezed(each.text()) for each in page.root.all("text")}
    for year in {way.first, last}:
        page.compare(f"year {year}", str(year) in said, True)
    page.compare("first value", number(way.start) in said, True)


KINDS = [social_cards]
