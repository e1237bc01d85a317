"""The map on the home page: two views, what its signs mean, its legend and its sums."""

import pytest

from tests.areas.public.pages import text_of
from tests.factories import BoundaryFactory, VillageFactory, YearlyFigureFactory


@pytest.fixture
def figures(baseline, other_baseline):
    """Balokang: 20 Ha, 15 verified in 2017; Binangun: 10 Ha, 1,13 submitted and not verified."""
    other_baseline.area_ha = 10
    other_baseline.save()
    YearlyFigureFactory(baseline=baseline, year=2017, area_ha=15, verified=True)
    YearlyFigureFactory(baseline=other_baseline, year=2017, area_ha="1.13", submitted=True)


def test_map_names_what_its_circles_stand_on(client, figures):
    page = client.get("/")
    said = page.content.decode().replace("\u00a0", " ")
    assert 'aria-label="Desa Balokang: 15,00 Ha; berkurang 25,0 %"' in said
    assert 'aria-label="Desa Binangun: 10,00 Ha; tetap; memakai baseline"' in said
    assert said.count('class="map-circle map-circle--hollow"') == 2
    assert "Lingkaran tanpa isi: belum terverifikasi untuk tahun terbaru." in text_of(page)
    assert "1,13" not in said


def test_staff_sees_on_the_map_what_is_submitted(client_of, bappeda, figures):
    said = client_of(bappeda).get("/?sementara=1").content.decode().replace("\u00a0", " ")
    assert "1,13 Ha; berkurang 88,7 %; angka 2017 diajukan, belum terverifikasi" in said


def test_second_view_colours_the_share_that_is_gone(client, figures, baseline):
    home = client.get("/?urut=sisa").content.decode()
    assert 'href="?urut=sisa&amp;peta=persen#peta"' in home
    assert "map-swatch" not in home
    page = client.get("/?urut=sisa&peta=persen")
    said = page.content.decode()
    assert 'href="?urut=sisa#peta"' in said
    assert f"/grafik/peta.svg?periode={baseline.programme.slug}&amp;peta=persen" in said
    assert "map-swatch" in said
    assert "Warna: bagian luas kumuh yang sudah berkurang sejak baseline." in text_of(page)
    assert "Garis putus-putus: belum terverifikasi untuk tahun terbaru." in text_of(page)
    # An unknown view is the first one.
    assert "map-swatch" not in client.get("/?peta=zzz").content.decode()


def test_outlines_are_coloured_where_they_are_loaded(client, figures, baseline):
    assert "map-centre" not in client.get("/?peta=persen").content.decode()
    BoundaryFactory(village=baseline.village, source="Dinas Uji")
    page = client.get("/?peta=persen")
    # Both sizes; the other village has no outline and keeps its circle.
    assert page.content.decode().count('class="map-centre"') == 2
    assert page.content.decode().count('class="map-share map-share--hollow"') == 2
    assert "Batas desa/kelurahan: Dinas Uji" in text_of(page)


def test_each_view_is_a_file_of_its_own(client, figures, baseline):
    address = f"/grafik/peta.svg?periode={baseline.programme.slug}"
    for query, name, words in (
        ("", "peta-", "Luas lingkaran: sisa luas kumuh."),
        ("&peta=persen", "peta-persen-", "Warna: bagian luas kumuh"),
    ):
        response = client.get(address + query)
        assert f'"{name}{baseline.programme.slug}.svg"' in response["Content-Disposition"]
        assert words in text_of(response)
        assert "1,11" not in text_of(response)


def test_villages_outside_the_period_are_grey_dots(client, figures, baseline):
    assert "Titik abu-abu" not in text_of(client.get("/"))
    VillageFactory(district=baseline.village.district, latitude="-7.41", longitude="108.61")
    page = client.get("/")
    assert "Titik abu-abu: desa/kelurahan lain." in text_of(page)
    assert page.content.decode().count("map-others") == 2
    assert 'r="2"' in page.content.decode()


def test_sums_of_the_kecamatan_stand_below_the_map(client, figures, baseline, other_baseline):
    districts = {each.village.district.name for each in (baseline, other_baseline)}
    page = client.get("/").content.decode()
    rows = page.split('class="map-districts"')[1].split("<tbody>")[1].split("</tbody>")[0]
    assert rows.count("<tr>") == len(districts)
