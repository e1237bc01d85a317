"""Several cities on one site: what a province or the nation adds up to, and who sees what."""

from decimal import Decimal

import pytest

from areas.models import Programme
from areas.models.programme_year import rebuild
from kotaku.models import Region
from tests.areas.public.pages import text_of
from tests.factories import (
    ALL_MARKS,
    ArticleFactory,
    BaselineFactory,
    DistrictFactory,
    MeetingFactory,
    ProgrammeFactory,
    UserFactory,
    VillageFactory,
    YearlyFigureFactory,
    city,
    province,
)

TARGETS = {"target_year": 2019, "target_ha": Decimal(0)}


def fill(region, areas, *, year=2017, first=2016, **facts):
    """Give a region a running period whose villages go from one area to another."""
    facts = TARGETS | facts
    programme = ProgrammeFactory(
        region=region, is_current=True, baseline_year=first, name="KOTAKU", **facts
    )
    district = DistrictFactory(region=region, code=f"{region.code}.01")
    for number, (before, after) in enumerate(areas):
        village = VillageFactory(
            district=district, code=f"{region.code}.01.{2001 + number}", name=f"Desa{number}"
        )
        baseline = BaselineFactory(programme=programme, village=village, area_ha=before)
        if after is not None:
            YearlyFigureFactory(baseline=baseline, year=year, area_ha=after, verified=True)
    rebuild()
    return programme


@pytest.fixture
def two_cities(db):
    """Kota Banjar and Kota Tasikmalaya in Jawa Barat, Kota Cilegon in Banten."""
    banjar, tasikmalaya = city(), city("32.78", "Tasikmalaya")
    cilegon = Region.objects.create(
        code="36.72", name="Cilegon", kind="city", parent=province("36", "Banten")
    )
    fill(banjar, [(20, 10), (30, 15)])
    fill(tasikmalaya, [(50, 45)])
    fill(cilegon, [(100, 80)])
    return banjar, tasikmalaya


@pytest.fixture
def of_tasikmalaya(two_cities):
    return UserFactory(bappeda=True, region=two_cities[1], username="tasik")


def test_a_province_sums_its_cities(client_of, two_cities):
    page = text_of(client_of().get("/?wilayah=32"))
    assert (
        "Luas kumuh Provinsi Jawa Barat tinggal 70,00 Ha dari 100,00 Ha, berkurang 30,0 %" in page
    )
    assert "3 dari 3 desa/kelurahan terverifikasi." in page
    assert "Terlambat" in page  # 70,00 Ha where the targets of 2017 add up to 66,67 Ha
    assert "Kota Banjar 50,00 25,00" in page
    assert "Kota Tasikmalaya 50,00 45,00" in page
    assert "Cilegon" not in page


def test_the_nation_sums_its_provinces_by_the_same_code(client_of, two_cities, settings):
    Region.objects.create(code="ID", name="Indonesia", kind="nation")
    page = text_of(client_of().get("/?wilayah=ID"))
    assert "Luas kumuh Indonesia tinggal 150,00 Ha dari 200,00 Ha" in page
    assert "Provinsi Jawa Barat 100,00 70,00" in page
    assert "Provinsi Banten 100,00 80,00" in page
    settings.HOME_REGION = "ID"
    home = text_of(client_of().get("/"))
    # The site's own name above and below belongs to the home region.
    first, last = "Luas kumuh Indonesia", "Bantuan dan kontak"
    assert home[home.index(first) : home.index(last)] == page[page.index(first) : page.index(last)]
    below = text_of(client_of().get("/?wilayah=32.79"))
    assert "Indonesia Provinsi Jawa Barat" in below
    assert "Luas kumuh Kota Banjar tinggal 25,00 Ha dari 50,00 Ha" in below


def test_a_part_without_villages_is_left_out_and_said_to_be(client_of, two_cities):
    ProgrammeFactory(region=city("32.77", "Cimahi"), declared_ha=Decimal(80), is_current=True)
    page = text_of(client_of().get("/?wilayah=32"))
    assert "dari 100,00 Ha" in page
    assert "2 dari 3 kabupaten/kota sudah mempunyai luas per desa/kelurahan" in page
    assert "Kota Cimahi – –" in page


def test_a_sum_begins_when_all_of_it_is_known(client_of, two_cities):
    fill(city("32.77", "Cimahi"), [(5, None)], first=2018, target_year=2020)
    page = text_of(client_of().get("/?wilayah=32"))
    assert "Luas kumuh Provinsi Jawa Barat 75,00 Ha pada 2018" in page
    assert "Kota Banjar 50,00 (2016)" in page
    assert "Jumlah dimulai dari 2018, tahun baseline yang terbaru. 2 kabupaten/kota mulai" in page


def test_a_part_without_a_target_takes_the_sums_target_away(client_of, two_cities):
    fill(city("32.77", "Cimahi"), [(5, 4)], target_year=None, target_ha=None)
    page = text_of(client_of().get("/?wilayah=32"))
    assert "Target tidak dijumlahkan, karena 1 kabupaten/kota belum menetapkannya." in page


def test_only_the_running_period_of_each_city_counts(client_of, two_cities):
    old = ProgrammeFactory(region=two_cities[0], baseline_year=2010, target_year=2015)
    BaselineFactory(programme=old, area_ha=500)
    rebuild()
    assert "dari 100,00 Ha" in text_of(client_of().get("/?wilayah=32"))


def test_what_is_invented_marks_the_whole_sum(client_of, two_cities):
    assert "Data contoh." not in text_of(client_of().get("/?wilayah=32"))
    Programme.objects.filter(region=two_cities[0]).update(is_sample=True)
    assert "Data contoh." in text_of(client_of().get("/?wilayah=32"))


def test_a_sum_never_shows_what_is_not_verified(client_of, two_cities, of_tasikmalaya):
    figure = YearlyFigureFactory(
        baseline=two_cities[1].programmes.get().baselines.get(),
        year=2018,
        area_ha=Decimal("12.34"),
        submitted=True,
    )
    rebuild()
    for client in (client_of(), client_of(of_tasikmalaya)):
        assert "12,34" not in text_of(client.get("/?wilayah=32&sementara=1"))
    figure.verify(by=of_tasikmalaya, version=1, ticked=ALL_MARKS)
    assert "37,34" in text_of(client_of().get("/?wilayah=32"))


@pytest.mark.parametrize(
    "sort", ["nama", "-baseline", "2017", "-berkurang", "status", "verifikasi", "x"]
)
def test_parts_are_sorted_and_the_unknown_is_last(client_of, two_cities, sort):
    ProgrammeFactory(region=city("32.77", "Cimahi"), is_current=True)
    rows = client_of().get(f"/?wilayah=32&urut={sort}").context["table"].rows
    assert len(rows) == 3
    if sort not in ("nama", "x"):
        assert rows[-1].name == "Cimahi"
    if sort == "-berkurang":
        assert rows[0].name == "Banjar"


@pytest.mark.parametrize("count", [2, 40])
def test_a_sum_takes_the_same_queries_for_any_number_of_cities(
    client_of, db, count, django_assert_num_queries
):
    for number in range(count):
        fill(city(f"32.{number + 40}", f"Kota{number}"), [(10, 5)])
    with django_assert_num_queries(16):
        assert client_of().get("/?wilayah=32").status_code == 200


def test_a_city_added_while_a_page_is_drawn_is_in_the_next(client_of, two_cities, monkeypatch):
    from areas.totals import region_series

    summary = region_series._summary
    strange = (999_999, 2017, -100, 1, 0)
    monkeypatch.setattr(region_series, "_summary", lambda region: [*summary(region), strange])
    assert "tinggal 70,00 Ha" in text_of(client_of().get("/?wilayah=32"))


def test_the_running_period_is_the_one_that_a_citys_page_shows(db):
    for number, periods in enumerate(
        (
            [(2016, True), (2020, False)],
            [(2016, False), (2020, False), (2020, False)],
            [(2016, False)],
            [(2022, True), (2022, False)],
        )
    ):
        region = city(f"32.{number + 50}", f"Kota{number}")
        for year, is_current in periods:
            facts = {"baseline_year": year, "target_year": year + 3, "is_current": is_current}
            ProgrammeFactory(region=region, **facts)
    chosen = {region.programmes.current() for region in Region.objects.exclude(parent=None)}
    assert set(Programme.objects.running()) == chosen
    assert len(chosen) == 4


def test_an_unknown_region_is_not_there(client_of, two_cities):
    for address in (
        "/?wilayah=99",
        "/desa/?wilayah=99.99",
        "/data/?wilayah=x",
        "/berita/?wilayah=9",
    ):
        assert client_of().get(address).status_code == 404, address


def test_villages_of_a_province_are_found_by_way_of_its_cities(client_of, two_cities):
    page = client_of().get("/desa/?wilayah=32").content.decode()
    assert 'href="?wilayah=32.78"' in page
    listed = text_of(client_of().get("/desa/?wilayah=32.78"))
    assert "Desa0" in listed
    assert "Desa1" not in listed


def test_open_data_is_of_the_region_that_is_asked_for(client_of, two_cities):
    rows = client_of().get("/data/angka-tahunan.csv?wilayah=32.78")
    content = b"".join(rows.streaming_content).decode()
    assert "32.78.01.2001" in content
    assert "32.79.01" not in content
    all_of_it = client_of().get("/data/angka-tahunan.csv?wilayah=32")
    assert b"".join(all_of_it.streaming_content).decode().count("\n") == 4


def test_people_begin_in_their_own_region(client_of, two_cities, of_tasikmalaya):
    page = text_of(client_of(of_tasikmalaya).get("/"))
    assert "Pemerintah Kota Tasikmalaya" in page
    assert "Luas kumuh Kota Tasikmalaya tinggal 45,00 Ha dari 50,00 Ha" in page
    of_the_province = UserFactory(region=province(), username="jabar")
    page = text_of(client_of(of_the_province).get("/"))
    assert "Luas kumuh Provinsi Jawa Barat tinggal 70,00 Ha" in page


def test_reports_are_of_the_region(client_of, two_cities):
    for region, title in zip(two_cities, ("Kabar Banjar", "Kabar Tasik"), strict=True):
        ArticleFactory(meeting=MeetingFactory(region=region), title=title, published=True)
    assert "Kabar Tasik" not in text_of(client_of().get("/"))
    assert "Kabar Tasik" in text_of(client_of().get("/?wilayah=32.78"))
    province_page = text_of(client_of().get("/?wilayah=32"))
    assert "Kabar Tasik" in province_page
    assert "Kabar Banjar" in province_page
