"""Hectares within boundaries."""

from decimal import Decimal

from areas.rules.land_area import polygons_ha

# A hundredth of a degree north, and as much east, near Banjar.
SQUARE = [(108.5, -7.37), (108.51, -7.37), (108.51, -7.36), (108.5, -7.36), (108.5, -7.37)]
HOLE = [(108.502, -7.368), (108.504, -7.368), (108.504, -7.366), (108.502, -7.366)]


def test_a_hundredth_of_a_degree_is_some_hundred_and_twenty_hectares():
    assert Decimal("121.5") < polygons_ha([[SQUARE]]) < Decimal("122.5")


def test_holes_are_left_out_and_heights_change_nothing():
    whole, hole = polygons_ha([[SQUARE]]), polygons_ha([[HOLE]])
    assert hole > 4
    assert abs(polygons_ha([[SQUARE, HOLE]]) - (whole - hole)) <= Decimal("0.01")
    assert polygons_ha([[SQUARE], [HOLE]]) > whole
    assert polygons_ha([[[(lng, lat, 35.0) for lng, lat in SQUARE]]]) == whole
