"""The chart of a few villages and the small charts of all; areas here are made up."""

import re
from decimal import Decimal
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from areas.charts.compare_chart import MOST, NARROW, WIDE, Compared, compare_chart
from areas.charts.multiples import small_multiples
from areas.rules import progress

NAMES = "Karangpanimbal", "Neglasari", "Banjar", "Waringinsari"
AREAS = st.lists(st.decimals(0, 3000, places=2), min_size=1, max_size=6)


@cache
def series_of(areas):
    """Return a village's series from 2016: the baseline, then one figure for each year."""
    figures = {2016 + year: area for year, area in enumerate(areas) if year}
    return progress.build_series(
        baseline_year=2016,
        baseline_ha=areas[0],
        villages=1,
        cleared_at_baseline=int(areas[0] == 0),
        changes=progress.yearly_changes([(areas[0], figures)], set()),
    )


def places_of(villages):
    return [
        Compared(NAMES[number % 4], f"/desa/{number}/", series_of(tuple(areas)))
        for number, areas in enumerate(villages)
    ]


@given(st.lists(AREAS, min_size=1, max_size=MOST), st.sampled_from([WIDE, NARROW]))
def test_points_and_names_stay_inside_and_names_apart(villages, size):
    places = places_of(villages)
    until = max(each.series.latest.year for each in places)
    chart = compare_chart(
        places, key="uji", title="Uji", until=until, width=size[0], height=size[1]
    )
    assert len(chart.lines) == len(places)
    heights = []
    for line, place in zip(chart.lines, places, strict=True):
        assert len(line.points) == until - 2016 + 1
        for point in line.points:
            assert 0 <= float(point.x) <= float(chart.right) + 0.1
            assert 0 <= float(point.y) <= float(chart.bottom) + 0.1
            assert re.fullmatch(r"[MLalz\d. -]+", point.shape)
        # Later years than a village's last figure use it, and their points are hollow.
        hollow = [point.is_hollow for point in line.points]
        known = place.series.latest.year - 2016 + 1
        assert hollow == [False] * known + [True] * (len(hollow) - known)
        assert " ".join(text.text for text in line.label).startswith(place.name)
        heights += [float(text.y) for text in line.label]
        assert all(0 < float(text.y) <= size[1] for text in line.label)
        # Bold letters are wider than others.
        widths = [0.64 * float(chart.text_size) * len(text.text) for text in line.label]
        assert float(line.label[0].x) + max(widths) <= size[0]
    gaps = [b - a for a, b in zip(sorted(heights), sorted(heights)[1:], strict=False)]
    assert all(gap >= 12 for gap in gaps)


@given(st.lists(AREAS, min_size=1, max_size=20))
def test_small_charts_share_one_scale(villages):
    places = places_of(villages)
    until = max(each.series.latest.year for each in places)
    drawn = small_multiples(places, [(each, "tetap") for each in places], until)
    assert len(drawn.multiples) == len(places)
    ends = sorted(
        (place.series.latest.remaining_ha, -float(each.end_y))
        for place, each in zip(places, drawn.multiples, strict=True)
    )
    # More hectares are never drawn lower.
    assert [height for _, height in ends] == sorted(height for _, height in ends)
    for place, each in zip(places, drawn.multiples, strict=True):
        assert each.is_hollow == (place.series.latest.year < until)
        assert bool(each.tail) == each.is_hollow
        assert 0 <= float(each.end_y) <= float(drawn.bottom)
    assert len({each.at for each in drawn.multiples}) == len(places)
    top = Decimal(drawn.scale.split("–")[1].replace(".", "").replace(",", "."))
    assert top >= max(max(areas) for areas in villages)
