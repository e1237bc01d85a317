"""The colours that charts carry are those that the style sheet gives them in light mode."""

import re
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

from django.conf import settings
from django.template.loader import render_to_string

from areas.charts.bubble_map import SHARE, Place, bubble_map
from areas.charts.progress_chart import ProposedPoint, progress_chart, sparkline
from areas.charts.score_scale import score_scale
from areas.rules.criteria import CURRENT
from areas.rules.progress import Target
from areas.workplan.costs import Bar
from kotaku.colours import COLOURS, PAGE
from tests.areas.charts.test_progress_chart import RAKOR, make_series

STYLES = (Path(settings.BASE_DIR) / "static/css/app.css").read_text()


def test_tokens_of_the_page_have_the_same_colours():
    light = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", STYLES.partition("@media")[0]))
    assert {name: light[name] for name in PAGE} == PAGE


def rules_of_classes():
    """Return (class, "fill" or "stroke") → token, of the rules that name a class alone."""
    rules = {}
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", STYLES):
        for name in re.findall(r"(?:^|,)\s*\.([\w-]+)(?=\s*(?:,|$))", selectors):
            for side, value in re.findall(r"(fill|stroke): var\((.*?)\);", body):
                rules[name, side] = re.findall(r"--([\w-]+)", value)[-1]
    return rules


def drawn():
    """Return every chart with all that it can show."""
    series = make_series(2016, ["187.95", "142.30"], Target(2019, Decimal(0), {}), counted={1: 9})
    progress = progress_chart(
        series,
        key="uji",
        width=760,
        height=360,
        marks=[RAKOR],
        plan=[(2017, Decimal("142.30")), (2018, Decimal(90))],
        proposed=ProposedPoint(2018, Decimal(100)),
    )
    places = [
        Place(
            f"32.79.01.100{n}",
            "Contoh",
            "Banjar",
            -7.3 - n / 50,
            108.5,
            Decimal(n),
            "/",
            basis=basis,
        )
        for n, basis in enumerate(["", "lama", "", ""])
    ]
    square = [[[(108.5, -7.3), (108.6, -7.3), (108.6, -7.4), (108.5, -7.3)]]]
    boundaries = {place.code: square for place in places[:2]}
    here = bubble_map(places, width=328, boundaries=boundaries, here=places[0].code)
    areas = bubble_map(places, width=760, others=[(-7.31, 108.52)])
    share = bubble_map(places, width=760, view=SHARE)
    costs = {"bars": [Bar(*"1" * 7)], "view_box": "0 0 9 9", "label": "", "bar_x": "1"}
    yield render_to_string("charts/progress.svg.html", {"chart": progress})
    for drawn_map in (here, areas, share):
        yield render_to_string("charts/map.svg.html", {"chart": drawn_map, "origin": ""})
    yield render_to_string("charts/score_scale.svg.html", {"scale": score_scale(CURRENT, 30)})
    yield render_to_string("charts/cost_bars.svg.html", {"costs": costs})
    for values in ([3, 2], []):
        chart = sparkline(values, baseline_ha=4, is_hollow=not values)
        yield render_to_string("charts/sparkline.svg.html", {"chart": chart})


def test_charts_carry_the_colours_that_the_page_gives_their_classes():
    rules = rules_of_classes()
    compared = set()
    for chart in drawn():
        for element in ElementTree.fromstring(chart).iter():
            for side in ("fill", "stroke"):
                names = [name for name in element.get("class", "").split() if (name, side) in rules]
                if element.get(side) and names and rules[names[-1], side] in PAGE:
                    compared.add(names[-1])
                    expected = COLOURS[rules[names[-1], side]]
                    assert element.get(side) == expected, (names, side)
    assert compared >= {"chart-target", "chart-actual", "chart-point--hollow", "map-boundary--here"}
    assert compared >= {"map-circle--hollow", "map-circle--cleared", "chart-gap", "chart-dot"}
    assert compared >= {"chart-plan", "chart-proposed", "map-boundary", "cost-bars__spent"}
