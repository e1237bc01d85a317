"""The geometry and the words of progress charts and sparklines."""

import re
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import combinations, pairwise
from math import hypot
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from hypothesis import example, given
from hypothesis import strategies as st

from areas.charts.figure import chart_figure
from areas.charts.labels import Box, Text
from areas.charts.progress_chart import (
    NARROW,
    WIDE,
    ChartMark,
    ProposedPoint,
    progress_chart,
    sparkline,
)
from areas.charts.scale import (
    coordinate,
    labelled_years,
    moment_of,
    nice_ticks,
    tick_labels,
)
from areas.rules.progress import Target, YearChange, build_series
from kotaku.formats import format_hectares, format_hectares_unit

SIZES = {"wide": WIDE, "narrow": NARROW}
RAKOR = ChartMark(date(2016, 11, 8), "Rakor Pokja PKP", "/rakor/1/")

hectares = st.decimals(0, 5000, places=2)


def make_series(first_year, areas, target=None, villages=14, counted=None):
    """Return a series whose total is areas[n] at the end of first_year + n."""
    areas = [Decimal(area) for area in areas]
    changes = [
        YearChange(first_year + number, after - before, (counted or {}).get(number, villages), 0)
        for number, (before, after) in enumerate(pairwise(areas), start=1)
    ]
    return build_series(
        baseline_year=first_year,
        baseline_ha=areas[0],
        villages=villages,
        cleared_at_baseline=0,
        changes=changes,
        target=target,
    )


def make_chart(series, size="wide", **options):
    width, height = SIZES[size]
    return progress_chart(series, key="uji", width=width, height=height, **options)


@pytest.fixture
def sample():
    return make_series(
        2016,
        ["187.95", "142.30", "103.40", "71.15"],
        Target(2019, Decimal(0), {}),
        counted={3: 9},
    )


@st.composite
def charts(draw):
    first_year = draw(st.integers(2000, 2020))
    areas = draw(st.lists(hectares, min_size=1, max_size=40))
    target = None
    if draw(st.booleans()):
        span = draw(st.integers(1, 20))
        target = Target(first_year + span, draw(hectares), {})
    proposed = None
    if draw(st.booleans()):
        proposed = ProposedPoint(first_year + len(areas), draw(hectares))
    days = st.dates(date(first_year - 2, 1, 1), date(first_year + 25, 12, 31))
    marks = draw(st.lists(st.builds(ChartMark, days, st.sampled_from(["Rakor", "R" * 60]))))
    size = draw(st.sampled_from(sorted(SIZES)))
    series = make_series(first_year, areas, target)
    plan = draw(plans(series)) if draw(st.booleans()) else ()
    options = {"marks": marks, "proposed": proposed, "plan": plan}
    if draw(st.booleans()):
        shares = draw(st.lists(st.integers(0, 120), min_size=1, max_size=len(areas) + 3))
        options["pace"] = [
            (first_year + number, areas[0] * share / 100) for number, share in enumerate(shares)
        ]
    if not proposed:
        options["carried_to"] = series.latest.year + draw(st.integers(0, 3))
    return series, make_chart(series, size, **options), size


@st.composite
def plans(draw, series):
    """A way that falls from the last known area on, year by year."""
    start = series.latest.remaining_ha
    shares = draw(st.lists(st.integers(0, 100), min_size=1, max_size=12))
    ahead = [start * share / 100 for share in sorted(shares, reverse=True)]
    return [(series.latest.year + number, area) for number, area in enumerate([start, *ahead])]


def strings_of(thing):
    """Yield every string in a tree of frozen dataclasses, with the name of its field."""
    for field in fields(thing):
        value = getattr(thing, field.name)
        for piece in value if isinstance(value, tuple) else (value,):
            if is_dataclass(piece):
                yield from strings_of(piece)
            else:
                yield field.name, piece


def box_of(text: Text, size: float) -> Box:
    size = float(text.size or size)
    width = (0.6 if text.size else 0.56) * size * len(text.text)
    left = float(text.x) - {"start": 0, "middle": 0.5, "end": 1}[text.anchor] * width
    return Box(left, float(text.y) - 0.75 * size, left + width, float(text.y) + 0.2 * size)


def data_labels(chart):
    proposed = chart.proposed.labels if chart.proposed else ()
    of_marks = [text for mark in chart.marks for text in mark.labels]
    return [
        *(chart.value_labels + chart.last_label + chart.target_label + chart.projection_label),
        *(chart.plan_label + proposed + chart.empty_label + chart.pace_label),
        *(chart.gap.labels if chart.gap else ()),
        *(chart.tail.labels if chart.tail else ()),
        *of_marks,
    ]


def corners_of(line):
    return [tuple(map(float, corner.split(","))) for corner in line.split()]


@given(charts())
def test_every_coordinate_is_a_number_with_at_most_one_decimal_and_a_point(drawn):
    _, chart, _ = drawn
    for name, value in strings_of(chart):
        if name in {"x", "y", "at", "left", "right", "bottom", "top", "point_radius"}:
            assert re.fullmatch(r"-?\d+(\.\d)?", value), (name, value)
        if name.endswith("line") and value:
            assert re.fullmatch(r"-?\d+(\.\d)?,-?\d+(\.\d)?( -?\d+(\.\d)?,-?\d+(\.\d)?)+", value)


@given(charts())
def test_everything_drawn_is_inside_the_view_box(drawn):
    _, chart, size = drawn
    width, height = SIZES[size]
    places = [(float(point.x), float(point.y)) for point in chart.points]
    places += [(float(mark.x), float(mark.top)) for mark in chart.marks]
    lines = (chart.actual_line, chart.target_line, chart.projection_line, chart.plan_line)
    for line in (*lines, chart.pace_line, chart.tail.line if chart.tail else ""):
        places += corners_of(line)
    if chart.proposed:
        places.append((float(chart.proposed.x), float(chart.proposed.y)))
    assert all(0 <= x <= width and 0 <= y <= float(chart.bottom) < height for x, y in places)
    years = [tick.label for tick in chart.x_ticks if tick.label]
    for text in [*data_labels(chart), *years]:
        box = box_of(text, float(chart.text_size))
        assert box.left >= 0
        assert box.right <= width
        assert box.top >= 0
        assert box.bottom <= height


@given(charts())
def test_labels_keep_apart(drawn):
    """So close that two numbers read as one is too close as well."""
    _, chart, _ = drawn
    texts = data_labels(chart) + [tick.label for tick in chart.y_ticks]
    boxes = [box_of(text, float(chart.text_size)) for text in texts]
    for one, other in combinations(range(len(boxes)), 2):
        assert not boxes[one].grown(3, 1).overlaps(boxes[other]), (texts[one], texts[other])


@given(charts())
def test_first_last_and_proposed_values_are_always_labelled(drawn):
    series, chart, _ = drawn
    assert chart.last_label[0].text == format_hectares_unit(series.latest.remaining_ha)
    # The newest value is the largest text of the drawing.
    assert float(chart.last_label[0].size) > float(chart.text_size)
    if series.has_figures:
        assert chart.value_labels[0].text == format_hectares(series.baseline_ha)
    if chart.proposed:
        assert chart.proposed.labels


def nearest_value(chart, text):
    """Return the value of the point that is nearest to a label, measured to points of its box."""
    box = box_of(text, float(chart.text_size))
    across = [box.left + (box.right - box.left) * step / 40 for step in range(41)]
    down = [box.top + (box.bottom - box.top) * step / 10 for step in range(11)]

    def distance(point):
        return min(hypot(float(point.x) - x, float(point.y) - y) for x in across for y in down)

    return min(chart.points, key=distance).title.split("; ")[0].split(": ")[1]


@given(charts())
def test_a_value_between_stands_nearest_to_its_own_point(drawn):
    _, chart, _ = drawn
    for text in chart.value_labels[1:]:
        if re.fullmatch(r"[\d.]+,\d\d", text.text):
            assert nearest_value(chart, text) == f"{text.text}\xa0Ha"


@pytest.mark.parametrize("size", sorted(SIZES))
@pytest.mark.parametrize(
    ("areas", "until"),
    [
        (["187.95", "143.75", "100.50", "76.65"], 0),
        (["187.95", "143.75", "100.50", "76.65"], 2026),
        (["20", "19.5", "19.2", "19.1"], 2022),
        (["30", "10", "9.8", "9.9", "9.7", "9.75"], 0),
    ],
)
def test_each_value_stands_nearest_to_its_own_point(size, areas, until):
    chart = make_chart(
        make_series(2016, areas, Target(2019, Decimal(0), {})), size, carried_to=until
    )
    texts = [*chart.value_labels, chart.last_label[0]]
    texts = [text for text in texts if re.fullmatch(r"[\d.]+,\d\d(\xa0Ha)?", text.text)]
    assert texts
    for text in texts:
        assert nearest_value(chart, text) == f"{text.text.removesuffix(chr(160) + 'Ha')}\xa0Ha"


@given(charts())
def test_years_run_to_the_right_and_larger_areas_stand_higher(drawn):
    series, chart, _ = drawn
    across = [float(point.x) for point in chart.points]
    assert across == sorted(set(across))
    areas = [point.remaining_ha for point in series.points]
    by_area = sorted(zip(areas, chart.points, strict=True), key=lambda pair: pair[0])
    heights = [float(point.y) for _, point in by_area]
    assert heights == sorted(heights, reverse=True)


@given(charts())
def test_year_labels_keep_first_and_last_and_stand_apart(drawn):
    series, chart, _ = drawn
    labels = [tick.label for tick in chart.x_ticks if tick.label]
    assert labels[0].text == str(series.baseline_year)
    assert chart.x_ticks[-1].label is not None
    boxes = [box_of(label, float(chart.text_size)) for label in labels]
    assert not any(one.overlaps(other) for one, other in pairwise(boxes))


@given(charts())
def test_table_says_what_the_points_say(drawn):
    series, chart, _ = drawn
    rows = {row.year: row for row in chart.rows if row.verified != "diajukan"}
    for point in series.points:
        assert rows[str(point.year)].remaining == format_hectares(point.remaining_ha)
    assert len(chart.points) == len(series.points)
    assert chart.has_target == ("Target (Ha)" in chart.header)
    assert [row.year for row in chart.rows] == sorted(row.year for row in chart.rows)


@given(st.decimals(0, 10**8, places=2))
@example(Decimal("187.95"))
@example(Decimal(0))
def test_ticks_are_round_few_and_cover_the_largest_value(maximum):
    ticks = nice_ticks(maximum)
    step = ticks[1]
    assert 2 <= len(ticks) <= 6
    assert ticks[-1] - step < maximum <= ticks[-1] or maximum == 0
    assert ticks == tuple(step * number for number in range(len(ticks)))
    assert str(step.normalize().as_tuple().digits[0]) in "125"
    assert len(step.normalize().as_tuple().digits) == 1
    assert len(set(tick_labels(ticks))) == len(ticks)


def test_ticks_are_written_as_indonesians_write_them():
    assert tick_labels(nice_ticks(Decimal("187.95"))) == ("0", "50", "100", "150", "200")
    assert tick_labels(nice_ticks(Decimal("1200.5"))) == ("0", "500", "1.000", "1.500")
    assert tick_labels(nice_ticks(Decimal("1.10"))) == ("0,0", "0,5", "1,0", "1,5")


@given(st.integers(1990, 2040), st.integers(0, 60), st.integers(0, 30))
def test_labelled_years_are_few_and_hold_both_ends(first, span, room):
    years = labelled_years(first, first + span, room)
    assert years[0] == first
    assert years[-1] == first + span
    assert len(years) <= max(room, 2)
    assert list(years) == sorted(set(years))


@given(st.floats(-1e4, 1e4))
def test_coordinate_is_within_a_twentieth_of_the_number(value):
    assert abs(float(coordinate(value)) - value) <= 0.051
    assert coordinate(value) != "-0"


def test_a_figure_stands_at_its_last_day_of_december():
    assert moment_of(date(2016, 12, 31)) == 2016
    assert 2015.85 < moment_of(date(2016, 11, 8)) < 2015.86


def test_mark_stands_left_of_its_years_point(sample):
    chart = make_chart(sample, marks=[RAKOR])
    (mark,) = chart.marks
    assert float(chart.left) < float(mark.x) < float(chart.points[0].x)
    assert (mark.days, mark.name, mark.url) == ("8 November 2016", "Rakor Pokja PKP", "/rakor/1/")
    assert mark.labels[0].text == "Rakor Pokja PKP"


def test_mark_of_several_days_names_them_all_at_its_first_day(sample):
    long = replace(RAKOR, last_day=date(2016, 11, 9))
    (mark,), (single,) = (make_chart(sample, marks=[each]).marks for each in (long, RAKOR))
    assert mark.days == "8–9 November 2016"
    assert mark.x == single.x


@pytest.mark.parametrize("day", [date(2015, 12, 31), date(2022, 1, 1)])
def test_mark_outside_of_the_axis_is_not_drawn(sample, day):
    assert make_chart(sample, marks=[ChartMark(day, "Rakor")]).marks == ()


def test_points_are_hollow_where_not_every_figure_is_verified_for_the_year(sample):
    chart = make_chart(sample)
    assert [point.is_hollow for point in chart.points] == [False, False, False, True]
    assert chart.notes[0].startswith("Lingkaran tanpa isi: belum semua desa/kelurahan")
    assert [text.text for text in chart.last_label] == [
        "71,15\u00a0Ha",
        "2019, 9 dari 14 terverifikasi",
    ]


def test_years_without_a_figure_go_on_hollow(sample):
    village = make_series(2016, ["16.35", "12.80", "9.95"], villages=1)
    chart = make_chart(village, carried_to=2020)
    assert len(chart.points) == 3
    assert [point.is_hollow for point in chart.tail.points] == [True, True]
    assert {point.y for point in chart.tail.points} == {chart.points[-1].y}
    assert chart.tail.labels[0].text == "2019–2020 belum ada"
    (note,) = chart.notes
    said = "2019–2020 belum ada angka terverifikasi: lingkaran tanpa isi memakai angka 2018."
    assert note == said
    assert said in chart.description
    rows = [(row.year, row.remaining, row.verified) for row in chart.rows[-2:]]
    assert rows == [("2019", "9,95", "memakai 2018"), ("2020", "9,95", "memakai 2018")]
    assert make_chart(village, carried_to=2018).tail is None


def test_points_say_year_value_and_change(sample):
    said = [point.title.replace("\u00a0", " ") for point in make_chart(sample).points]
    assert said[0] == "2016: 187,95 Ha; baseline"
    assert said[3] == (
        "2019: 71,15 Ha; berkurang 32,25 Ha dari 2018; target 0,00 Ha; 9 dari 14 terverifikasi"
    )
    grown = make_series(2016, ["10", "12", "12"], villages=1)
    said = [point.title.replace("\u00a0", " ") for point in make_chart(grown).points]
    assert said[1] == "2017: 12,00 Ha; bertambah 2,00 Ha dari 2016; terverifikasi"
    assert said[2] == "2018: 12,00 Ha; sama dengan 2017; terverifikasi"


def test_on_a_phone_no_label_of_the_gap_strikes_through_the_target_line():
    series = make_series(
        2016, ["187.95", "143.75", "100.50", "76.65"], Target(2019, Decimal(0), {})
    )
    assert make_chart(series, "wide").gap.labels
    assert make_chart(series, "narrow").gap is None


def test_target_ends_in_its_year_and_the_gap_is_drawn_and_named(sample):
    chart = make_chart(sample)
    end = corners_of(chart.target_line)[-1]
    # The axis goes on to the projection's year.
    assert end == (float(chart.points[-1].x), float(chart.bottom))
    assert float(chart.x_ticks[-1].at) > end[0]
    assert chart.gap.is_above
    assert chart.gap.path.startswith(f"M{chart.points[-1].x} ")
    assert f"V{chart.bottom}m" in chart.gap.path
    assert " ".join(text.text for text in chart.gap.labels) == "71,15\u00a0Ha di atas target"
    assert "2019" in " ".join(text.text for text in chart.target_label)


def test_below_the_target_the_gap_says_so():
    series = make_series(2016, ["100", "20"], Target(2019, Decimal(0), {}))
    gap = make_chart(series).gap
    assert not gap.is_above
    assert " ".join(text.text for text in gap.labels) == "46,67\u00a0Ha di bawah target"


def test_near_projection_extends_the_axis_and_meets_the_target(sample):
    chart = make_chart(sample)
    assert chart.x_ticks[-1].label.text == "2021"
    assert "akhir 2021" in " ".join(text.text for text in chart.projection_label)
    corners = corners_of(chart.projection_line)
    # One corner a year; the last one on the target, in the year that the words name.
    assert [x for x, _ in corners] == [float(tick.at) for tick in chart.x_ticks[-3:]]
    assert corners[-1] == (float(chart.x_ticks[-1].at), float(chart.bottom))
    said = [dot.title.replace("\u00a0", " ") for dot in chart.projection_dots]
    assert said == ["Perkiraan akhir 2020: 32,22 Ha", "Perkiraan akhir 2021: 0,00 Ha"]


def test_far_projection_is_said_but_not_drawn():
    series = make_series(2022, ["184.75", "183.95"], Target(2030, Decimal(0), {}))
    chart = make_chart(series)
    assert chart.x_ticks[-1].label.text == "2030"
    assert chart.projection_line == ""
    assert chart.projection_dots == chart.projection_label == ()
    assert "tahun 2253" in chart.notes[0]


@given(charts())
def test_a_drawn_projection_ends_at_the_target_in_the_year_that_is_said(drawn):
    series, chart, _ = drawn
    if not chart.projection_line:
        return
    end, before = chart.projection_dots[-1], chart.projection_dots[-2:-1]
    target = format_hectares_unit(series.final_target.area_ha)
    assert end.title == f"Perkiraan akhir {series.projection.year}: {target}"
    # No earlier year shows the target already.
    assert all(not dot.title.endswith(f": {target}") for dot in before)
    assert f"tahun {series.projection.year}," in chart.description


def test_series_without_target_has_no_target_in_words_or_lines():
    chart = make_chart(make_series(2022, ["184.75", "183.95"], villages=19))
    assert chart.target_line == chart.projection_line == ""
    assert "Target" not in chart.description
    assert chart.header == ("Akhir tahun", "Sisa (Ha)", "Berkurang dari baseline", "Terverifikasi")
    assert chart.rows[1].verified == "19 dari 19"


def test_baseline_alone_says_that_figures_are_missing():
    chart = make_chart(make_series(2024, ["183.95"]))
    assert chart.actual_line == ""
    assert chart.empty_label[0].text == "Belum ada angka tahunan"
    assert "belum ada angka tahunan" in chart.description


def test_description_tells_the_story(sample):
    chart = make_chart(sample, proposed=ProposedPoint(2020, Decimal("12.5")))
    text = chart.description.replace("\u00a0", " ")
    assert text == (
        "Luas kumuh dari 187,95 Ha pada 2016 menjadi 71,15 Ha pada akhir 2019, "
        "berkurang 62,1 %. Angka 2019 belum lengkap: terverifikasi 9 dari 14. "
        "Target 0,00 Ha pada 2019. Perkiraan target tercapai: tahun 2021, bila terus "
        "berkurang 38,93 Ha per tahun. Diajukan untuk 2020: 12,50 Ha, belum terverifikasi."
    )


def test_growth_is_called_growth():
    chart = make_chart(make_series(2016, ["10", "12"]))
    assert "bertambah 20,0\u00a0%" in chart.description


def test_the_newest_value_keeps_off_the_line_to_the_proposed_point():
    series = make_series(2016, ["9.15", "7.40", "5.65"])
    chart = make_chart(series, "narrow", proposed=ProposedPoint(2019, Decimal("6.40")))
    start, end = corners_of(chart.proposed.line)
    box = box_of(chart.last_label[0], float(chart.text_size))
    assert box.covers(start, end) == 0


def test_proposed_point_is_joined_to_the_last_point_before_its_year(sample):
    chart = make_chart(sample, proposed=ProposedPoint(2018, Decimal(90)))
    start, end = corners_of(chart.proposed.line)
    assert start == (float(chart.points[1].x), float(chart.points[1].y))
    assert end == (float(chart.proposed.x), float(chart.proposed.y))
    assert chart.proposed.labels[0].text == "Diajukan 90,00"


def test_same_input_gives_the_same_chart(sample):
    assert make_chart(sample, marks=[RAKOR]) == make_chart(sample, marks=[RAKOR])


@given(st.lists(hectares, max_size=40), hectares)
def test_sparkline_stays_in_its_box_and_ends_at_the_last_value(values, baseline_ha):
    line = sparkline(values, baseline_ha=baseline_ha)
    corners = corners_of(line.line)
    assert len(corners) == (len(values) + 1 if values else 0)
    assert all(3 <= x <= 93 and 3 <= y <= 25 for x, y in corners)
    if values:
        assert corners[-1] == (float(line.end_x), float(line.end_y))


@pytest.mark.parametrize("size", sorted(SIZES))
def test_svg_is_well_formed_and_keeps_its_points_under_the_indonesian_locale(sample, size):
    proposed = ProposedPoint(2020, Decimal("12.50"))
    chart = make_chart(sample, size, marks=[RAKOR], proposed=proposed)
    svg = ElementTree.fromstring(render_to_string("charts/progress.svg.html", {"chart": chart}))
    assert svg.get("role") == "img"
    ids = {element.get("id") for element in svg.iter() if element.get("id")}
    assert set(svg.get("aria-labelledby").split()) == ids == {"uji-title", "uji-desc"}
    assert_attributes_are_plain(svg)


def test_figure_holds_both_sizes_the_table_and_the_events(sample):
    chart = chart_figure(
        sample,
        key="uji",
        heading="Tinggal <71>",
        place="Kota Banjar",
        marks=[RAKOR],
        source="Bappeda",
        sample=True,
    )
    html = render_to_string("charts/progress_figure.html", {"figure": chart})
    figure = ElementTree.fromstring(html)
    assert len(figure.findall(".//tbody/tr")) == 4
    assert figure.find(".//a").get("href") == "/rakor/1/"
    assert figure.find("figcaption").text == "Tinggal <71>"
    # Invented figures have a tag of their own; their points are as hollow as real ones.
    subtitle = " ".join("".join(figure.find("p").itertext()).split())
    assert subtitle == "Sisa luas kumuh Kota Banjar, hektare, akhir tahun Data contoh"


def test_sparkline_template_is_hidden_from_screen_readers():
    chart = sparkline([Decimal("8.25")], baseline_ha=Decimal("10.5"))
    svg = ElementTree.fromstring(render_to_string("charts/sparkline.svg.html", {"chart": chart}))
    assert svg.get("aria-hidden") == "true"
    assert_attributes_are_plain(svg)


def assert_attributes_are_plain(svg):
    """No style (the content security policy forbids it), no comma but between x and y."""
    for element in svg.iter():
        assert "style" not in element.attrib
        for name, value in element.attrib.items():
            if name == "points":
                assert all(corner.count(",") == 1 for corner in value.split())
            elif not name.startswith("aria-"):
                assert "," not in value, (name, value)


def test_plan_is_drawn_beside_the_target_and_said_in_words_and_table(sample):
    plan = [(2019, Decimal("71.15")), (2020, Decimal("71.15")), (2021, Decimal("60.00"))]
    chart = make_chart(sample, plan=plan)
    assert corners_of(chart.plan_line)[0] == corners_of(chart.actual_line)[-1]
    assert [text.text for text in chart.plan_label] == ["Bila rencana terlaksana"]
    said = (
        "Bila rencana terlaksana: 60,00\u00a0Ha pada akhir 2021, "
        "dihitung dari 71,15\u00a0Ha pada akhir 2019."
    )
    assert said in chart.description
    assert said in chart.notes
    rows = {row.year: row for row in chart.rows}
    assert (rows["2020"].remaining, rows["2021"].remaining) == ("71,15", "60,00")
    assert rows["2021"].verified == "bila rencana terlaksana"
    drawn = render_to_string("charts/progress.svg.html", {"chart": chart})
    assert 'class="chart-plan"' in drawn


def test_plan_and_target_of_one_year_share_a_row_of_the_table():
    series = make_series(2016, ["10", "8"], Target(2019, Decimal(0), {}))
    chart = make_chart(series, plan=[(2017, Decimal(8)), (2018, Decimal(5))])
    (row,) = [row for row in chart.rows if row.year == "2018"]
    assert row.remaining == "5,00"
    assert row.target == "3,33"
