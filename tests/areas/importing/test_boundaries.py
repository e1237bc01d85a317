"""Village boundaries from a map file: checked, simplified, drawn below the circles."""

import copy
import json
import math
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from areas.charts.projection import outline, project
from areas.importing.boundaries import load_boundaries
from areas.importing.boundary_file import UnreadableBoundaries
from areas.models import Boundary
from tests.areas.public.pages import text_of
from tests.factories import BaselineFactory, BoundaryFactory, square

ADDRESS = "/admin/areas/boundary/muat/"


@pytest.fixture
def villages(programme):
    """Two neighbours."""
    return [
        BaselineFactory(
            programme=programme,
            village__name=name,
            village__longitude=longitude,
        ).village
        for name, longitude in (("Balokang", "108.54"), ("Binangun", "108.56"))
    ]


def collection(villages, **changes):
    features = [
        {
            "type": "Feature",
            "properties": {"code": village.code, "name": village.name},
            "geometry": {"type": "MultiPolygon", "coordinates": square(village)},
        }
        for village in villages
    ]
    return {"type": "FeatureCollection", "features": features, **changes}


def load(document, by):
    content = document if isinstance(document, bytes) else json.dumps(document).encode()
    return load_boundaries(content, source="Uji", by=by)


def faults(document, by):
    with pytest.raises(UnreadableBoundaries) as refusal:
        load(document, by)
    assert Boundary.objects.count() == 0
    return " ".join(refusal.value.faults)


def test_a_file_becomes_boundaries(villages, admin):
    loaded = load(collection(villages), admin)
    assert (loaded.loaded, loaded.without) == (2, [])
    boundary = Boundary.objects.get(village=villages[0])
    assert boundary.polygons == square(villages[0])
    assert boundary.source == "Uji"


def test_a_new_file_replaces_the_old_one_and_names_who_is_missing(villages, admin):
    load(collection(villages), admin)
    loaded = load(collection(villages[:1]), admin)
    assert loaded.without == ["Desa Binangun"]
    assert Boundary.objects.count() == 1


@pytest.mark.parametrize("name", ["kode", "KODE_DESA", "kd_desa", "KDEPUM"])
def test_codes_under_the_names_that_files_use(villages, admin, name):
    document = collection(villages)
    for feature in document["features"]:
        feature["properties"] = {name: feature["properties"]["code"].replace(".", "")}
    assert load(document, admin).loaded == 2


@pytest.mark.parametrize(
    "content",
    [b"", b"halo", b"{", b"[]", b'{"type": "Topology"}', b"[" * 100_000, b"\xff\xfe", b"NaN",
     b'{"type": "FeatureCollection", "features": [NaN]}'],
)  # fmt: skip
def test_what_is_no_geojson(villages, admin, content):
    assert "bukan GeoJSON" in faults(content, admin)


def spoil(villages, path, value):
    document = copy.deepcopy(collection(villages))
    feature = document["features"][0]
    target = feature
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    return document


RING = ("geometry", "coordinates", 0, 0)


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("properties", "code"), "32.79.99.9999", "kode 32.79.99.9999 tidak ada di daftar"),
        (("properties", "code"), "Balokang", "kode desa/kelurahan “Balokang” tidak dikenali"),
        (("properties",), None, "tidak mempunyai properti"),
        (("geometry",), None, "bentuknya kosong"),
        (("geometry", "type"), "LineString", "bentuknya LineString"),
        (("geometry", "coordinates"), [], "batasnya kosong"),
        (("geometry", "coordinates"), "x", "batasnya kosong"),
        ((*RING, 0), ["a", "b"], "koordinatnya tidak dapat dibaca"),
        ((*RING, 0), [1], "koordinatnya tidak dapat dibaca"),
        ((*RING, 0), [10**400, 1], "koordinatnya tidak dapat dibaca"),
        ((*RING, 4), [108.5, -7.3], "tidak tertutup"),
        (RING[:3], [[[108.5, -7.3], [108.6, -7.3], [108.5, -7.3]]], "tidak tertutup"),
        (RING[:3], [[[222222, 9184444], [222333, 9184444], [222333, 9184555],
                     [222222, 9184444]]], "bukan derajat WGS 84"),
        (RING[:3], [[[-7.3, 108.5], [-7.3, 108.6], [-7.2, 108.6], [-7.3, 108.5]]],
         "bujur dan lintang tertukar"),
        (RING[:3], [[[8.5, 47.3], [8.6, 47.3], [8.6, 47.4], [8.5, 47.3]]],
         "di luar Indonesia"),
        (RING[:3], [[[108.5, -7.3], [108.6, -7.2], [108.6, -7.3], [108.5, -7.2], [108.5, -7.3]]],
         "bentuk batasnya tidak sah"),
    ],
)  # fmt: skip
def test_each_fault_has_its_sentence(villages, admin, path, value, words):
    assert words in faults(spoil(villages, path, value), admin)


def test_the_same_code_twice(villages, admin):
    document = collection([villages[0], villages[0]])
    assert "disebut lebih dari sekali" in faults(document, admin)


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:EPSG::32749", "EPSG:23835", ""])
def test_other_coordinate_systems(villages, admin, name):
    crs = {"type": "name", "properties": {"name": name}}
    assert "sistem koordinat" in faults(collection(villages, crs=crs), admin)


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326"])
def test_wgs84_by_its_names(villages, admin, name):
    crs = {"type": "name", "properties": {"name": name}}
    assert load(collection(villages, crs=crs), admin).loaded == 2


def circle(village, points):
    """Return polygons of a detailed circle."""
    x, y = float(village.longitude), float(village.latitude)
    turns = [2 * math.pi * number / points for number in range(points)]
    ring = [[x + 0.009 * math.cos(turn), y + 0.009 * math.sin(turn)] for turn in turns]
    return [[[*ring, ring[0]]]]


def test_detailed_boundaries_stay_small_in_the_page(client, villages, admin, programme):
    document = collection(villages)
    for feature, village in zip(document["features"], villages, strict=True):
        feature["geometry"]["coordinates"] = circle(village, 20_000)
    load(document, admin)
    boundary = Boundary.objects.first()
    assert len(boundary.polygons[0][0]) == 20_001
    assert 8 < len(boundary.drawn[0][0]) <= 1600
    for address in ("/", f"/desa/{villages[0].code}/"):
        page = client.get(address).content.decode()
        drawn = re.findall(r'(?s)<g class="map-boundaries".*?</g>', page)
        assert drawn
        assert sum(map(len, drawn)) < 40 * 1024
        assert page.index("map-boundaries") < page.index("map-circle")


def test_without_boundaries_the_circles_stand_alone(client, villages):
    page = client.get("/").content.decode()
    assert "map-boundaries" not in page
    assert "map-circle" in page


def test_the_village_page_marks_its_own(client, villages, admin):
    load(collection(villages), admin)
    page = client.get(f"/desa/{villages[0].code}/").content.decode()
    assert page.count("map-boundary--here") == 1
    assert "Batas desa/kelurahan: Uji" in text_of(client.get(f"/desa/{villages[0].code}/"))


def test_so_many_points_that_no_page_should_carry_them(client, villages, admin):
    BoundaryFactory(village=villages[0], drawn=circle(villages[0], 3000))
    assert "map-boundaries" not in client.get("/").content.decode()


def test_outlines_lie_where_the_places_do():
    degrees = [(-7.37, 108.54)]
    ring = [[108.53, -7.38], [108.55, -7.38], [108.55, -7.36], [108.53, -7.36], [108.53, -7.38]]
    corners = [(lat, lng) for lng, lat in ring]
    ((x, y),), height, projection = project(degrees, [10.0], 760, 20, corners)
    path = outline([[ring]], projection)
    assert re.fullmatch(r"M-?\d+ -?\d+l[-\d ]+z", path)
    start = [int(part) / 10 for part in path[1 : path.index("l")].split()]
    left, bottom = projection.at(-7.38, 108.53)
    assert start == pytest.approx([left, bottom], abs=0.06)
    assert 0 <= left < x < 760
    assert 0 < y < bottom <= height


# The admin's page and the command


@pytest.mark.ignore_template_errors
def test_admin_loads_a_file_on_the_page(client_of, admin, villages):
    client = client_of(admin)
    assert client.get(ADDRESS).status_code == 200
    content = json.dumps(collection(villages)).encode()
    file = SimpleUploadedFile("batas.geojson", content)
    response = client.post(ADDRESS, {"file": file, "source": "BIG 2023"}, follow=True)
    assert "2 batas dimuat dan tampil di peta." in text_of(response)
    bad = SimpleUploadedFile("batas.geojson", b"{}")
    response = client.post(ADDRESS, {"file": bad, "source": "BIG 2024"})
    assert response.status_code == 422
    assert "bukan GeoJSON" in text_of(response)
    assert "BIG 2024" in response.content.decode()
    assert Boundary.objects.count() == 2
    assert client.post(ADDRESS, {}).status_code == 422


def test_nobody_else_loads_boundaries(client_of, bappeda, villages):
    assert client_of(bappeda).post(ADDRESS).status_code in (302, 403)


def test_the_command_loads_or_says_why_not(villages, tmp_path, capsys):
    file = tmp_path / "batas.geojson"
    file.write_text(json.dumps(collection(villages[:1])))
    call_command("import_boundaries", file, source="Uji")
    assert "1 boundaries loaded" in capsys.readouterr().out
    file.write_text("{}")
    with pytest.raises(CommandError, match="bukan GeoJSON"):
        call_command("import_boundaries", file, source="Uji")
    with pytest.raises(CommandError, match="Cannot read"):
        call_command("import_boundaries", tmp_path / "hilang", source="Uji")
