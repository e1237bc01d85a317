"""The geometry of the bubble map; coordinates here are made up."""

import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from areas.charts.bubble_map import (
    DISTRICT_PAINTS,
    TEXT_SIZE,
    Place,
    bubble_map,
)
from areas.charts.labels import Box

WIDTHS = st.sampled_from([360, 760])


def make_place(number=1, area="8.50", lat=-7.35, lng=108.5, district=1, name="Contoh"):
    return Place(
        code=f"32.79.01.{2000 + number}",
        name=name,
        district_number=district,
        district_name=f"Kecamatan {district}",
        lat=lat,
        lng=lng,
        remaining_ha=Decimal(area),
        url=f"/desa/{number}/",
        full_name=f"Desa {name}",
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
    return [make_place(number, *row) for number, row in enumerate(rows)]


def height_of(chart):
    return float(chart.view_box.split()[3])


@given(place_lists(), WIDTHS, st.booleans())
def test_every_coordinate_is_plain_and_every_circle_inside(places, width, labels):
    chart = bubble_map(places, width=width, labels=labels)
    assert len(chart.circles) == len(places)
    for circle in chart.circles:
        for value in (circle.x, circle.y, circle.radius):
            assert re.fullmatch(r"\d+(\.\d)?", value)
        x, y, radius = float(circle.x), float(circle.y), float(circle.radius)
        assert radius <= x <= width - radius
        assert radius <= y <= height_of(chart) - radius


@given(place_lists(), WIDTHS)
def test_area_of_a_circle_is_in_proportion_to_its_hectares(places, width):
    chart = bubble_map(places, width=width, labels=False)
    by_code = {place.code: place for place in places}
    largest = max((place.remaining_ha for place in places), default=0)
    radii = {circle.code: float(circle.radius) for circle in chart.circles}
    biggest = max(radii.values(), default=0)
    for circle in chart.circles:
        area = by_code[circle.code].remaining_ha
        assert circle.is_cleared == (area == 0)
        expected = biggest * (float(area) / float(largest)) ** 0.5 if area else 4.5
        if area == 0 or expected >= 3.1:
            assert radii[circle.code] == pytest.approx(expected, abs=0.11)


@given(place_lists(), WIDTHS)
def test_largest_is_drawn_first(places, width):
    by_code = {place.code: place.remaining_ha for place in places}
    circles = bubble_map(places, width=width, labels=False).circles
    areas = [by_code[circle.code] for circle in circles]
    assert areas == sorted(areas, reverse=True)


@given(place_lists(max_size=30))
def test_names_overlap_neither_each_other_nor_the_drawing_edge(places):
    chart = bubble_map(places, width=760, labels=True)
    boxes = []
    for circle in chart.circles:
        for text in circle.names:
            width = 0.56 * TEXT_SIZE * len(text.text)
            left = float(text.x) - {"start": 0, "middle": 0.5, "end": 1}[text.anchor] * width
            y = float(text.y)
            box = Box(left, y - 0.75 * TEXT_SIZE, left + width, y + 0.2 * TEXT_SIZE)
            assert box.left >= 0
            assert box.right <= 760
            assert not any(box.overlaps(other) for other in boxes)
            boxes.append(box)


@given(place_lists(), WIDTHS, st.booleans())
def test_number_of_the_district_is_always_written(places, width, labels):
    districts = {place.code: str(place.district_number) for place in places}
    for circle in bubble_map(places, width=width, labels=labels).circles:
        written = circle.number.text if circle.number else circle.names[0].text.split()[0]
        assert written == districts[circle.code]


@given(place_lists(), WIDTHS)
def test_order_of_input_does_not_matter(places, width):
    chart = bubble_map(places, width=width, labels=True)
    assert chart == bubble_map(places[::-1], width=width, labels=True)


def test_north_is_up_and_east_is_right():
    south_west = make_place(1, lat=-7.40, lng=108.5)
    north_east = make_place(2, lat=-7.36, lng=108.6)
    one, other = bubble_map([south_west, north_east], width=760, labels=False).circles
    assert float(one.x) < float(other.x)
    assert float(one.y) > float(other.y)


def test_title_says_name_and_hectares():
    chart = bubble_map([make_place(name="Balokang"), make_place(2, "0")], width=760, labels=True)
    assert chart.circles[0].title == "Desa Balokang: 8,50\u00a0Ha"
    assert chart.circles[1].title == "Desa Contoh: 0,00\u00a0Ha (tuntas)"


def test_legend_adds_up_the_districts_and_sizes_stay_within_the_map():
    places = [make_place(1, "8.50"), make_place(2, "1.25"), make_place(3, "30", district=2)]
    chart = bubble_map(places, width=760, labels=False)
    assert [(key.number, key.total) for key in chart.districts] == [
        ("1", "9,75\u00a0Ha"),
        ("2", "30,00\u00a0Ha"),
    ]
    assert [size.label.text for size in chart.sizes] == ["10\u00a0Ha", "20\u00a0Ha", "30\u00a0Ha"]
    assert chart.sizes[-1].radius == chart.circles[0].radius


def test_places_on_one_point_are_moved_apart():
    chart = bubble_map([make_place(number) for number in range(6)], width=760, labels=True)
    assert len({(circle.x, circle.y) for circle in chart.circles}) == 6
    assert chart.scale_line == ""


@pytest.mark.parametrize("areas", [[], ["0"], ["8.50"], ["0", "0"], ["0.01", "300"]])
def test_few_places_still_make_a_map(areas):
    places = [make_place(number, area) for number, area in enumerate(areas)]
    chart = bubble_map(places, width=360, labels=True)
    assert len(chart.circles) == len(areas)
    assert height_of(chart) < 360


def test_four_hundred_places_make_a_map():
    places = [
        make_place(n, str(n % 37), -7 - (n % 20) / 100, 108 + (n // 20) / 100, n % 7 + 1)
        for n in range(400)
    ]
    chart = bubble_map(places, width=760, labels=True)
    assert len(chart.circles) == 400
    assert max(float(circle.radius) for circle in chart.circles) <= 16


@pytest.mark.parametrize("paint", DISTRICT_PAINTS)
def test_white_numbers_are_legible_on_every_district_colour(paint):
    channels = [int(paint[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    assert 1.05 / (luminance + 0.05) >= 4.5


def test_svg_is_well_formed_and_keeps_its_points_under_the_indonesian_locale():
    places = [
        make_place(1, "1250.5", name='A & "B" <C>'),
        make_place(2, "0", -7.361, 108.57, 2),
    ]
    chart = bubble_map(places, width=760, labels=True)
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
def test_figure_has_legends_or_says_why_it_is_empty(count):
    places = [make_place(n, district=n + 1, lng=108.5 + n / 20) for n in range(count)]
    wide = bubble_map(places, width=760, labels=True)
    narrow = bubble_map(places, width=360, labels=False)
    inputs = {"wide": wide, "narrow": narrow, "heading": "Peta", "sources": []}
    inputs |= {"note": "", "numbers": ""}
    figure = ElementTree.fromstring(render_to_string("charts/map_figure.html", inputs))
    assert len(figure.findall(".//li")) == count
    assert ("Belum ada desa/kelurahan" in "".join(figure.itertext())) == (count == 0)
