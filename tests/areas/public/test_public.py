"""What everybody sees, through the URL."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from areas.charts.progress_chart import ChartMark
from areas.models import Baseline, Programme, Village, YearlyFigure
from areas.sample.figures import load_sample
from areas.sample.reference import load_reference
from kotaku import contributions
from kotaku.models import User
from tests.areas.public.pages import text_of
from tests.factories import (
    ALL_MARKS,
    BaselineFactory,
    DistrictFactory,
    ProgrammeFactory,
    UserFactory,
    VillageFactory,
    YearlyFigureFactory,
)
from tests.kept_rows import KeptRows


@pytest.fixture
def client(client_of):
    """A visitor's browser."""
    return client_of()


def load():
    load_reference()
    load_sample()


KEPT = KeptRows(load)


@pytest.fixture
def sample(db):
    """The sample period on top of the reference data."""
    KEPT.bring()


def test_visitor_reads_the_finding_from_verified_figures(client, sample):
    page = text_of(client.get("/"))
    # 187,95 less seven verified villages of 2019; seven others carry 2018 forward.
    assert "Luas kumuh Kota Banjar tinggal 76,65 Ha dari 187,95 Ha, berkurang 59,2 %" in page
    assert "7 dari 14 desa/kelurahan terverifikasi; 7 memakai angka terakhir." in page
    assert "Terlambat" in page
    assert "Jumlah baseline 14 desa/kelurahan sama dengan total yang tercatat: 187,95 Ha." in page


def test_only_staff_may_switch_provisional_figures_on(client, client_of, sample, bappeda):
    officer = User.objects.get(username="desa-balokang")
    for browser in (client, client_of(officer)):
        assert "tinggal 76,65 Ha" in text_of(browser.get("/?sementara=1"))
    page = text_of(client_of(bappeda).get("/?sementara=1"))
    # Balokang 5,90 → 3,10, Pataruman 5,65 → 6,40, Raharja 8,20 → 5,15.
    assert "tinggal 71,55 Ha" in page
    assert "3 angka sementara (diajukan, belum diverifikasi); 4 memakai angka terakhir." in page
    # An officer sees those of the own village alone.
    neighbour = User.objects.get(username="desa-binangun")
    for user, sees in ((officer, True), (neighbour, False)):
        page = text_of(client_of(user).get("/desa/32.79.01.2003/?sementara=1"))
        assert ("Termasuk angka sementara" in page) is sees


@pytest.mark.parametrize("page", ["/", "/desa/", "/desa/32.79.02.2006/"])
def test_pages_with_sample_figures_say_so_and_others_do_not(client, sample, page):
    assert "Data contoh." in text_of(client.get(page))
    assert "Data contoh." not in text_of(client.get(f"{page}?periode=sejak-2022"))


def test_visitor_switches_to_the_real_periods(client, sample):
    page = text_of(client.get("/?periode=sejak-2022"))
    assert (
        "Luas kumuh Kota Banjar tinggal 183,95 Ha dari 184,75 Ha (disimpulkan), berkurang 0,4 %"
        in page
    )
    page = text_of(client.get("/?periode=kotaku-2016-2019"))
    assert "Luas kumuh Kota Banjar 187,95 Ha pada 2016" in page
    assert "luas tiap desa/kelurahan tidak diketahui" in page
    page = text_of(client.get("/?periode=tidak-ada"))
    assert "76,65" in page
    assert "Periode pada alamat ini tidak dikenal. Yang tampil di halaman ini: KOTAKU 2016" in page


def test_page_says_that_it_shows_another_period_than_its_address_names(client, sample):
    village = "/desa/32.79.02.2006/"
    page = text_of(client.get(f"{village}?periode=kotaku-2016-2019"))
    lack = "Desa Binangun tidak termasuk dalam periode KOTAKU 2016–2019. Yang tampil"
    assert lack in page
    unknown = "Periode pada alamat ini tidak dikenal. Yang tampil di halaman ini:"
    for address in (village, "/desa/", "/banding/", "/"):
        assert unknown in text_of(client.get(f"{address}?periode=tidak-ada"))
        assert "Yang tampil di halaman ini" not in text_of(client.get(address))


def test_first_run_tells_an_admin_how_to_begin(client, client_of, admin):
    assert "muncul di sini setelah admin membuat periode" in text_of(client.get("/"))
    assert "Menyiapkan situs" not in text_of(client.get("/"))
    assert "dari 8 langkah selesai" in text_of(client_of(admin).get("/"))
    assert client.get("/desa/").status_code == 200


def test_differing_totals_stand_side_by_side(client, programme):
    programme.declared_ha = Decimal(50)
    programme.save()
    BaselineFactory(programme=programme)
    assert "total yang tercatat 50,00 Ha; selisih 30,00 Ha." in text_of(client.get("/"))


SORTS = ["nama", "kecamatan", "baseline", "2017", "2018", "2019", "berkurang", "status"]


@pytest.mark.parametrize("key", SORTS)
def test_villages_are_sorted_by_every_column_both_ways(client, sample, key):
    ways = []
    for sort in (key, f"-{key}"):
        content = client.get("/", {"urut": sort}).content.decode()
        table = content[content.index('<table class="villages"') :]
        rows = re.findall(r'<th scope="row"[^>]*><span[^>]*>.*?</span> <a[^>]*>(.*?)</a>', table)
        assert len(rows) == 14
        assert 'aria-sort="' + ("descending" if sort[0] == "-" else "ascending") in table
        ways.append(rows)
    if key == "nama":
        assert ways[0] == sorted(ways[0])
        assert ways[0] == ways[1][::-1]
    if key == "baseline":
        assert (ways[0][0], ways[1][0]) == ("Neglasari", "Karangpanimbal")
    if key == "berkurang":
        assert (ways[0][0], ways[1][0]) == ("Pataruman", "Neglasari")
    assert set(ways[0]) == set(ways[1])


@pytest.mark.parametrize(
    "query", ["urut=jahat", "urut=-", "hal=99", "hal=x", "urut=2099", "periode="]
)
def test_nonsense_in_the_address_does_no_harm(client, sample, query):
    for page in ("/", "/desa/", "/desa/32.79.02.2006/"):
        assert client.get(f"{page}?{query}").status_code == 200


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("cari=BALO", ["Balokang"]),
        ("kecamatan=32.79.03", ["Karangpanimbal", "Purwaharja", "Raharja"]),
        ("keadaan=tuntas", ["Neglasari"]),
        ("cari=%25", []),
    ],
)
def test_list_is_narrowed_through_the_address(client, sample, query, names):
    content = client.get(f"/desa/?{query}").content.decode()
    rows = re.findall(r'<th scope="row"[^>]*><span[^>]*>.*?</span> <a[^>]*>(.*?)</a>', content)
    assert rows == names
    if not names:
        assert "Tidak ada yang cocok" in content


def test_list_names_the_villages_outside_the_period(client, sample):
    assert "Di luar periode ini" in text_of(client.get("/desa/"))
    # Six of 25, some of which belong to another period.
    page = client.get("/desa/?periode=sejak-2022").content.decode()
    assert page.partition('id="di-luar"')[2].partition("</ul>")[0].count("<li>") == 6
    page = text_of(client.get("/desa/32.79.02.1001/"))
    assert "tidak tercatat sebagai kawasan kumuh pada periode mana pun" in page


SECRETS = (
    "Catatan rahasia",
    "Alasan rahasia",
    "Kembali rahasia",
    "bukti-rahasia.jpg",
    "Riwayat 2018",
)


def test_village_page_shows_notes_and_history_only_to_those_concerned(
    baseline, officer, other_officer, viewer, bappeda, client_of
):
    figure = YearlyFigureFactory(
        baseline=baseline,
        year=2018,
        returned=True,
        area_ha=Decimal("11.11"),
        note="Catatan rahasia",
        reason="Alasan rahasia",
        return_reason="Kembali rahasia",
    )
    figure.events.create(kind="submitted", actor=officer, at=timezone.now())
    figure.evidence.create(
        slot=1,
        file="x.jpg",
        name="bukti-rahasia.jpg",
        content_type="image/jpeg",
        size_bytes=1,
        sha256="0" * 64,
        uploaded_by=officer,
        uploaded_at=timezone.now(),
    )
    YearlyFigureFactory(baseline=baseline, year=2017, verified=True, note="Catatan rahasia")
    address = f"/desa/{baseline.village.code}/"
    for reader in (officer, viewer, bappeda):
        page = text_of(client_of(reader).get(address))
        assert all(secret in page for secret in (*SECRETS, "11,11")), reader
    for stranger in (None, other_officer):
        page = text_of(client_of(stranger).get(address))
        assert "15,00 Ha" in page
        assert not any(secret in page for secret in (*SECRETS, "11,11")), stranger


def test_unchanged_page_costs_a_visitor_nothing(client, sample, bappeda):
    first = client.get("/")
    assert client.get("/", headers={"If-None-Match": first["ETag"]}).status_code == 304
    figure = YearlyFigure.objects.filter(status="submitted").first()
    figure.verify(by=bappeda, version=figure.version, ticked=ALL_MARKS)
    assert client.get("/", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_events_of_other_apps_are_marked_in_the_chart(client, sample, monkeypatch):
    mark = ChartMark(date(2016, 11, 8), "Rakor Pokja PKP", "/desa/")
    marks = [lambda programme, user: [mark] if programme.is_sample else []]
    monkeypatch.setattr(contributions, "chart_marks", marks)
    page = text_of(client.get("/"))
    assert "8 November 2016: Rakor Pokja PKP" in page
    assert "Rakor" not in text_of(client.get("/?periode=sejak-2022"))


def test_work_that_waits_is_on_top_of_the_home_page(client_of, baseline, officer, bappeda):
    YearlyFigureFactory(baseline=baseline, returned=True)
    page = text_of(client_of(officer).get("/"))
    assert "Isian Desa Balokang tahun 2017 dikembalikan, perlu diperbaiki" in page
    assert "belum diajukan" in page
    YearlyFigureFactory(baseline=baseline, year=2018, submitted=True)
    assert "1 isian menunggu verifikasi" in text_of(client_of(bappeda).get("/"))


def fill(villages, years):
    """Build a current period of verified figures, in bulk."""
    programme = ProgrammeFactory(is_current=True, target_year=2030)
    district = DistrictFactory()
    officer, bappeda = UserFactory(officer=True), UserFactory(bappeda=True)
    rows = Village.objects.bulk_create(VillageFactory.build_batch(villages, district=district))
    baselines = Baseline.objects.bulk_create(
        Baseline(programme=programme, village=village, area_ha=100) for village in rows
    )
    figures = [
        YearlyFigureFactory.build(
            baseline=baseline,
            year=2016 + number,
            area_ha=Decimal(100 - number),
            verified=True,
            entered_by=officer,
            submitted_by=officer,
            verified_by=bappeda,
        )
        for baseline in baselines
        for number in range(1, years + 1)
    ]
    YearlyFigure.objects.bulk_create(figures)
    return rows[0]


# The home page and a village's ask once for the villages outside the period, the map's grey dots;
# a village's once for the villages before and after it.
QUERIES = {"/": 16, "/desa/": 11, "village": 15, "/data/": 16}


@pytest.mark.parametrize(("villages", "years"), [(14, 4), (300, 10)])
def test_pages_take_the_same_queries_for_any_size(
    client, db, villages, years, django_assert_num_queries
):
    village = fill(villages, years)
    # A map that leaves villages out asks for the sums of all of them instead. Small charts of few
    # villages on the home page are two queries, whatever their number.
    small = {"/": 2 * (villages <= 30)}
    for page, expected in QUERIES.items():
        address = f"/desa/{village.code}/" if page == "village" else page
        with django_assert_num_queries(expected + small.get(page, 0)):
            assert client.get(address).status_code == 200
    assert Programme.objects.count() == 1


@pytest.mark.parametrize("address", ["/desa/%00/", "/?periode=%00", "/desa/?cari=%00", "/%00"])
def test_addresses_with_nul_are_not_there(client, db, address):
    assert client.get(address).status_code == 404


def test_a_map_that_leaves_villages_out_says_so_and_never_the_own_one(client, db, monkeypatch):
    monkeypatch.setattr("areas.public.maps_page.MAX_CIRCLES", 2)
    programme = ProgrammeFactory(is_current=True)
    for area_ha in (30, 20, 10):
        smallest = BaselineFactory(programme=programme, area_ha=area_ha).village
    page = text_of(client.get("/"))
    assert "Peta ini memuat 2 desa/kelurahan dengan sisa terluas" in page
    own = client.get(f"/desa/{smallest.code}/").content.decode()
    assert f"Lingkaran bergaris luar: {smallest.full_name}" in own
    assert 'class="map-here"' in own
    monkeypatch.setattr("areas.public.maps_page.MAX_CIRCLES", 3)
    assert "dengan sisa terluas" not in text_of(client.get("/"))
