"""The geometry of the bubble map; coordinates here are made up."""

import re
from csv import DictReader
from decimal import Decimal
from itertools import pairwise
from math import hypot
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from areas.charts.bubble_map import AREAS, SHARE, Place, bubble_map
from areas.charts.labels import Box
from areas.charts.map_legend import SHARES, share_class
from areas.public.map_figure import DistrictSum, MapFigure, district_rows, map_heading, map_notes
from kotaku.colours import COLOURS

WIDTHS = st.sampled_from([328, 760])
DATA = Path(settings.BASE_DIR) / "areas/sample/data"
VIEWS = st.sampled_from([AREAS, SHARE])


def make_place(number=1, area="8.50", lat=-7.35, lng=108.5, district=1, name="Contoh", **more):
    return Place(
        code=f"32.79.01.{2000 + number}",
        name=name,
        district_name=f"Ke-{district}",
        lat=lat,
        lng=lng,
        remaining_ha=Decimal(area),
        url=f"/desa/{number}/",
        full_name=f"Desa {name}",
        **more,
    )


@st.composite
def place_lists(draw, max_size=40):
    rows = draw(
        st.lists(
            st.tuples(
                st.decimals(0, 300, places=2),
                st.floats(-7.45, -7.30),
                st.floats(108.45, 108.70),
                st.integers(1, 6),
            ),
            max_size=max_size,
        )
    )
    return [
        make_place(number, *row, name="Karangpanimbal"[: 4 + number % 11])
        for number, row in enumerate(rows)
    ]


def box_of(text, size):
    """The box of a label, as wide as the widest fallback face makes it."""
    width = 0.64 * size * len(text.text)
    left = float(text.x) - {"start": 0, "middle": 0.5, "end": 1}[text.anchor] * 0.9 * width
    return Box(left, float(text.y) - 0.75 * size, left + 0.9 * width, float(text.y) + 0.2 * size)


def height_of(chart):
    return float(chart.view_box.split()[3])


@given(place_lists(), WIDTHS, VIEWS)
def test_every_coordinate_is_plain_and_every_circle_inside(places, width, view):
    chart = bubble_map(places, width=width, view=view)
    assert len(chart.circles) == len(places)
    for circle in chart.circles:
        for value in (circle.x, circle.y, circle.radius):
            assert re.fullmatch(r"\d+(\.\d)?", value)
        x, y, radius = float(circle.x), float(circle.y), float(circle.radius)
        assert radius <= x <= width - radius
        assert radius <= y <= height_of(chart) - radius


@given(place_lists(), WIDTHS)
def test_area_of_a_circle_is_in_proportion_to_its_hectares(places, width):
    chart = bubble_map(places, width=width)
    by_code = {place.code: place for place in places}
    largest = max((place.remaining_ha for place in places), default=0)
    radii = {circle.code: float(circle.radius) for circle in chart.circles}
    biggest = max(radii.values(), default=0)
    for circle in chart.circles:
        area = by_code[circle.code].remaining_ha
        assert circle.is_cleared == (area == 0)
        assert bool(circle.check) == (area == 0)
        expected = biggest * (float(area) / float(largest)) ** 0.5 if area else 4.5
        if area == 0 or expected >= 3.1:
            assert radii[circle.code] == pytest.approx(expected, abs=0.11)


@given(place_lists(), WIDTHS)
def test_largest_is_drawn_first(places, width):
    by_code = {place.code: place.remaining_ha for place in places}
    circles = bubble_map(places, width=width).circles
    areas = [by_code[circle.code] for circle in circles]
    assert areas == sorted(areas, reverse=True)


@given(place_lists(max_size=30), WIDTHS, VIEWS)
def test_names_touch_no_circle_no_other_name_and_not_the_edge(places, width, view):
    others = [(-7.31, 108.46), (-7.44, 108.69)] if places else []
    chart = bubble_map(places, width=width, view=view, others=others)
    size, name_size = float(chart.text_size), float(chart.name_size)
    circles = [(float(c.x), float(c.y), float(c.radius)) for c in chart.circles]
    circles += [(float(x), float(y), 2.0) for x, y in chart.others]
    # The reference circles of the legend count as well.
    circles += [(float(s.x), float(s.y), float(s.radius)) for s in chart.sizes]
    legend = [box_of(each.label, size) for each in (*chart.sizes, *chart.colours)]
    boxes = [*legend, *([box_of(chart.scale_label, size)] if chart.scale_label else [])]
    for text in chart.names + chart.districts:
        box = box_of(text, name_size if text in chart.names else 11)
        assert box.left >= 0
        assert box.right <= width
        assert 0 <= box.top <= box.bottom <= height_of(chart)
        assert not any(box.touches(x, y, radius - 0.1) for x, y, radius in circles)
        assert not any(box.overlaps(other) for other in boxes)
        boxes.append(box)


@given(place_lists(max_size=30), WIDTHS)
def test_legend_is_drawn_to_scale_beside_the_circles(places, width):
    chart = bubble_map(places, width=width)
    circles = [(float(c.x), float(c.y), float(c.radius)) for c in chart.circles]
    largest = max((place.remaining_ha for place in places), default=0)
    assert bool(chart.sizes) == bool(largest)
    biggest = 0.043 * width if len(places) < 60 else None
    heights = [float(key.label.y) for key in chart.sizes]
    assert all(low - high > float(chart.text_size) for high, low in pairwise(heights))
    for key in chart.sizes:
        x, y, radius = float(key.x), float(key.y), float(key.radius)
        area = float(key.label.text.split("\u00a0")[0].replace(".", "").replace(",", "."))
        if biggest and float(largest) * 0.6 < area:
            drawn = max(radii[2] for radii in circles)
            assert radius == pytest.approx(drawn * (area / float(largest)) ** 0.5, abs=0.15)
        assert radius <= x <= width
        assert y + radius <= height_of(chart)
        for left, top, other in circles:
            assert (left - x) ** 2 + (top - y) ** 2 >= (radius + other - 0.3) ** 2


@given(place_lists(max_size=30), WIDTHS, VIEWS)
def test_a_line_leads_from_one_circle_to_a_name_and_crosses_nothing(places, width, view):
    chart = bubble_map(places, width=width, view=view)
    size = float(chart.name_size)
    boxes = [box_of(text, size) for text in chart.names]
    for path in chart.name_lines:
        x, y, right, low = map(float, re.fullmatch(r"M(\S+) (\S+)L(\S+) (\S+)", path).groups())
        steps = [(x + (right - x) * n / 40, y + (low - y) * n / 40) for n in range(41)]
        touched = [
            circle
            for circle in chart.circles
            if any(
                (float(circle.x) - left) ** 2 + (float(circle.y) - top) ** 2
                < (float(circle.radius) - 0.2) ** 2
                for left, top in steps[8:]
            )
        ]
        assert touched == []
        assert not any(box.touches(*step, 0.1) for box in boxes for step in steps)


def announced():
    """Return the places of the announced villages, and where the others are."""
    with (DATA / "announcement_2023.csv").open() as file:
        areas = {row["code"]: row["area_ha_2023"] for row in DictReader(file)}
    with (DATA / "villages.csv").open() as file:
        rows = list(DictReader(file))
    places = [
        Place(
            row["code"],
            row["name"],
            row["district"],
            float(row["lat"]),
            float(row["lng"]),
            Decimal(areas[row["code"]]),
            "/",
            reduced_percent=Decimal(1),
        )
        for row in rows
        if row["code"] in areas
    ]
    others = [(float(row["lat"]), float(row["lng"])) for row in rows if row["code"] not in areas]
    return places, others


def edge_distance(box, circle):
    """Return how far a circle's border is from a box, by walking along the border of the box."""
    x, y, radius = circle
    steps = [step / 60 for step in range(61)]
    border = [
        (box.left + (box.right - box.left) * t, side)
        for t in steps
        for side in (box.top, box.bottom)
    ]
    border += [
        (side, box.top + (box.bottom - box.top) * t)
        for t in steps
        for side in (box.left, box.right)
    ]
    return min(hypot(x - left, y - top) for left, top in border) - radius


@pytest.mark.parametrize("view", [AREAS, SHARE])
@pytest.mark.parametrize("width", [328, 400, 760])
def test_a_name_is_nearest_to_its_own_circle_and_touches_none(width, view):
    places, others = announced()
    chart = bubble_map(places, width=width, view=view, others=others)
    names = {place.code: place.name for place in places}
    circles = {names[c.code]: (float(c.x), float(c.y), float(c.radius)) for c in chart.circles}
    dots = [(float(x), float(y), 2.0) for x, y in chart.others]
    ends = [tuple(map(float, re.findall(r"[\d.]+", path))) for path in chart.name_lines]
    for text in chart.names:
        box = box_of(text, float(chart.name_size))
        near = {name: edge_distance(box, circle) for name, circle in circles.items()}
        assert min(near.values()) > 0.5
        assert all(edge_distance(box, dot) > 0.5 for dot in dots)
        x, y, radius = circles[text.text]
        # A line from the circle's border to a distant name says whose it is.
        if any(abs(hypot(left - x, top - y) - radius) < 0.2 for left, top, *_ in ends):
            continue
        assert min(near, key=near.get) == text.text


@pytest.mark.parametrize("view", [AREAS, SHARE])
@pytest.mark.parametrize("width", [328, 400, 760])
def test_the_announced_villages_and_their_kecamatan_are_all_named(width, view):
    places, others = announced()
    chart = bubble_map(places, width=width, view=view, others=others)
    assert sorted(text.text for text in chart.names) == sorted(each.name for each in places)
    assert len(chart.districts) == 4


def test_a_name_without_room_beside_its_circle_gets_a_line_to_it():
    # The middle one is surrounded by larger circles.
    ring = [(0, 0.02), (0.02, 0), (0, -0.02), (-0.02, 0)]
    crowd = [
        make_place(n, "30", -7.35 + lat, 108.5 + lng, name=f"Tetangga{n}")
        for n, (lat, lng) in enumerate(ring)
    ]
    far = [make_place(9, "5", -7.42, 108.62), make_place(8, "5", -7.28, 108.38)]
    chart = bubble_map([*crowd, make_place(7, "2", name="Tengah"), *far], width=760)
    assert "Tengah" in [text.text for text in chart.names]
    assert len(chart.name_lines) == 1


def test_largest_and_cleared_are_named_first():
    # Six large places in a row, and a small cleared one among them.
    row = [make_place(n, str(20 - n), lng=108.4 + n / 20, name=f"Nomor{n}") for n in range(6)]
    cleared = make_place(40, "0", lng=108.425, name="Tuntas")
    order = [text.text for text in bubble_map([*row, cleared], width=760).names]
    assert order == ["Nomor0", "Nomor1", "Nomor2", "Tuntas", "Nomor3", "Nomor4", "Nomor5"]
    # Where there is room for only some names, it is for these.
    crowd = [make_place(n, str(40 - n), lng=108.5 + n / 900, name=f"Nomor{n}") for n in range(25)]
    named = [text.text for text in bubble_map(crowd, width=328).names]
    assert named[0] == "Nomor0"
    assert len(named) < 25


def test_circle_is_hollow_where_the_figure_is_not_verified_for_the_year():
    old = make_place(1, basis="memakai angka 2018", reduced_percent=Decimal("39.14"))
    chart = bubble_map([old, make_place(2, "0", lng=108.6)], width=760)
    assert [circle.is_hollow for circle in chart.circles] == [True, False]
    said = [circle.title.replace("\u00a0", " ") for circle in chart.circles]
    assert said == [
        "Desa Contoh: 8,50 Ha; berkurang 39,1 %; memakai angka 2018",
        "Desa Contoh: 0,00 Ha; tuntas",
    ]
    svg = render_to_string("charts/map.svg.html", {"chart": chart, "origin": ""})
    assert svg.count("map-circle--hollow") == 1
    assert "map-circle--cleared" in svg
    notes = " ".join(map_notes(chart, AREAS))
    assert "Lingkaran tanpa isi: belum terverifikasi untuk tahun terbaru." in notes
    assert "Tanda ✓: tuntas (0 Ha)." in notes


@pytest.mark.parametrize(
    ("percent", "label"),
    [
        (Decimal("-0.1"), "bertambah"),
        (Decimal(0), "0–25 %"),
        (Decimal("24.99"), "0–25 %"),
        (Decimal(25), "25–50 %"),
        (Decimal("99.99"), "75–100 %"),
        (Decimal(100), "tuntas"),
    ],
)
def test_share_has_its_class(percent, label):
    assert SHARES[share_class(percent)].label.replace("\u00a0", " ") == label


def test_share_view_colours_circles_or_boundaries_and_names_its_classes():
    far = make_place(1, reduced_percent=Decimal(80))
    near = make_place(2, lng=108.6, reduced_percent=Decimal(10))
    chart = bubble_map([far, near], width=760, view=SHARE)
    assert [circle.radius for circle in chart.circles] == ["9", "9"]
    assert [circle.paint for circle in chart.circles] == [COLOURS["share-3"], COLOURS["share-0"]]
    labels = [key.label.text.replace("\u00a0", " ") for key in chart.colours]
    assert labels == ["0–25 %", "75–100 %"]
    assert chart.sizes == ()
    square = [[[(108.4, -7.3), (108.55, -7.3), (108.55, -7.4), (108.4, -7.3)]]]
    bordered = bubble_map([far, near], width=760, view=SHARE, boundaries={far.code: square})
    assert [bool(circle.outline) for circle in bordered.circles] == [True, False]


@given(place_lists(), WIDTHS)
def test_order_of_input_does_not_matter(places, width):
    chart = bubble_map(places, width=width)
    assert chart == bubble_map(places[::-1], width=width)


def test_north_is_up_and_east_is_right():
    south_west = make_place(1, lat=-7.40, lng=108.5)
    north_east = make_place(2, lat=-7.36, lng=108.6)
    one, other = bubble_map([south_west, north_east], width=760).circles
    assert float(one.x) < float(other.x)
    assert float(one.y) > float(other.y)


def test_sums_of_the_kecamatan_stand_below_and_the_largest_in_the_heading():
    sums = [
        DistrictSum("Banjar", 2, Decimal(20), Decimal("9.75")),
        DistrictSum("Langensari", 1, Decimal(40), Decimal(30)),
    ]
    rows = district_rows(sums)
    assert [(row.name, row.villages, row.remaining) for row in rows] == [
        ("Langensari", "1", "30,00"),
        ("Banjar", "2", "9,75"),
    ]
    assert map_heading(sums, AREAS) == "Sisa terbesar di Kecamatan Langensari"
    assert map_heading(sums, SHARE) == "Pengurangan terbesar di Kecamatan Banjar"
    assert map_heading(sums[:1], AREAS) == ""


def test_places_on_one_point_are_moved_apart():
    chart = bubble_map([make_place(number) for number in range(6)], width=760)
    assert len({(circle.x, circle.y) for circle in chart.circles}) == 6
    assert chart.scale_line == ""


@pytest.mark.parametrize("areas", [[], ["0"], ["8.50"], ["0", "0"], ["0.01", "300"]])
def test_few_places_still_make_a_map(areas):
    places = [make_place(number, area) for number, area in enumerate(areas)]
    chart = bubble_map(places, width=328)
    assert len(chart.circles) == len(areas)
    assert height_of(chart) < 360


def test_four_hundred_places_make_a_map():
    places = [
        make_place(n, str(n % 37), -7 - (n % 20) / 100, 108 + (n // 20) / 100, n % 7 + 1)
        for n in range(400)
    ]
    chart = bubble_map(places, width=760)
    assert len(chart.circles) == 400
    assert max(float(circle.radius) for circle in chart.circles) <= 16
    assert chart.names


def test_svg_is_well_formed_and_keeps_its_points_under_the_indonesian_locale():
    places = [
        make_place(1, "1250.5", name='A & "B" <C>'),
        make_place(2, "0", -7.361, 108.57, 2),
    ]
    chart = bubble_map(places, width=760)
    svg = ElementTree.fromstring(
        render_to_string("charts/map.svg.html", {"chart": chart, "origin": ""})
    )
    assert svg.get("role") == "group"
    links = svg.findall(".//{*}a")
    assert [link.get("href") for link in links] == ["/desa/1/", "/desa/2/"]
    assert all(link.find("{*}title").text == link.get("aria-label") for link in links)
    for element in svg.iter():
        assert "style" not in element.attrib
        for name, value in element.attrib.items():
            if name not in {"points", "aria-label"}:
                assert "," not in value, (name, value)


@pytest.mark.parametrize("count", [0, 3])
def test_figure_has_its_table_or_says_why_it_is_empty(count):
    places = [make_place(n, district=n + 1, lng=108.5 + n / 20) for n in range(count)]
    wide, narrow = bubble_map(places, width=760), bubble_map(places, width=328)
    rows = district_rows([DistrictSum(f"Ke-{n}", 1, Decimal(9), Decimal(n)) for n in range(count)])
    figure = MapFigure(wide, narrow, AREAS, "Peta", map_notes(wide, AREAS), rows)
    drawn = ElementTree.fromstring(render_to_string("charts/map_figure.html", {"map": figure}))
    assert len(drawn.findall(".//tbody/tr")) == count
    assert ("Belum ada desa/kelurahan" in "".join(drawn.itertext())) == (count == 0)
