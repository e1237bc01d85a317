"""What everybody may take away: the right rows, in every format, at addresses that stay."""

import csv
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from areas.models import ImportRun, Programme, YearlyFigure
from tests.areas.importing.steps import counts, upload
from tests.areas.public.pages import text_of
from tests.factories import (
    ALL_MARKS,
    ArticleFactory,
    BaselineFactory,
    BoundaryFactory,
    MeetingFactory,
    ProgrammeFactory,
    VillageFactory,
    YearlyFigureFactory,
    city,
)

JAKARTA = ZoneInfo("Asia/Jakarta")
LONG, WIDE = "/data/angka-tahunan", "/data/angka-lebar"
KEYS = ["angka-tahunan", "angka-lebar", "desa", "periode", "rapat"]
FORMS = ["csv", "excel.csv", "xlsx", "json"]


def body(response) -> bytes:
    """Return what was downloaded, streamed or not."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def rows_of(client, address, delimiter=","):
    """Return the rows of a CSV as dictionaries."""
    text = body(client.get(address)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=delimiter))


@pytest.fixture
def figures(baseline, other_baseline):
    """Balokang: 15 Ha verified in 2017, 12 submitted in 2018; Binangun: a draft."""
    YearlyFigureFactory(baseline=baseline, year=2017, verified=True, note="RAHASIA")
    YearlyFigureFactory(baseline=baseline, year=2018, submitted=True, area_ha=12)
    YearlyFigureFactory(baseline=other_baseline, year=2017)


def test_only_verified_figures_go_out(client, figures):
    (row,) = rows_of(client, f"{LONG}.csv")
    assert (row["desa_kelurahan"], row["tahun"], row["sisa_ha"], row["baseline_ha"]) == (
        "Balokang", "2017", "15.00", "20.00",
    )  # fmt: skip
    assert row["data_contoh"] == "tidak"
    for form in FORMS:
        assert b"RAHASIA" not in body(client.get(f"{LONG}.{form}"))


def test_the_wide_table_has_a_column_for_each_year(client, baseline, other_baseline):
    YearlyFigureFactory(baseline=baseline, year=2017, verified=True)
    YearlyFigureFactory(baseline=other_baseline, year=2019, verified=True, area_ha=0)
    rows = {row["desa_kelurahan"]: row for row in rows_of(client, f"{WIDE}.csv")}
    assert list(rows["Balokang"])[-3:] == ["2017", "2019", "baseline_disimpulkan"]
    assert (rows["Balokang"]["2017"], rows["Balokang"]["2019"]) == ("15.00", "")
    assert (rows["Binangun"]["2017"], rows["Binangun"]["2019"]) == ("", "0.00")


def test_indonesian_excel_gets_semicolons_and_decimal_commas(client, figures):
    content = body(client.get(f"{LONG}.excel.csv"))
    assert content.startswith(b"\xef\xbb\xbf")
    (row,) = rows_of(client, f"{LONG}.excel.csv", ";")
    assert row["sisa_ha"] == "15,00"


def test_json_has_its_documented_shape(client, figures, programme):
    response = client.get(f"{LONG}.json")
    document = json.loads(body(response))
    assert set(document) == {
        "judul", "keterangan", "penerbit", "alamat", "diperbarui", "lisensi", "data_contoh",
        "satuan", "sumber", "kolom", "baris",
    }  # fmt: skip
    (row,) = document["baris"]
    assert list(row) == [column["nama"] for column in document["kolom"]]
    assert row["sisa_ha"] == 15.0
    assert row["tahun"] == 2017
    assert row["data_contoh"] is False
    assert document["sumber"] == {programme.slug: "Sumber uji."}
    assert datetime.fromisoformat(document["diperbarui"]).tzinfo


def test_a_workbook_has_real_numbers_and_an_explanation(client, figures, programme):
    programme.decree_date = date(2016, 3, 1)
    programme.save()
    book = load_workbook(io.BytesIO(body(client.get(f"{LONG}.xlsx"))))
    sheet = book["Data"]
    values = dict(zip(*([cell.value for cell in row] for row in sheet.iter_rows()), strict=True))
    assert values["sisa_ha"] == 15
    assert values["tahun"] == 2017
    assert isinstance(values["diverifikasi_pada"], datetime)
    assert sheet.freeze_panes == "A2"
    assert all(dimension.width >= 10 for dimension in sheet.column_dimensions.values())
    words = {row[0].value: row[1].value for row in book["Keterangan"].iter_rows(min_row=2)}
    assert "hektare" in words["Satuan"]
    assert words[f"Sumber: {programme.name}"] == "Sumber uji."
    assert words["Keadaan data"]
    decree = load_workbook(io.BytesIO(body(client.get("/data/periode.xlsx"))))["Data"]
    values = dict(zip(*([cell.value for cell in row] for row in decree.iter_rows()), strict=True))
    assert values["tanggal_sk"] == datetime(2016, 3, 1)  # noqa: DTZ001 - sheets have no time zones
    assert values["nomor_sk"] is None


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_no_name_becomes_a_formula(client, programme, start):
    BaselineFactory(programme=programme, village__name=f"{start}1+1|cmd")
    for form, delimiter in (("csv", ","), ("excel.csv", ";")):
        (row,) = rows_of(client, f"{WIDE}.{form}", delimiter)
        assert row["desa_kelurahan"].startswith("'")
    sheet = load_workbook(io.BytesIO(body(client.get(f"{WIDE}.xlsx"))))["Data"]
    cell = sheet["D2"]
    assert cell.data_type == "s"
    assert cell.value.startswith("'")


def test_sample_periods_only_for_who_asks_for_them(client, baseline):
    sample = ProgrammeFactory(is_sample=True, slug="coba")
    invented = BaselineFactory(programme=sample)
    for each in (baseline, invented):
        YearlyFigureFactory(baseline=each, verified=True)
    assert {row["data_contoh"] for row in rows_of(client, f"{LONG}.csv")} == {"tidak"}
    assert [row["periode"] for row in rows_of(client, "/data/periode.csv")] == [
        baseline.programme.slug
    ]
    response = client.get(f"{LONG}.csv?periode=coba")
    assert "data-contoh" in response["Content-Disposition"]
    (row,) = rows_of(client, f"{LONG}.csv?periode=coba")
    assert row["data_contoh"] == "ya"
    book = load_workbook(io.BytesIO(body(client.get(f"{LONG}.xlsx?periode=coba"))))
    assert "DATA CONTOH" in str(book["Keterangan"]["B2"].value)
    assert "Data contoh." in text_of(client.get("/data/?periode=coba"))


def test_unknown_tables_formats_and_periods_are_not_there(client, db):
    for address in ("/data/lain.csv", f"{LONG}.pdf", f"{LONG}.csv?periode=lain"):
        assert client.get(address).status_code == 404


# For programs


@pytest.mark.parametrize(
    "address",
    [*(f"/data/{key}.{form}" for key in KEYS for form in FORMS), "/data/desa.geojson",
     "/data/datapackage.json"],
)  # fmt: skip
def test_files_answer_304_until_something_changes(client, figures, address):
    first = client.get(address)
    assert first.status_code == 200
    body(first)
    assert first["ETag"]
    assert first["Last-Modified"]
    assert first["Access-Control-Allow-Origin"] == "*"
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    modified = {"If-Modified-Since": first["Last-Modified"]}
    assert client.get(address, headers=modified).status_code == 304
    head = client.head(address)
    assert head.status_code == 200
    assert head["ETag"] == first["ETag"]


# Each change in a transaction of its own, as in life: PostgreSQL notes a transaction once.
@pytest.mark.django_db(transaction=True)
def test_every_change_of_the_record_is_a_new_version(client, baseline, bappeda, admin):
    figure = YearlyFigureFactory(baseline=baseline, submitted=True)

    def etag():
        return client.get(f"{LONG}.csv")["ETag"]

    seen = [etag()]
    figure.verify(by=bappeda, version=1, ticked=ALL_MARKS)
    seen.append(etag())
    figure.correct(by=bappeda, version=2, area_ha=Decimal(14), reason="Salah.")
    seen.append(etag())
    baseline.change(by=bappeda, area_ha=Decimal(21), reason="SK.")
    seen.append(etag())
    baseline.village.name = "Balokang Baru"
    baseline.village.save()
    seen.append(etag())
    VillageFactory()
    seen.append(etag())
    Programme.objects.get().save()
    seen.append(etag())
    BoundaryFactory(village=baseline.village)
    seen.append(etag())
    assert len(set(seen)) == len(seen)


def test_pages_of_other_sites_may_read_but_nobody_writes(client, figures):
    response = client.options(f"{LONG}.json")
    assert response.status_code == 204
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "POST" not in response["Access-Control-Allow-Methods"]
    assert client.post(f"{LONG}.json").status_code == 405


def test_open_data_sets_no_cookie_and_asks_for_none(client, figures):
    response = client.get(f"{LONG}.json")
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_geojson_tells_where_and_how_much(client, figures, baseline, other_baseline):
    outside = VillageFactory(name="Neglasari")
    document = json.loads(body(client.get("/data/desa.geojson")))
    features = {each["properties"]["desa_kelurahan"]: each for each in document["features"]}
    assert features["Balokang"]["geometry"] == {"type": "Point", "coordinates": [108.54, -7.37]}
    assert features["Balokang"]["properties"]["sisa_ha"] == 15
    assert features["Balokang"]["properties"]["tahun"] == 2017
    assert features["Binangun"]["properties"]["sisa_ha"] == 30
    assert features["Binangun"]["properties"]["tahun"] is None
    assert features["Neglasari"]["properties"]["sisa_ha"] is None
    assert features["Neglasari"]["id"] == outside.code
    BoundaryFactory(village=baseline.village)
    document = json.loads(body(client.get("/data/desa.geojson")))
    shapes = {each["id"]: each["geometry"]["type"] for each in document["features"]}
    assert shapes[baseline.village.code] == "MultiPolygon"
    assert document["sumber_batas"] == ["Batas uji"]
    rows = csv.DictReader(io.StringIO(body(client.get("/data/desa.csv")).decode("utf-8-sig")))
    places = {row["desa_kelurahan"]: (row["lintang"], row["bujur"]) for row in rows}
    assert tuple(map(float, places["Balokang"])) == (-7.37, 108.54)


def test_datapackage_describes_every_table(client, figures):
    package = client.get("/data/datapackage.json").json()
    assert [each["name"] for each in package["resources"]] == KEYS
    for each in package["resources"]:
        path = each["path"].removeprefix("http://testserver")
        header = body(client.get(path)).decode("utf-8-sig").splitlines()[0].split(",")
        assert header == [field["name"] for field in each["schema"]["fields"]]
    assert "licenses" not in package


def test_a_licence_is_named_once_the_city_has_chosen_one(client, db, settings):
    assert "Belum ditetapkan" in text_of(client.get("/data/"))
    settings.DATA_LICENCE = "CC-BY-4.0"
    settings.DATA_LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
    package = client.get("/data/datapackage.json").json()
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert "CC-BY-4.0" in text_of(client.get("/data/"))


def test_every_column_is_in_the_dictionary(client, figures):
    page = text_of(client.get("/data/kamus/"))
    for key in KEYS:
        document = json.loads(body(client.get(f"/data/{key}.json")))
        for column in document["kolom"]:
            assert column["nama"] in page
            assert column["keterangan"] in page


def test_meetings_tell_only_public_facts(client, programme):
    day = timezone.make_aware(datetime(2016, 11, 8, 9))  # noqa: DTZ001
    meeting = MeetingFactory(done=True, starts_at=day, title="JUDUL INTERNAL", programme=programme)
    ArticleFactory(meeting=meeting, published=True, title="Rakor selesai", slug="rakor-selesai")
    draft = MeetingFactory(done=True, programme=programme)
    ArticleFactory(meeting=draft, title="BELUM TERBIT")
    MeetingFactory(done=True, kind="internal", programme=programme)
    MeetingFactory(programme=programme)
    MeetingFactory(done=True, programme=ProgrammeFactory(is_sample=True))
    text = body(client.get("/data/rapat.json")).decode()
    assert "JUDUL INTERNAL" not in text
    assert "BELUM TERBIT" not in text
    first, second = json.loads(text)["baris"]
    assert (first["tanggal"], first["judul_berita"]) == ("2016-11-08", "Rakor selesai")
    assert first["alamat_berita"].endswith("/berita/rakor-selesai/")
    assert second["judul_berita"] is None


@pytest.mark.parametrize(
    ("ends_on", "last"), [(None, "2016-11-08"), (8, "2016-11-08"), (10, "2016-11-10")]
)
def test_meetings_of_several_days_name_the_last_one_after_the_first(
    client, programme, ends_on, last
):
    # Half past six in the morning in Jakarta is the day before in UTC.
    first, early = (datetime(2016, 11, 8, hour, 30, tzinfo=JAKARTA) for hour in (5, 6))
    ends_at = early.replace(day=ends_on) if ends_on else None
    MeetingFactory(done=True, starts_at=first, ends_at=ends_at, programme=programme)
    (row,) = rows_of(client, "/data/rapat.csv")
    assert list(row.items())[:2] == [("tanggal", "2016-11-08"), ("tanggal_terakhir", last)]
    assert "tanggal_terakhir" in text_of(client.get("/data/kamus/"))


def test_too_many_rows_for_a_workbook_say_what_to_do(client, figures, monkeypatch):
    monkeypatch.setattr("kotaku.spreadsheets.writers.MAX_SHEET_ROWS", 0)
    response = client.get(f"{LONG}.xlsx")
    assert response.status_code == 422
    assert "unduh sebagai CSV" in text_of(response)


# For the office


def test_staff_take_everything_officers_their_own(
    client_of, figures, viewer, officer, other_officer
):
    def rows(user):
        return rows_of(client_of(user), "/data/isian.csv")

    assert {(row["desa_kelurahan"], row["status"]) for row in rows(viewer)} == {
        ("Desa Balokang", "Terverifikasi"),
        ("Desa Balokang", "Diajukan"),
        ("Desa Binangun", "Draf"),
    }
    assert "RAHASIA" in {row["catatan"] for row in rows(officer)}
    assert {row["desa_kelurahan"] for row in rows(officer)} == {"Desa Balokang"}
    assert {row["desa_kelurahan"] for row in rows(other_officer)} == {"Desa Binangun"}
    response = client_of(viewer).get("/data/isian.xlsx")
    assert response["Cache-Control"] == "private, no-store"
    sheet = load_workbook(io.BytesIO(body(response)))["Data"]
    assert sheet.max_row == 4


def test_staff_choose_a_period(client_of, figures, viewer, programme):
    BaselineFactory(programme=ProgrammeFactory(slug="lain"))
    client = client_of(viewer)
    assert rows_of(client, "/data/isian.csv?periode=lain") == []
    assert len(rows_of(client, f"/data/isian.csv?periode={programme.slug}")) == 3
    assert client.get("/data/isian.csv?periode=hilang").status_code == 404
    assert client.get("/data/isian.pdf").status_code == 404


@pytest.mark.ignore_template_errors
def test_admins_take_lists_along_as_they_are_filtered(client_of, admin, baseline):
    VillageFactory(name="Neglasari")
    client = client_of(admin)
    page = text_of(client.get("/admin/areas/village/?q=Balokang"))
    assert "Unduh Excel" in page
    response = client.get("/admin/areas/village/unduh/?q=Balokang")
    sheet = load_workbook(io.BytesIO(body(response)))["Data"]
    assert [cell.value for cell in sheet["B"]] == ["nama", "Balokang"]
    for model in ("programme", "yearlyfigure"):
        assert client.get(f"/admin/areas/{model}/unduh/").status_code == 200
    assert "Impor dari Excel" in text_of(client.get("/admin/areas/programme/"))
    users = load_workbook(io.BytesIO(body(client.get("/admin/kotaku/user/unduh/"))))["Data"]
    assert "phone" not in str([cell.value for cell in users[1]])


# There and back


@pytest.mark.parametrize("form", ["csv", "excel.csv", "xlsx"])
@pytest.mark.parametrize("key", ["angka-tahunan", "angka-lebar"])
def test_what_went_out_comes_in_as_the_same(client, client_of, bappeda, programme, key, form):
    for number, area_ha in enumerate(("0.00", "1250.50", "8.50", "99999999.99")):
        each = BaselineFactory(
            programme=programme, village__name=f"=Desa {number}", area_ha="99999999.99"
        )
        for year in (2017, 2018):
            YearlyFigureFactory(baseline=each, year=year, verified=True, area_ha=Decimal(area_ha))
    content = body(client.get(f"/data/{key}.{form}?periode={programme.slug}"))
    run = upload(client_of(bappeda), programme, content, name=f"{key}.{form}")
    assert counts(client_of(bappeda), run) == {"sama": 8}
    run = upload(client_of(bappeda), programme, content, kind="baseline", name=f"{key}.{form}")
    if key == "angka-lebar":
        assert counts(client_of(bappeda), run) == {"sama": 4}
    assert YearlyFigure.objects.count() == 8
    assert ImportRun.objects.applied().count() == 0


def test_staff_export_comes_back_as_the_same(client_of, bappeda, programme, figures):
    client = client_of(bappeda)
    content = body(client.get(f"/data/isian.xlsx?periode={programme.slug}"))
    run = upload(client, programme, content)
    found = counts(client, run)
    assert found == {"sama": 3}


def test_time_zone_of_the_record_is_indonesian(client, baseline):
    at = datetime(2018, 1, 1, 20, tzinfo=UTC)
    YearlyFigureFactory(baseline=baseline, verified=True, verified_at=at)
    (row,) = rows_of(client, f"{LONG}.csv")
    assert row["diverifikasi_pada"] == "2018-01-02T03:00:00+07:00"


@pytest.mark.parametrize("declared", ["21.00", "0.00", "187.95", "11.20"])
def test_a_declared_total_has_two_decimals_like_every_other_area(client, baseline, declared):
    Programme.objects.update(decree_number="SK 600", declared_ha=Decimal(declared))
    (row,) = rows_of(client, "/data/periode.csv")
    assert row["luas_menurut_sk_ha"] == row["total_tercatat_ha"] == declared
    (row,) = rows_of(client, "/data/periode.excel.csv", ";")
    assert row["luas_menurut_sk_ha"] == declared.replace(".", ",")


@pytest.mark.django_db
def test_a_region_without_a_period_offers_its_own_villages_only(client):
    inside, elsewhere = VillageFactory(), city("33.74", "Semarang")
    outside = VillageFactory(code="33.74.01.1001", district__region=elsewhere)
    BaselineFactory(village=outside, programme=ProgrammeFactory(region=elsewhere))
    address = f"wilayah={inside.district.region.code}"
    assert [row["kode_desa"] for row in rows_of(client, f"/data/desa.csv?{address}")] == [
        inside.code
    ]
    features = json.loads(body(client.get(f"/data/desa.geojson?{address}")))["features"]
    assert [feature["id"] for feature in features] == [inside.code]
    assert "1 baris" in text_of(client.get(f"/data/?{address}"))
