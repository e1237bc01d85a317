"""Charts to take along: a file of its own that tells what it shows, and only what all may see."""

import pytest
from defusedxml import ElementTree

from tests.areas.public.pages import text_of
from tests.factories import BoundaryFactory, ProgrammeFactory, YearlyFigureFactory

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def figures(baseline, other_baseline):
    """Balokang: 15 Ha verified in 2017; Binangun: 1,11 Ha only submitted."""
    YearlyFigureFactory(baseline=baseline, year=2017, verified=True)
    YearlyFigureFactory(baseline=other_baseline, year=2017, submitted=True, area_ha="1.11")


@pytest.fixture
def addresses(baseline):
    return [
        "/grafik/kemajuan.svg",
        "/grafik/peta.svg",
        f"/grafik/desa/{baseline.village.code}.svg",
    ]


def drawing(client, address):
    """Return the root of the file and all words in it."""
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/svg+xml"
    root = ElementTree.fromstring(response.content)
    assert root.tag == f"{SVG}svg"
    return root, " ".join(" ".join(root.itertext()).split())


def test_charts_need_nothing_from_outside(client, figures, addresses, baseline):
    BoundaryFactory(village=baseline.village)
    for address in addresses:
        root, _ = drawing(client, address)
        for node in root.iter():
            assert node.tag not in {f"{SVG}script", f"{SVG}image", f"{SVG}use", f"{SVG}style"}
            assert "style" not in node.attrib
            link = node.get("href", "http://testserver/desa/")
            # A file lies on a desk: its links must name the site.
            assert link.startswith("http://testserver/desa/")
            if node.tag in (f"{SVG}path", f"{SVG}polyline"):
                assert node.get("fill") or node.get("stroke"), node.attrib


def test_charts_tell_what_they_show_and_where_it_comes_from(client, figures, addresses):
    headings = [
        "Luas kumuh Kota Banjar turun 5,00 Ha sejak 2016",
        "Sisa luas kumuh Kota Banjar per desa/kelurahan",
        "Luas kumuh Desa Balokang turun 5,00 Ha sejak 2016",
    ]
    for address, heading in zip(addresses, headings, strict=True):
        root, words = drawing(client, address)
        assert " ".join(root.findtext(f"{SVG}title").split()) == heading
        assert "Sumber: Sumber uji." in words
        assert "Hanya angka terverifikasi." in words
        assert "Data contoh" not in words


def test_what_is_not_verified_is_not_drawn_even_for_staff(client_of, bappeda, figures, addresses):
    client = client_of(bappeda)
    for address in addresses:
        _, words = drawing(client, f"{address}?sementara=1")
        assert "1,11" not in words
        assert "sementara" not in words.lower()


def test_sample_charts_say_so_in_the_picture_and_in_the_name(client, baseline):
    baseline.programme.is_sample = True
    baseline.programme.save()
    address = f"/grafik/kemajuan.svg?periode={baseline.programme.slug}"
    _, words = drawing(client, address)
    assert words.count("DATA CONTOH") == 1
    name = client.get(address)["Content-Disposition"]
    assert name == f'attachment; filename="kemajuan-{baseline.programme.slug}-data-contoh.svg"'


def test_words_of_people_stay_words(client, baseline):
    baseline.programme.source = "Keputusan <b>&amp; \"lampiran\"</b> 'A' " * 6
    baseline.programme.save()
    _, words = drawing(client, "/grafik/kemajuan.svg")
    assert 'Keputusan <b>&amp; "lampiran"</b>' in words


def test_the_map_names_the_source_of_its_boundaries(client, figures, baseline):
    assert "Batas desa/kelurahan" not in drawing(client, "/grafik/peta.svg")[1]
    BoundaryFactory(village=baseline.village, source="Dinas Uji")
    assert "Batas desa/kelurahan: Dinas Uji" in drawing(client, "/grafik/peta.svg")[1]


def test_charts_that_are_not_there(client, baseline):
    ProgrammeFactory(slug="kosong", is_current=False)
    for address in (
        "/grafik/kemajuan.svg?periode=zzz",
        "/grafik/kemajuan.svg?periode=kosong",
        "/grafik/peta.svg?periode=kosong",
        "/grafik/desa/99.99.99.9999.svg",
        f"/grafik/desa/{baseline.village.code}.svg?periode=kosong",
    ):
        assert client.get(address).status_code == 404, address


def test_pages_offer_their_charts(client, figures, addresses, baseline):
    home = client.get("/").content.decode()
    village = client.get(f"/desa/{baseline.village.code}/")
    slug = baseline.programme.slug
    assert f'href="{addresses[0]}?periode={slug}"' in home
    assert f'href="{addresses[1]}?periode={slug}"' in home
    assert f'href="{addresses[2]}?periode={slug}"' in village.content.decode()
    assert "SVG" in text_of(village)
