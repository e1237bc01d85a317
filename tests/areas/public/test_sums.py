"""Sums and their parts: targets, places without figures, figures that are not verified yet."""

import re
from decimal import Decimal

import pytest

from kotaku.models import Region
from tests.areas.public.pages import text_of
from tests.areas.public.test_regions import fill
from tests.factories import ProgrammeFactory, YearlyFigureFactory, city, province


def table_of(page: str) -> str:
    """Return the words of the chart's table."""
    return page.partition("Tabel data")[2]


@pytest.fixture
def unequal(db):
    """Two cities since 2016 with figures up to 2017, one since 2018 without: 138,87 Ha in 2018."""
    fill(city(), [("90", "60.87")])
    fill(city("32.78", "Tasikmalaya"), [("30", "28")])
    fill(city("32.77", "Cimahi"), [("50", None)], first=2018, target_year=2020)


def test_a_sum_begins_with_the_sum_of_its_parts_targets(client_of, unequal):
    page = text_of(client_of().get("/?wilayah=32"))
    # A third of 90 Ha and of 30 Ha, and all of the 50 Ha that have just begun.
    assert "Akhir tahun Sisa (Ha) Target (Ha)" in page
    assert "2018 138,87 90,00 – baseline" in table_of(page)
    assert "2019 – 25,00" in table_of(page)
    assert "2020 – 0,00" in table_of(page)


def test_status_and_gap_of_the_first_year_follow(client_of, unequal):
    page = text_of(client_of().get("/?wilayah=32"))
    assert "Terlambat 48,87 Ha di atas target akhir 2018. Keadaan akhir 2018." in page
    assert "Target 2018 90,00 Ha 48,87 Ha di atas target" in page
    assert "Belum ada angka tahunan yang terverifikasi" not in page


def test_the_nation_begins_with_the_sum_of_all_cities_targets(client_of, unequal):
    Region.objects.create(code="ID", name="Indonesia", kind="nation")
    cilegon = city("36.72", "Cilegon")
    Region.objects.filter(code="36").update(name="Banten")
    fill(cilegon, [("20", "10")], first=2012, year=2013, target_year=2014)
    page = text_of(client_of().get("/?wilayah=ID"))
    # Banten's target year is over when the sum begins: it goes on promising its 0 Ha.
    assert "2018 148,87 90,00 – baseline" in table_of(page)
    assert "Provinsi Jawa Barat 138,87 (2018)" in page


def test_a_part_whose_target_is_not_zero_keeps_it_after_its_year(client_of, unequal):
    fill(city("32.76", "Depok"), [("9", "8")], first=2010, year=2011, target_year=2012, target_ha=4)
    page = text_of(client_of().get("/?wilayah=32"))
    assert "2018 146,87 94,00 – baseline" in table_of(page)
    assert "2020 – 4,00" in table_of(page)


def test_a_targets_gap_is_the_difference_of_what_is_shown(client_of, db):
    fill(city(), [("100", "66.67")])
    page = text_of(client_of().get("/"))
    assert (
        "Sesuai target Tepat pada target akhir 2017. Keadaan akhir 2017." in page
    )  # 66,67 Ha where 66,666… is promised
    assert "Target 2017 66,67 Ha tepat pada target" in page


# Without figures


@pytest.fixture
def silent(db):
    """Kota Banjar with a figure; Cimahi (with a target) and Depok (without) have baselines only."""
    fill(city(), [(50, 45)])
    fill(city("32.77", "Cimahi"), [(50, None)])
    fill(city("32.76", "Depok"), [(40, None)], target_year=None, target_ha=None)


def test_a_city_without_figures_has_no_status(client_of, silent):
    page = text_of(client_of().get("/?wilayah=32"))
    assert re.search(r"Kota Cimahi 50,00 50,00 \(angka terakhir\) 0,0 % Belum ada angka –", page)
    assert re.search(r"Kota Depok 40,00 40,00 \(angka terakhir\) 0,0 % Belum ada angka –", page)
    assert re.search(r"Kota Banjar 50,00 45,00 10,0 % Terlambat 1/1", page)


@pytest.mark.parametrize("sort", ["status", "-status"])
def test_what_has_no_status_is_sorted_last(client_of, silent, sort):
    rows = client_of().get(f"/?wilayah=32&urut={sort}").context["table"].rows
    assert rows[0].name == "Banjar"
    assert {row.cells[-2].text for row in rows[1:]} == {"Belum ada angka"}


def test_a_province_without_figures_has_no_status_in_the_nations_table(client_of, silent):
    Region.objects.create(code="ID", name="Indonesia", kind="nation")
    fill(city("36.72", "Cilegon"), [(100, None)])
    page = text_of(client_of().get("/?wilayah=ID"))
    assert re.search(
        r"Provinsi Jawa Barat 100,00 100,00 \(angka terakhir\) 0,0 % Belum ada angka –", page
    )


@pytest.mark.parametrize("address", ["/?wilayah=36.72", "/?wilayah=36", "/desa/?wilayah=36.72"])
def test_its_own_pages_claim_no_status_either(client_of, silent, address):
    fill(city("36.72", "Cilegon"), [(100, None)])
    page = text_of(client_of().get(address))
    for word in ("Sesuai target", "Terlambat", "Tercapai"):
        assert word not in page
    if address.startswith("/?"):
        assert "Belum ada angka tahunan yang terverifikasi." in page
        assert "Target 2019 0,00 Ha" in page


# Not verified yet


@pytest.fixture
def submitted(baseline):
    """Balokang: 20 Ha, 15 Ha in 2017 verified, 9,50 Ha in 2018 handed in."""
    YearlyFigureFactory(baseline=baseline, verified=True)
    YearlyFigureFactory(baseline=baseline, year=2018, area_ha=Decimal("9.50"), submitted=True)
    return baseline


def points_of(content: str) -> list[bool]:
    """Return of each point of the wide chart whether it is hollow."""
    drawing = content[content.index('class="progress-chart"') :].partition("</svg>")[0]
    return ["hollow" in name for name in re.findall(r'<circle class="([^"]+)"', drawing)]


@pytest.mark.parametrize("reader", ["bappeda", "officer"])
def test_a_villages_submitted_figure_is_shown_as_such(client_of, submitted, reader, request):
    client = client_of(request.getfixturevalue(reader))
    address = f"/desa/{submitted.village.code}/"
    response = client.get(f"{address}?sementara=1")
    page = text_of(response)
    assert "2018 9,50 52,5 % diajukan" in table_of(page)
    assert "2017 15,00 25,0 % ya" in table_of(page)
    assert points_of(response.content.decode()) == [False, False, True]
    assert "Lingkaran tanpa isi: angka diajukan, belum terverifikasi." in page
    assert "Sisa luas kumuh 9,50 Ha akhir 2018, sementara" in page
    official = client.get(address)
    assert points_of(official.content.decode()) == [False, False]
    assert "Lingkaran tanpa isi:" not in text_of(official)


def test_a_citys_chart_and_table_mark_it_too(client_of, submitted, other_baseline, bappeda):
    YearlyFigureFactory(baseline=other_baseline, year=2019, area_ha=25, verified=True)
    response = client_of(bappeda).get("/?sementara=1")
    content, page = response.content.decode(), text_of(response)
    assert points_of(content) == [False, True, True, True]
    assert "memuat angka yang diajukan, belum terverifikasi." in page
    # 2019 goes on with what was handed in for 2018: no less provisional.
    assert "15,00 9,50 (sementara) 9,50 (angka terakhir) (sementara)" in page
    assert "bergaris bawah sementara, belum diverifikasi" in page


def test_what_everybody_takes_along_knows_nothing_of_it(client_of, submitted, bappeda):
    for client in (client_of(), client_of(bappeda)):
        for address in (f"/grafik/desa/{submitted.village.code}.svg?sementara=1", "/?sementara=1x"):
            assert "9,50" not in text_of(client.get(address))


def test_the_review_page_proposes_it(client_of, submitted, bappeda):
    figure = submitted.figures.get(year=2018)
    response = client_of(bappeda).get(f"/verifikasi/{figure.pk}/")
    assert "2018 9,50 – diajukan" in table_of(text_of(response))
    assert "chart-point--proposed" in response.content.decode()


def test_the_review_page_of_a_returned_figure_says_returned(client_of, baseline, bappeda):
    figure = YearlyFigureFactory(baseline=baseline, returned=True)
    response = client_of(bappeda).get(f"/verifikasi/{figure.pk}/")
    page = text_of(response)
    assert "2017 15,00 – dikembalikan" in table_of(page)
    assert "Dikembalikan 15,00" in page
    assert "Diajukan 15,00" not in page


@pytest.mark.parametrize(("state", "listed"), [("belum", True), ("tuntas", True), ("sisa", False)])
def test_filters_tell_submitted_from_verified(client_of, baseline, bappeda, state, listed):
    """0 Ha is handed in, and nothing is verified."""
    YearlyFigureFactory(baseline=baseline, area_ha=0, submitted=True)
    response = client_of(bappeda).get(f"/desa/?sementara=1&keadaan={state}")
    assert bool(response.context["table"].rows) is listed


# Which period runs


@pytest.fixture
def twins(baseline, officer):
    """Three periods since 2016 of which none is marked; the last entered has the last name."""
    first = baseline.programme
    type(first).objects.filter(pk=first.pk).update(is_current=False, name="M awal")
    for name in ("A kedua", "Z ketiga"):
        second = ProgrammeFactory(name=name, slug=name[-6:].strip())
        second.baselines.create(village=baseline.village, area_ha=7)
    return second


def test_everybody_is_shown_the_same_period(client_of, twins, officer, bappeda):
    village = officer.villages.get()
    name = twins.name
    for client, address in (
        (client_of(), "/"),
        (client_of(), f"/desa/{village.code}/"),
        (client_of(), "/?wilayah=32.79"),
        (client_of(bappeda), "/"),
    ):
        assert client.get(address).context["programme"] == twins, address
    assert client_of(officer).get("/isian/").context["programme"] == twins
    assert client_of(bappeda).get("/verifikasi/").context["programme"] == twins
    assert client_of(bappeda).get("/data/impor/").context["form"].initial["programme"] == twins
    assert twins.slug in client_of().get("/grafik/kemajuan.svg")["Content-Disposition"]
    geojson = b"".join(client_of().get("/data/desa.geojson").streaming_content).decode()
    assert twins.slug in geojson
    assert client_of().get("/desa/").context["programme"].name == name
    summed = text_of(client_of().get("/?wilayah=32"))
    assert "7,00 Ha pada 2016" in summed
    meeting = client_of(bappeda).get("/rakor/baru/")
    assert f'<option value="{twins.pk}" selected>' in meeting.content.decode()


@pytest.mark.parametrize("chosen", ["A kedua", "M awal"])
def test_the_marked_one_comes_first_wherever_it_stands(client_of, twins, officer, chosen):
    marked = type(twins).objects.get(name=chosen)
    type(twins).objects.filter(pk=marked.pk).update(is_current=True)
    for client, address in ((client_of(), "/"), (client_of(officer), "/isian/")):
        assert client.get(address).context["programme"] == marked
    assert province().code == "32"
