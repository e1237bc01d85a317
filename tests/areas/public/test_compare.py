"""The page that compares villages: choosing, charts, order, files, and who sees what."""

import re
from decimal import Decimal

import pytest
from defusedxml import ElementTree

from areas.models import Baseline, Village
from tests.areas.public.pages import text_of
from tests.areas.public.test_public import fill
from tests.factories import (
    BaselineFactory,
    DistrictFactory,
    ProgrammeFactory,
    UserFactory,
    VillageFactory,
    YearlyFigureFactory,
    city,
)

# Queries for any number of villages.
QUERIES = {"page": 6, "file": 4}
CHART = '<svg class="progress-chart"'


def test_a_long_list_is_filtered_without_a_script(client, programme, district):
    for number in range(22):
        village = VillageFactory(district=district, name=f"Nomor{number:02}")
        BaselineFactory(programme=programme, village=village, area_ha=5)
    codes = {each.name: each.code for each in Village.objects.all()}
    chosen = f"desa={codes['Nomor05']}&desa={codes['Nomor06']}"
    response = client.get(f"/banding/?{chosen}&cari=nomor1&saring=1")
    form = response.content.decode().partition('id="daftar-desa"')[2].partition("</ul>")[0]
    offered = set(re.findall(r"Nomor\d\d", form))
    # What matches, and what is chosen already.
    assert offered == {f"Nomor{number}" for number in range(10, 20)} | {"Nomor05", "Nomor06"}
    assert len(re.findall(r"\schecked>", form)) == 2
    assert "Tidak ada nama yang memuat “zzz”." in text_of(client.get("/banding/?cari=zzz"))


@pytest.fixture
def district(db):
    return DistrictFactory()


@pytest.fixture
def villages(programme, district):
    """Five villages, the largest first: Satu to Lima, 50 to 10 Ha; a quarter gone in 2017."""
    found = []
    for number, name in enumerate(("Satu", "Dua", "Tiga", "Empat", "Lima")):
        area = Decimal(50 - 10 * number)
        village = VillageFactory(district=district, name=name)
        baseline = BaselineFactory(programme=programme, village=village, area_ha=area)
        YearlyFigureFactory(baseline=baseline, year=2017, area_ha=area * 3 / 4, verified=True)
        found.append(village)
    return found


@pytest.fixture
def officer_of_first(villages):
    user = UserFactory(officer=True)
    villages[0].officers.add(user)
    return user


def address(*villages, page="/banding/", **more):
    query = [f"desa={getattr(each, 'code', each)}" for each in villages]
    return f"{page}?{'&'.join([*query, *(f'{name}={value}' for name, value in more.items())])}"


def chosen(response) -> list[str]:
    """Return the villages that are ticked in the form."""
    return re.findall(r'value="([\d.]+)"\s+checked', response.content.decode())


def test_two_to_four_villages_are_drawn_in_one_chart(client, villages):
    for count in (2, 3, 4):
        page = client.get(address(*villages[:count]))
        assert page.content.decode().count(CHART) == 2
        assert (
            chosen(page) == sorted(each.code for each in villages[:count])
            or len(chosen(page)) == count
        )
        text = text_of(page)
        names = [f"{each.full_name}" for each in villages[:count]]
        assert f"Sisa luas kumuh {', '.join(names[:-1])} dan {names[-1]}" in text
        assert "2017 37,50 30,00" in text
        assert "2016 50,00 40,00" in text


def test_without_a_choice_the_largest_are_drawn_and_nothing_is_ticked(client, villages):
    page = client.get("/banding/")
    assert "Sisa luas kumuh Desa Satu, Desa Dua dan Desa Tiga" in text_of(page)
    assert chosen(page) == []
    assert '<details class="compare-form" open' not in page.content.decode()


def test_one_village_asks_for_more(client, villages):
    page = client.get(address(villages[2]))
    assert "Pilih satu sampai 3 lagi untuk dibandingkan dengan Desa Tiga." in text_of(page)
    assert chosen(page) == [villages[2].code]
    assert '<details class="compare-form" open' in page.content.decode()
    assert "Sisa luas kumuh Desa Tiga" in text_of(page)


def test_five_villages_are_too_many_and_stay_ticked(client, villages):
    page = client.get(address(*villages))
    assert "Pilih paling banyak 4 desa/kelurahan; Anda memilih 5." in text_of(page)
    assert len(chosen(page)) == 5
    assert CHART not in page.content.decode()
    # The small charts of all are there nevertheless.
    assert page.content.decode().count('class="multiples__chart"') == 5


def test_the_same_village_twice_counts_once(client, villages):
    page = client.get(address(*[villages[0]] * 6, villages[1]))
    assert "Sisa luas kumuh Desa Satu dan Desa Dua" in text_of(page)


def test_villages_that_are_not_of_the_period_are_named_as_such(client, villages):
    elsewhere = BaselineFactory(programme=ProgrammeFactory(is_current=False)).village
    for codes in ([elsewhere], ["99.99.99.9999"], [elsewhere, villages[0]], ["<b>"], ["%00"]):
        page = client.get(address(*codes))
        if codes == ["%00"]:
            assert page.status_code in (200, 404)
            continue
        assert "tidak termasuk dalam periode ini. Pilih 2 sampai 4 dari daftar." in text_of(page)
        assert CHART not in page.content.decode()
        assert elsewhere.name not in page.content.decode()
    page = client.get(address(elsewhere, *villages[:2]))
    assert "Sebagian desa/kelurahan pada alamat ini tidak termasuk" in text_of(page)
    assert "Sisa luas kumuh Desa Satu dan Desa Dua" in text_of(page)


def test_a_village_of_another_region_is_not_compared(client, villages):
    other = DistrictFactory(region=city("32.07", "Ciamis"))
    programme = ProgrammeFactory(region=other.region, is_current=True)
    stranger = BaselineFactory(
        programme=programme, village=VillageFactory(district=other, name="Jauh")
    ).village
    page = client.get(address(stranger, villages[0]))
    assert "tidak termasuk dalam periode ini" in text_of(page)
    assert "Jauh" not in text_of(page)


def test_pages_without_villages_say_what_will_appear(client, db):
    assert "Belum ada angka per desa/kelurahan" in text_of(client.get("/banding/"))
    ProgrammeFactory(is_current=True)
    page = text_of(client.get("/banding/"))
    assert "Perbandingan muncul di sini setelah admin mengisi baseline." in page
    for file in ("banding", "semua-desa"):
        assert client.get(f"/grafik/{file}.svg").status_code == 404


def test_a_period_with_one_village_has_nothing_to_choose(client, baseline):
    page = client.get("/banding/")
    assert "Periode ini hanya memuat satu desa/kelurahan" in text_of(page)
    assert "compare-form" not in page.content.decode()
    assert page.content.decode().count(CHART) == 2
    # Without any figure nothing is missing.
    assert "tanpa isi" not in text_of(page)
    assert client.get(address(baseline.village)).status_code == 200


def test_a_closed_period_is_compared_too(client, villages, programme):
    programme.is_current, programme.is_closed = False, True
    programme.save()
    page = client.get(address(*villages[:2], periode=programme.slug))
    assert "Sisa luas kumuh Desa Satu dan Desa Dua" in text_of(page)


def test_order_is_for_users_and_for_the_public_where_the_city_allows_it(
    client, client_of, viewer, villages, programme, district
):
    behind = VillageFactory(district=district, name="Belum")
    BaselineFactory(programme=programme, village=behind, area_ha=5)
    best = villages[4].baselines.get().figures.get()
    best.area_ha = Decimal("1.00")
    best.save()
    assert "Urutan menurut pengurangan" not in text_of(client.get("/banding/"))
    seen = text_of(client_of(viewer).get("/banding/"))
    assert "Hanya pengguna yang masuk yang melihat urutan ini" in seen
    order = seen.split("Urutan menurut pengurangan")[1]
    assert "Desa Lima 1 90,0 % 1,00 10,00 2017" in order
    # Four share a place; one has no figure and no place.
    assert order.count(" 2 25,0 %") == 4
    assert "Desa Belum – – 5,00 5,00 baseline" in order
    # The small charts stand in the same order, for the public by name.
    names = r'"multiples__name">(\w+)<'
    staff_page = client_of(viewer).get("/banding/").content.decode()
    assert re.findall(names, staff_page)[0] == "Lima"
    assert re.findall(names, client.get("/banding/").content.decode())[0] == "Belum"
    programme.shows_ranks = True
    programme.save()
    assert "Urutan menurut pengurangan" in text_of(client.get("/banding/"))


def test_a_village_without_a_newer_figure_uses_the_earlier_one_and_says_so(client, villages):
    YearlyFigureFactory(baseline=villages[0].baselines.get(), year=2018, area_ha=30, verified=True)
    page = client.get(address(*villages[:2]))
    text = text_of(page)
    assert "2018 30,00 30,00 *" in text
    assert "* Belum terverifikasi untuk tahun itu; memakai angka terakhir." in text
    assert "Titik tanpa isi: belum terverifikasi untuk tahun itu, memakai angka terakhir." in text
    assert "* Belum ada angka 2018 yang terverifikasi; memakai angka terakhir." in text
    assert "Dua; 2018: belum ada angka; memakai 30,00 Ha dari 2017" in text
    both = client.get(address(*villages[1:3]))
    assert "2018 30,00 * 22,50 *" in text_of(both)


@pytest.mark.parametrize("state", [{}, {"submitted": True}, {"returned": True}])
@pytest.mark.parametrize("who", ["public", "staff", "officer"])
def test_what_is_not_verified_is_shown_to_nobody(
    client, client_of, bappeda, officer_of_first, villages, state, who
):
    YearlyFigureFactory(
        baseline=villages[0].baselines.get(), year=2018, area_ha=Decimal("7.77"), **state
    )
    user = {"staff": bappeda, "officer": officer_of_first}.get(who)
    browser = client_of(user) if user else client
    for each in (
        address(*villages[:2], sementara=1),
        address(*villages[:2], page="/grafik/banding.svg", sementara=1),
        "/grafik/semua-desa.svg?sementara=1",
    ):
        response = browser.get(each)
        assert response.status_code == 200
        assert "7,77" not in text_of(response)
        assert "2018" not in text_of(response).split("Pilih desa")[-1].split("KOTAKU Banjar")[0]


def test_dated_and_inferred_figures_are_marked(client, villages):
    baseline = villages[0].baselines.get()
    Baseline.objects.filter(pk=baseline.pk).update(is_inferred=True)
    baseline.figures.update(as_of="2017-03-02")
    text = text_of(client.get(address(*villages[:2])))
    assert "2017 37,50 (per 2 Maret 2017) 30,00" in text
    assert "2016 50,00 (disimpulkan) 40,00" in text
    assert "Sisa luas kumuh, hektare, akhir tahun" not in text


def test_both_charts_are_files_of_their_own(client, villages, programme):
    programme.is_sample = True
    programme.save()
    page = client.get(address(*villages[:2])).content.decode()
    # Beside the chart of the chosen ones, and beside the small charts of all.
    assert page.count(">Data contoh</strong>") == 2
    slug = programme.slug
    for file, query in (
        ("banding", f"periode={slug}&desa={villages[0].code}&desa={villages[1].code}"),
        ("semua-desa", f"periode={slug}&hal=1"),
    ):
        link = f"/grafik/{file}.svg?{query}"
        assert link.replace("&", "&amp;") in page
        response = client.get(link)
        assert response["Content-Type"] == "image/svg+xml"
        name = f'filename="{file}-{slug}-data-contoh.svg"'
        assert name in response["Content-Disposition"]
        root = ElementTree.fromstring(response.content)
        words = " ".join(" ".join(root.itertext()).split())
        for said in ("DATA CONTOH", "Satu", "Sumber: ", "Hanya angka terverifikasi."):
            assert said in words
        assert not [each for each in root.iter() if each.tag.endswith(("script", "image", "style"))]


@pytest.mark.parametrize("count", [0, 5])
def test_a_file_without_a_chart_is_not_there(client, villages, count):
    codes = villages[:count] or ["99.99.99.9999"]
    response = client.get(address(*codes, page="/grafik/banding.svg"))
    assert response.status_code == 404
    assert client.get("/grafik/semua-desa.svg?periode=zzz").status_code == 404


def test_many_villages_are_drawn_on_several_pages(client, db, monkeypatch):
    fill(8, 1)
    monkeypatch.setattr("areas.public.compare_page.PAGE", 3)
    page = client.get("/banding/")
    assert page.content.decode().count('class="multiples__chart"') == 3
    assert "3 dari 8 desa/kelurahan di halaman ini." in text_of(page)
    assert "Halaman 1 dari 3" in text_of(page)
    last = client.get("/banding/?hal=3")
    assert last.content.decode().count('class="multiples__chart"') == 2
    assert client.get("/banding/?hal=zzz").status_code == 200
    drawn = text_of(client.get("/grafik/semua-desa.svg?hal=3"))
    assert "2 dari 8 desa/kelurahan di halaman ini." in drawn


@pytest.mark.parametrize("count", [3, 80])
def test_pages_take_the_same_queries_for_any_number_of_villages(
    client, db, count, django_assert_num_queries
):
    fill(count, 2)
    codes = Village.objects.order_by("pk").values_list("code", flat=True)[:3]
    page, file = address(*codes), address(*codes, page="/grafik/banding.svg")
    with django_assert_num_queries(QUERIES["page"]):
        assert client.get(page).status_code == 200
    with django_assert_num_queries(QUERIES["file"]):
        assert client.get(file).status_code == 200


def test_a_verified_figure_renews_the_kept_page(client, villages):
    assert "2018" not in text_of(client.get(address(*villages[:2]))).split("Pilih desa")[1]
    YearlyFigureFactory(baseline=villages[0].baselines.get(), year=2018, area_ha=9, verified=True)
    assert "2018 9,00 30,00 *" in text_of(client.get(address(*villages[:2])))


def test_the_page_is_reached_from_home_list_village_and_footer(client, villages, programme):
    own = f"/banding/?periode={programme.slug}"
    for page in ("/", "/desa/"):
        assert f'href="{own}"' in client.get(page).content.decode()
    village = client.get(f"/desa/{villages[0].code}/").content.decode()
    assert f'href="{own}&amp;desa={villages[0].code}"' in village
    assert 'href="/banding/"' in client.get("/berita/").content.decode()
    assert "/banding/</loc>" in client.get("/sitemap.xml").content.decode()
    # The navigation marks the part of the site that the page belongs to.
    page = client.get("/banding/").content.decode()
    assert re.search(r'href="/desa/"\s+aria-current="true"', page)


def test_a_sum_of_cities_offers_their_pages(client, villages):
    page = client.get("/banding/?wilayah=32")
    assert page.status_code == 200
    assert "Pilih kabupaten atau kota yang dibandingkan." in text_of(page)


def test_home_page_draws_few_villages_on_one_scale(
    client, client_of, bappeda, villages, monkeypatch
):
    YearlyFigureFactory(
        baseline=villages[0].baselines.get(), year=2018, area_ha=Decimal("7.77"), submitted=True
    )
    home = client.get("/")
    assert home.content.decode().count('class="multiples__chart"') == 5
    assert "Sisa luas kumuh, hektare, skala 0–50 Ha." in text_of(home)
    # With provisional figures above, small charts of verified ones would contradict them.
    staff_page = client_of(bappeda).get("/?sementara=1")
    assert "7,77" in text_of(staff_page)
    assert "multiples__chart" not in staff_page.content.decode()
    monkeypatch.setattr("areas.public.compare_page.HOME", 4)
    page = client.get("/?urut=nama").content.decode()
    assert "multiples__chart" not in page
    assert 'href="/banding/?periode=' in page
