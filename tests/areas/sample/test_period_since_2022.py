"""The period since 2022 says what its figures rest on, wherever they are shown."""

import csv
import io
import json
from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from django.core.management import call_command
from openpyxl import load_workbook

from areas.models import Baseline, Programme, Village, YearlyFigure
from areas.rules import as_of
from areas.rules.progress import AsOf, YearChange, build_series
from kotaku.formats import NBSP
from kotaku.models import Region
from tests.areas.open_data.test_open_data import body
from tests.areas.public.pages import text_of
from tests.factories import (
    BaselineFactory,
    DistrictFactory,
    ProgrammeFactory,
    UserFactory,
    VillageFactory,
    YearlyFigureFactory,
    city,
)
from tests.kept_rows import KeptRows

PERIOD = "?periode=sejak-2022"
SOURCE = "diumumkan DLH Kota Banjar, 3 Februari 2023 (pemberitaan)"
DAY = "per 3 Februari 2023"
WARINGINSARI = "32.79.04.2003"

KEPT = KeptRows(partial(call_command, "load_reference", verbosity=0))


@pytest.fixture
def reference(db):
    KEPT.bring()


@pytest.fixture
def public(client_of):
    """The browser of an anonymous visitor."""
    return client_of()


def text(response):
    return text_of(response).replace(NBSP, " ")


def test_home_page_says_source_day_and_inference(reference, public):
    page = text(public.get("/" + PERIOD))
    for words in (
        "tinggal 183,95 Ha dari 184,75 Ha (disimpulkan)", f"Keadaan {DAY}.", f"183,95 Ha {DAY}",
        SOURCE, "DLH: Dinas Lingkungan Hidup", "Baseline (disimpulkan)", f"2023 ({DAY})",
        "baseline, disimpulkan", "0,4 % dari baseline (disimpulkan)",
    ):  # fmt: skip
        assert words in page, words
    for words in ("akhir 2023", "akhir 2022", "menurut SK"):
        assert words not in page, words


@pytest.mark.parametrize("code", [WARINGINSARI, "32.79.01.2003"])
def test_village_page_says_day_and_inference(reference, public, code):
    page = text(public.get(f"/desa/{code}/{PERIOD}"))
    area = Baseline.objects.get(village__code=code).area_text.replace(NBSP, " ")
    for words in (f"2023, {DAY}".replace(", ", " (") + ")", f"Baseline 2022: {area}.", SOURCE):
        assert words in page, words
    assert area.endswith("(disimpulkan)")
    assert "akhir 2023" not in page
    assert "pada akhir 2022" not in page


def test_village_list_says_day_and_inference(reference, public):
    page = text(public.get("/desa/" + PERIOD))
    for words in (f"2023 ({DAY})", "Baseline (disimpulkan)", "kecuali tahun yang bertanggal"):
        assert words in page, words


def test_chart_itself_carries_day_and_inference(reference, public):
    svg = public.get("/grafik/kemajuan.svg" + PERIOD)
    drawn = svg.content.decode().replace(NBSP, " ")
    for words in ("183,95", DAY, "184,75", "disimpulkan", SOURCE):
        assert words in drawn, words
    assert "akhir tahun</text>" not in drawn
    assert "akhir 2023" not in drawn


def test_each_history_says_how_2022_was_inferred(reference, client_of, bappeda):
    client = client_of(bappeda)
    page = text(client.get(f"/desa/{WARINGINSARI}/{PERIOD}"))
    assert "10,20 Ha per 3 Februari 2023 ditambah penurunan 0,80 Ha" in page
    page = text(client.get(f"/desa/32.79.01.2003/{PERIOD}"))
    assert "dianggap sama dengan angka per 3 Februari 2023" in page


def test_review_page_and_queue_say_the_day(reference, client_of, bappeda):
    client = client_of(bappeda)
    figure = YearlyFigure.objects.get(baseline__village__code=WARINGINSARI)
    page = text(client.get(f"/verifikasi/{figure.pk}/"))
    for words in (f"Terverifikasi 2023 ({DAY})", "11,00 Ha (disimpulkan)"):
        assert words in page, words
    assert f"Terverifikasi ({DAY})" in text(client.get("/verifikasi/" + PERIOD))
    correction = text(client.get(f"/isian/{figure.pk}/koreksi/"))
    assert f"yang benar {DAY}" in correction


def test_no_page_says_that_somebody_examined_an_announced_figure(reference, client_of, bappeda):
    figure = YearlyFigure.objects.get(baseline__village__code=WARINGINSARI)
    client = client_of(bappeda)
    for address in (f"/desa/{WARINGINSARI}/{PERIOD}", f"/verifikasi/{figure.pk}/"):
        page = text(client.get(address))
        assert "DLH Kota Banjar, 3 Februari 2023 (pemberitaan) dicatat sebagai sumber" in page
        for words in ("(pemberitaan) memverifikasi", "diverifikasi DLH", "Diverifikasi"):
            assert words not in page, (address, words)
    assert "sumber: DLH Kota Banjar, 3 Februari 2023 (pemberitaan); dicatat" in page


@pytest.mark.parametrize("address", ["/" + PERIOD, f"/desa/{WARINGINSARI}/{PERIOD}", "/data/"])
def test_what_is_official_includes_what_was_announced(reference, public, address):
    page = text(public.get(address))
    assert "atau yang diambil dari pengumuman yang disebut sebagai sumbernya" in page


def test_a_corrected_source_is_no_correction_by_the_office(reference, client_of, bappeda):
    figure = YearlyFigure.objects.get(baseline__village__code=WARINGINSARI)
    figure.correct_source(
        by=figure.verified_by, version=figure.version, reason="Hari yang benar.", note="Berita."
    )
    page = text(client_of(bappeda).get(f"/desa/{WARINGINSARI}/{PERIOD}"))
    assert "(pemberitaan) mengoreksi" not in page
    assert page.count("(pemberitaan) dicatat sebagai sumber") == 2


def test_declared_total_of_2016_is_not_of_the_end_of_its_year(reference, public):
    page = text(public.get("/?periode=kotaku-2016-2019"))
    assert "Baseline 187,95 Ha pada 2016" in page
    assert "Target 0,00 Ha pada 2019." in page
    assert "akhir 2016" not in page


def test_officer_reads_the_day_of_the_last_figure(reference, client_of):
    officer = UserFactory(officer=True)
    Village.objects.get(code=WARINGINSARI).officers.add(officer)
    client = client_of(officer)
    assert f"2023 ({DAY})" in text(client.get("/isian/" + PERIOD))


def rows_of(public, name):
    content = public.get(f"/data/{name}.csv{PERIOD}")
    return list(csv.DictReader(io.StringIO(body(content).decode("utf-8-sig"))))


def json_of(public, address):
    return json.loads(body(public.get(address)))


def test_exports_carry_day_and_inference(reference, public):
    for row in rows_of(public, "angka-tahunan"):
        assert (row["per_tanggal"], row["baseline_disimpulkan"]) == ("2023-02-03", "ya")
    for row in rows_of(public, "angka-lebar"):
        assert (row["2023_per_tanggal"], row["baseline_disimpulkan"]) == ("2023-02-03", "ya")
    (period,) = rows_of(public, "periode")
    assert period["sumber"].startswith(SOURCE)
    assert (period["luas_menurut_sk_ha"], period["total_tercatat_ha"]) == ("", "")
    assert period["baseline_disimpulkan"] == "ya"
    yearly = json_of(public, f"/data/angka-tahunan.json{PERIOD}")
    assert yearly["sumber"]["sejak-2022"].startswith(SOURCE)
    assert {row["per_tanggal"] for row in yearly["baris"]} == {"2023-02-03"}
    workbook = load_workbook(io.BytesIO(body(public.get(f"/data/angka-tahunan.xlsx{PERIOD}"))))
    told = " ".join(str(cell.value) for row in workbook["Keterangan"].iter_rows() for cell in row)
    assert SOURCE in told
    assert "per_tanggal" in told
    features = json_of(public, f"/data/desa.geojson{PERIOD}")["features"]
    known = [each["properties"] for each in features if each["properties"]["periode"]]
    assert {each["per_tanggal"] for each in known} == {"2023-02-03"}
    assert {each["baseline_disimpulkan"] for each in known} == {True}


def test_a_total_is_the_decrees_only_with_its_number(public, programme):
    Programme.objects.update(declared_ha=Decimal(50))
    BaselineFactory(programme=programme)
    for number, declared, name in (("", None, "yang tercatat"), ("188/2016", 50, "menurut SK")):
        Programme.objects.update(decree_number=number)
        programme.save(update_fields=["changed_at"])
        assert f"total {name} 50,00 Ha" in text(public.get("/"))
        (row,) = json_of(public, "/data/periode.json")["baris"]
        assert (row["luas_menurut_sk_ha"], row["total_tercatat_ha"]) == (declared, 50)


def test_the_period_of_2016_has_no_decree_either(reference, public):
    page = text(public.get("/?periode=kotaku-2016-2019"))
    assert "Angka 187,95 Ha adalah total yang tercatat" in page
    assert "menurut SK" not in page
    assert "Kelompok Kerja (Pokja) percepatan Penanganan Kumuh Perkotaan" in page


def test_dictionary_and_staff_export_know_the_columns(reference, public, client_of, bappeda):
    page = text(public.get("/data/kamus/"))
    for words in ("per_tanggal", "baseline_disimpulkan", "total_tercatat_ha"):
        assert words in page, words
    exported = body(client_of(bappeda).get(f"/data/isian.csv{PERIOD}")).decode("utf-8-sig")
    (first, *_) = csv.DictReader(io.StringIO(exported))
    assert (first["per_tanggal"], first["baseline_disimpulkan"]) == ("2023-02-03", "ya")


def test_the_admin_shows_day_and_inference(reference, client_of, admin):
    client = client_of(admin)
    figure = YearlyFigure.objects.first()
    assert "3 Februari 2023" in text(client.get("/admin/areas/yearlyfigure/"))
    assert (
        "keadaan per tanggal"
        in text(client.get(f"/admin/areas/yearlyfigure/{figure.pk}/change/")).lower()
    )
    programme = Programme.objects.get(slug="sejak-2022")
    html = client.get(f"/admin/areas/programme/{programme.pk}/change/").content.decode()
    assert 'name="baselines-0-is_inferred"' in html


def test_a_province_says_the_day_of_its_only_city(reference, public):
    Programme.objects.filter(slug="kotaku-2016-2019").update(is_current=False)
    page = text(public.get("/?wilayah=32"))
    assert f"Keadaan {DAY}." in page
    assert "184,75 Ha (disimpulkan)" in page
    assert "akhir 2023" not in page


def test_correcting_a_dated_figure_keeps_its_day(reference, client_of, bappeda):
    figure = YearlyFigure.objects.get(baseline__village__code=WARINGINSARI)
    typed = {"version": figure.version, "area_ha": "10,10", "reason": "Diukur ulang."}
    assert client_of(bappeda).post(f"/isian/{figure.pk}/koreksi/", typed).status_code == 302
    figure.refresh_from_db()
    assert (figure.area_ha, figure.as_of) == (Decimal("10.10"), date(2023, 2, 3))


def test_a_partly_dated_year_says_how_many(db, public):
    programme = ProgrammeFactory(region=city())
    first = YearlyFigureFactory(baseline=BaselineFactory(programme=programme), verified=True)
    YearlyFigureFactory(
        baseline=BaselineFactory(programme=programme), year=first.year, verified=True
    )
    YearlyFigure.objects.filter(pk=first.pk).update(as_of=date(first.year, 2, 3))
    first.baseline.mark_inferred(by=first.entered_by, reason="Disimpulkan.")
    page = text(public.get("/"))
    day = f"per 3 Februari {first.year}"
    assert f"akhir {first.year} (1 dari 2 angka {day})" in page
    assert f"{first.year} (sebagian {day})" in page
    assert "(sebagian disimpulkan)" in page


def point(days, counted=2):
    change = YearChange(2023, Decimal(-1), counted, 0, as_of=days)
    return build_series(
        baseline_year=2022,
        baseline_ha=Decimal(9),
        villages=2,
        cleared_at_baseline=0,
        changes=[change],
    ).latest


def test_labels_of_days():
    first, last = date(2023, 2, 3), date(2023, 3, 1)
    assert as_of.state_label(point(None)) == "akhir 2023"
    assert as_of.state_label(point(AsOf(first, first, 2))) == "per 3 Februari 2023"
    both = "per 3 Februari 2023 sampai 1 Maret 2023"
    assert as_of.state_label(point(AsOf(first, last, 2))) == both
    assert as_of.at_label(point(AsOf(first, last, 1))) == f"pada akhir 2023 (1 dari 2 angka {both})"
    assert as_of.year_label(2023, None) == "2023"


@pytest.mark.parametrize("state", ["submitted", "returned"])
def test_a_proposed_figure_carries_its_day_in_the_chart(client_of, bappeda, db, state):
    figure = YearlyFigureFactory(year=2023, as_of=date(2023, 2, 3), **{state: True})
    page = text(client_of(bappeda).get(f"/verifikasi/{figure.pk}/"))
    word = {"submitted": "Diajukan", "returned": "Dikembalikan"}[state]
    assert f"{word} {DAY}: 15,00 Ha, belum terverifikasi." in page
    assert f"2023 ({DAY}) 15,00" in page
    for words in ("akhir 2023", "Akhir tahun", "akhir tahun Target"):
        assert words not in page, words


def test_a_proposed_figure_without_a_day_is_of_the_end_of_its_year(client_of, bappeda, db):
    figure = YearlyFigureFactory(year=2023, submitted=True)
    page = text(client_of(bappeda).get(f"/verifikasi/{figure.pk}/"))
    assert "Diajukan untuk 2023: 15,00 Ha, belum terverifikasi." in page


@pytest.mark.parametrize("address", ["/?wilayah=32", "/?wilayah=ID"])
def test_a_sum_that_begins_with_dated_figures_says_their_day(client_of, db, address):
    Region.objects.create(code="ID", name="Indonesia", kind="nation")
    dated = BaselineFactory(
        programme=ProgrammeFactory(
            is_current=True, baseline_year=2022, target_year=None, target_ha=None
        )
    )
    YearlyFigureFactory(baseline=dated, year=2023, as_of=date(2023, 2, 3), verified=True)
    other = city("32.78", "Tasikmalaya")
    district = DistrictFactory(region=other, code="32.78.01")
    later = BaselineFactory(
        village=VillageFactory(district=district, code="32.78.01.2001"),
        programme=ProgrammeFactory(
            region=other, is_current=True, baseline_year=2023, target_year=None, target_ha=None
        ),
    )
    YearlyFigureFactory(baseline=later, year=2024, area_ha=Decimal("18.00"), verified=True)
    page = text(client_of().get(address))
    assert f"2023 (sebagian {DAY}) 35,00" in page
    assert f"Luas kumuh dari 35,00 Ha pada akhir 2023 (sebagian {DAY}) menjadi 33,00 Ha" in page
