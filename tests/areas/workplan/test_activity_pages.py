"""Activities through their pages: plan, change, report progress, name what improves, look, take along."""

import csv
import io
import re
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook
from PIL import Image

from areas.models import Activity, ActivityPhoto, Funding, Improvement
from areas.models.activity_photo import MAX_PHOTOS
from tests.areas.public.pages import text_of
from tests.factories import (
    ActivityFactory,
    ActivityPhotoFactory,
    AssessmentFactory,
    FundingFactory,
    ImprovementFactory,
    NeighbourhoodFactory,
    VillageFactory,
)

UID = "7f1f7a52-3f0c-4a5f-9f6d-000000000001"


@pytest.fixture
def village(baseline):
    return baseline.village


@pytest.fixture
def planner(client_of, bappeda):
    return client_of(bappeda)


def typed(home, **changes):
    """What a form about an activity sends."""
    values = {
        "version": "0",
        "uid": UID,
        "village": home.pk,
        "aspect": "2",
        "description": "Jalan beton RT 003",
        "year": "2020",
        "volume": "120,5",
        "unit": "m",
        "actor": "DCKTLH",
        "dana-apbd-kota": "Rp 150.000.000",
        "dana-swadaya": "5000000",
        "plan_document": "rkpdes",
        "plan_reference": "Bidang 2",
        "note": "",
    }
    return {**values, **changes}


def plan(client, home, **changes):
    return client.post("/rencana/baru/", typed(home, **changes))


def stored():
    return Activity.objects.get()


# Planning


def test_village_officer_plans_an_activity_with_its_money(client_of, officer, village):
    response = plan(client_of(officer), village)
    activity = stored()
    assert response["Location"] == f"/rencana/{activity.pk}/"
    assert (activity.volume, activity.unit, activity.year) == (Decimal("120.50"), "m", 2020)
    money = dict(activity.funding.values_list("source", "planned_idr"))
    assert money == {"apbd-kota": 150_000_000, "swadaya": 5_000_000}
    page = text_of(client_of(officer).get(f"/rencana/{activity.pk}/"))
    assert "Jalan beton RT 003" in page
    assert "RKPDes, Bidang 2" in page
    assert "APBD kota 150.000.000 0" in page
    assert "Jumlah 155.000.000 0" in page
    assert "Petugas merencanakan" in page


def test_second_click_and_back_button_plan_it_once(planner, village):
    plan(planner, village)
    assert plan(planner, village)["Location"] == f"/rencana/{stored().pk}/"
    response = plan(planner, village, description="Jalan paving RT 003")
    assert response.status_code == 409
    page = text_of(response)
    assert "baru saja diubah oleh" in page
    assert "Jalan beton RT 003" in page
    assert "Jalan paving RT 003" in page
    assert 'name="version" value="1"' in response.content.decode()
    plan(planner, village, description="Jalan paving RT 003", version="1")
    assert stored().description == "Jalan paving RT 003"


def test_a_uid_of_somebody_elses_activity_plans_a_new_one(
    client_of, officer, other_baseline, village
):
    other = ActivityFactory(village=other_baseline.village, uid=UID)
    response = plan(client_of(officer), village)
    assert response.status_code in (302, 409)
    other.refresh_from_db()
    assert other.description != "Jalan beton RT 003"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("village", "", "Pilih desa/kelurahan."),
        ("village", "999999", "Pilih dari daftar."),
        ("aspect", "", "Pilih aspeknya."),
        ("aspect", "8", "Pilih dari daftar."),
        ("description", " ", "Tulis kegiatannya."),
        ("actor", "", "Tulis siapa yang melaksanakan."),
        ("year", "dua ribu", "Tulis tahunnya, misalnya 2027."),
        ("year", "1999", "Tulis tahun antara 2000 dan 2100."),
        ("volume", "banyak", "Tulis angka, misalnya 120 atau 12,5."),
        ("volume", "-1", "Volume tidak boleh kurang dari 0."),
        ("unit", "", "Tulis satuan volumenya, misalnya m."),
        ("dana-apbd-kota", "seratus juta", "Tulis jumlah rupiah tanpa sen, misalnya 1.250.000."),
        ("dana-apbd-kota", "-5", "Jumlah uang tidak boleh kurang dari 0."),
        ("dana-apbd-kota", "9" * 16, "Jumlah uangnya terlalu besar. Periksa lagi angkanya."),
        ("plan_document", "", "Pilih dokumennya, atau kosongkan bagiannya."),
        ("plan_document", "renja", "Untuk Desa Balokang pilih RPJMDes, RKPDes, atau APBDes."),
    ],
)
def test_each_slip_has_its_sentence_and_what_was_typed_stays(
    planner, village, field, value, sentence
):
    response = plan(planner, village, **{field: value})
    assert response.status_code == 422
    page = text_of(response)
    assert page.count(sentence) == 2  # on top, and beside the field
    if field != "actor":
        assert 'value="DCKTLH"' in response.content.decode()
    assert not Activity.objects.exists()


def test_a_kelurahan_plans_in_its_renja(planner):
    kelurahan = VillageFactory(kind="kelurahan", name="Banjar")
    response = plan(planner, kelurahan)
    assert "Untuk Kelurahan Banjar pilih Renja/DPA." in text_of(response)
    assert plan(planner, kelurahan, plan_document="renja").status_code == 302


def test_officers_plan_for_their_own_village_only(client_of, officer, other_baseline):
    response = plan(client_of(officer), other_baseline.village)
    assert response.status_code == 422
    assert "Pilih dari daftar." in text_of(response)


def test_one_village_is_chosen_already_and_many_are_not(client_of, officer, planner, village):
    assert f'<option value="{village.pk}" selected>' in (
        client_of(officer).get("/rencana/baru/").content.decode()
    )
    VillageFactory()
    page = planner.get("/rencana/baru/").content.decode()
    assert f'<option value="{village.pk}" selected>' not in page
    page = planner.get(f"/rencana/baru/?desa={village.code}").content.decode()
    assert f'<option value="{village.pk}" selected>' in page


# Changing


def test_change_keeps_what_is_spent_and_tells_the_history(planner, village):
    activity = ActivityFactory(village=village)
    FundingFactory(activity=activity, realised_idr=40)
    FundingFactory(activity=activity, source="csr", planned_idr=7)
    response = planner.post(
        f"/rencana/{activity.pk}/ubah/",
        typed(village, version="1", **{"dana-apbd-kota": "", "dana-swadaya": "9"}),
    )
    assert response.status_code == 302
    money = {each.source: (each.planned_idr, each.realised_idr) for each in Funding.objects.all()}
    assert money == {"apbd-kota": (0, 40), "swadaya": (9, 0)}
    page = text_of(planner.get(f"/rencana/{activity.pk}/"))
    assert "Anggaran APBD kota: Rp 100.000.000 → Rp 0" in page
    assert "Anggaran CSR/swasta: Rp 7 → –" in page
    assert "Volume: 120 → 120,5" in page


def test_stale_change_is_refused_and_shows_both(planner, client_of, officer, village):
    activity = ActivityFactory(village=village)
    mine = typed(village, version="1", description="Versi Bappeda")
    theirs = typed(village, version="1", description="Versi desa")
    assert client_of(officer).post(f"/rencana/{activity.pk}/ubah/", theirs).status_code == 302
    response = planner.post(f"/rencana/{activity.pk}/ubah/", mine)
    assert response.status_code == 409
    page = text_of(response)
    assert "baru saja diubah oleh Petugas" in page
    assert "Versi desa" in page
    assert "Versi Bappeda" in page
    mine["version"] = "2"
    assert planner.post(f"/rencana/{activity.pk}/ubah/", mine).status_code == 302
    assert stored().description == "Versi Bappeda"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"volume": "", "unit": ""}, "Tulis volumenya, misalnya 120, atau centang"),
        ({"dana-apbd-kota": "", "dana-swadaya": ""}, "Tulis dana dari sumbernya, atau centang"),
        ({"is_volume_unknown": "on"}, "Volumenya sudah ditulis."),
        ({"is_cost_unknown": "on"}, "Dananya sudah ditulis."),
    ],
)
def test_volume_and_cost_are_given_or_said_to_be_unknown(planner, village, changes, sentence):
    response = plan(planner, village, **changes)
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert not Activity.objects.exists()


def test_unknown_volume_and_cost_are_never_shown_as_nothing(planner, village):
    unknown = {"is_volume_unknown": "on", "is_cost_unknown": "on", "dana-apbd-kota": ""}
    plan(planner, village, **unknown, **{"volume": "", "unit": "", "dana-swadaya": ""})
    pages = [planner.get(address) for address in ("/rencana/", f"/rencana/{stored().pk}/")]
    assert "biaya belum diketahui" in text_of(pages[0])
    assert "Volume belum diketahui" in text_of(pages[1])
    assert "Biaya belum diketahui" in text_of(pages[1])
    assert not any("Rp 0" in text_of(page).replace("\u00a0", " ") for page in pages)
    export = planner.get("/rencana/rencana-kerja.csv")
    (row,) = csv.DictReader(io.StringIO(b"".join(export.streaming_content).decode("utf-8-sig")))
    assert (row["volume"], row["anggaran"], row["realisasi"]) == ("", "", "")
    form = planner.get(f"/rencana/{stored().pk}/ubah/").content.decode()
    assert form.count(" checked") == 2
    # A cost that was typed as 0 is known.
    plan(planner, village, uid=str(uuid4()), **{"dana-apbd-kota": "0", "dana-swadaya": ""})
    assert "Rp 0" in text_of(planner.get("/rencana/")).replace("\u00a0", " ")


def test_unit_stays_while_something_is_measured_in_it(planner, village):
    activity = ActivityFactory(village=village, volume=None, realised_volume=12)
    response = planner.post(
        f"/rencana/{activity.pk}/ubah/", typed(village, version="1", volume="", unit="")
    )
    assert response.status_code == 422
    assert "Tulis satuan volumenya, misalnya m." in text_of(response)


def test_village_stays_while_rts_of_it_are_named(planner, village, other_baseline):
    activity = ImprovementFactory(activity__village=village).activity
    response = planner.post(
        f"/rencana/{activity.pk}/ubah/", typed(other_baseline.village, version="1")
    )
    assert "Hapus dahulu kriterianya." in text_of(response)


def test_form_survives_the_end_of_the_session(client_of, bappeda, village):
    activity = ActivityFactory(village=village)
    client = client_of(bappeda)
    page = client.get(f"/rencana/{activity.pk}/ubah/").content.decode()
    owner = page.split('name="_owner" value="')[1].split('"')[0]
    client.logout()
    mine = typed(village, version="1", description="Jangan hilang", _owner=owner)
    response = client.post(f"/rencana/{activity.pk}/ubah/", mine)
    assert response["Location"].startswith("/akun/masuk/")
    client.force_login(bappeda)
    assert "Jangan hilang" in client.get(f"/rencana/{activity.pk}/ubah/").content.decode()


# Progress


def progress(client, activity, **changes):
    values = {
        "version": activity.version,
        "status": "running",
        "physical_percent": "50",
        "realised_volume": "60",
        "people_served": "168 jiwa",
        "households_served": "42 KK",
        "realisasi-apbd-kota": "40.000.000",
        "note": "",
    }
    return client.post(f"/rencana/{activity.pk}/realisasi/", {**values, **changes})


def test_progress_money_and_beneficiaries(planner, village):
    activity = ActivityFactory(village=village, money=100_000_000)
    assert progress(planner, activity).status_code == 302
    page = text_of(planner.get(f"/rencana/{activity.pk}/"))
    for words in (
        "Kemajuan fisik 50 %",
        "Kemajuan keuangan 40,0 %",
        "Volume terlaksana 60 m",
        "168 jiwa",
        "42 KK",
        "APBD kota 100.000.000 40.000.000",
    ):
        assert words in page
    assert stored().status == "running"
    # The same form once more, as a double click sends it.
    assert progress(planner, activity).status_code == 302


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"status": "done"}, "Selesai berarti 100 %. Pilih Berjalan bila belum."),
        ({"status": "planned"}, "Kemajuannya sudah ada. Pilih Berjalan atau Selesai."),
        ({"status": "cancelled"}, "Tulis alasan kegiatan ini batal."),
        ({"physical_percent": "101"}, "Kemajuan fisik paling besar 100 %."),
        ({"physical_percent": "setengah"}, "Tulis bilangan bulat, misalnya 33."),
        ({"status": "entah"}, "Pilih keadaannya."),
    ],
)
def test_impossible_progress_is_refused(planner, village, changes, sentence):
    activity = ActivityFactory(village=village, money=1)
    response = progress(planner, activity, **changes)
    assert response.status_code == 422
    assert text_of(response).count(sentence) == 2
    assert stored().version == 1


def test_money_spent_means_it_has_begun(planner, village):
    activity = ActivityFactory(village=village, money=1)
    response = progress(
        planner, activity, status="planned", physical_percent="0", realised_volume=""
    )
    assert "Kemajuannya sudah ada." in text_of(response)


def test_spending_without_a_budget_is_shown(planner, village):
    activity = ActivityFactory(village=village)
    FundingFactory(activity=activity, source="hibah", planned_idr=0)
    progress(planner, activity, **{"realisasi-hibah": "5.000.000"})
    page = text_of(planner.get(f"/rencana/{activity.pk}/"))
    assert "Jumlah 0 5.000.000" in page
    assert "Rp 5.000.000 di luar anggaran" in text_of(planner.get("/rencana/"))


def test_volume_without_a_unit_is_refused(planner, village):
    activity = ActivityFactory(village=village, volume=None, unit="")
    response = progress(planner, activity)
    assert "Tulis dahulu satuan volumenya" in text_of(response)


# What it improves


@pytest.fixture
def assessed(village):
    return AssessmentFactory(neighbourhood__village=village, verified=True)


def name(client, activity, *rows, version=None):
    data = {"version": activity.version if version is None else version}
    for number, (rt, key, volume) in enumerate(rows):
        data |= {f"rt-{number}": rt, f"kriteria-{number}": key, f"volume-{number}": volume}
    return client.post(f"/rencana/{activity.pk}/perbaikan/", data)


def test_named_criteria_show_what_they_bring(planner, village, assessed):
    activity = ActivityFactory(village=village)
    rt = assessed.neighbourhood
    response = name(planner, activity, (rt.pk, "6a", "42"), (rt.pk, "6b", "42"), ("", "", ""))
    assert response.status_code == 302
    page = text_of(planner.get(f"/rencana/{activity.pk}/"))
    assert "6a Prasarana persampahan tidak sesuai persyaratan teknis, 42 KK" in page
    assert "Kumuh ringan, nilai 24 (2018) → Tidak kumuh, nilai 14" in page
    assert "2,66 Ha → 0,00 Ha" in page
    activity.refresh_from_db()
    name(planner, activity, ("", "", ""))
    assert not Improvement.objects.exists()


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("", "6a", "42"), "Pilih RT-nya."),
        (("{rt}", "", "42"), "Pilih kriterianya."),
        (("{rt}", "6a", ""), "Tulis volumenya, lebih dari 0."),
        (("{rt}", "6a", "0"), "Tulis volumenya, lebih dari 0."),
        (("{rt}", "6a", "1,5"), "Tulis bilangan bulat, misalnya 33."),
        (("{rt}", "9z", "1"), "Pilih kriteria dari daftar."),
        (("{foreign}", "6a", "1"), "Pilih RT dari daftar."),
    ],
)
def test_half_and_foreign_rows_are_refused(planner, village, assessed, row, sentence):
    activity = ActivityFactory(village=village)
    names = {"rt": assessed.neighbourhood.pk, "foreign": NeighbourhoodFactory().pk}
    response = name(planner, activity, [part.format(**names) for part in row])
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert not Improvement.objects.exists()


def test_same_criterion_twice_is_refused(planner, village, assessed):
    activity = ActivityFactory(village=village)
    row = (assessed.neighbourhood.pk, "6a", "1")
    assert "sudah disebut di atas" in text_of(name(planner, activity, row, row))


def test_rows_typed_into_an_old_form_stay_although_stored_ones_are_gone(planner, village, assessed):
    activity = ActivityFactory(village=village)
    rt = assessed.neighbourhood.pk
    rows = [(rt, key, "7") for key in ("1a", "2a", "2b", "3a", "3b", "6a")]
    assert name(planner, activity, *rows, version=0).status_code == 409
    response = name(planner, activity, *rows, version=0)
    assert response.content.decode().count('value="7"') == len(rows)


def test_without_rts_the_page_says_who_adds_them(planner, village):
    activity = ActivityFactory(village=village)
    assert "Belum ada RT" in text_of(planner.get(f"/rencana/{activity.pk}/perbaikan/"))


# Photos


def picture(name="drone.jpg", colour="#17603f", with_place=True):
    content = io.BytesIO()
    image = Image.new("RGB", (1600, 900), colour)
    exif = image.getexif()
    if with_place:
        exif.get_ifd(0x8825)[1] = "S"
    image.save(content, "JPEG", exif=exif)
    return SimpleUploadedFile(name, content.getvalue(), "image/jpeg")


def add_photo(client, activity, upload, stage="50"):
    return client.post(f"/rencana/{activity.pk}/foto/", {"stage": stage, "photo": upload})


def test_photo_is_kept_once_without_its_place_and_removed_with_a_trace(planner, village):
    activity = ActivityFactory(village=village)
    assert add_photo(planner, activity, picture()).status_code == 302
    assert add_photo(planner, activity, picture()).status_code == 302
    photo = ActivityPhoto.objects.get()
    response = planner.get(f"/rencana/foto/{photo.pk}/")
    assert response["Content-Type"] == "image/jpeg"
    with Image.open(io.BytesIO(b"".join(response.streaming_content))) as image:
        assert image.size == (1200, 675)
        assert not image.getexif()
    planner.post(f"/rencana/foto/{photo.pk}/penghapusan/")
    page = text_of(planner.get(f"/rencana/{activity.pk}/"))
    assert "menghapus foto" in page
    assert "Belum ada foto" in page


@pytest.mark.parametrize(
    ("upload", "sentence"),
    [
        (SimpleUploadedFile("a.jpg", b"%PDF-1.7\n%%EOF"), "Jenis berkas tidak diterima."),
        (SimpleUploadedFile("a.jpg", b"<svg onload=alert(1)>"), "Jenis berkas tidak diterima."),
        (SimpleUploadedFile("a.jpg", b""), "Berkas kosong. Pilih foto lain."),
        ("", "Pilih fotonya."),
    ],
)
def test_what_is_no_photo_is_refused(planner, village, upload, sentence):
    activity = ActivityFactory(village=village)
    response = add_photo(planner, activity, upload)
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert not ActivityPhoto.objects.exists()


def test_photo_of_no_stage_is_refused(planner, village):
    response = add_photo(planner, ActivityFactory(village=village), picture(), stage="77")
    assert text_of(response).count("Pilih 0, 50, atau 100 %.") == 2


def test_photos_have_an_end(planner, village):
    activity = ActivityFactory(village=village)
    for number in range(MAX_PHOTOS):
        ActivityPhotoFactory(activity=activity, sha256=f"{number:064}")
    response = add_photo(planner, activity, picture())
    assert f"Paling banyak {MAX_PHOTOS} foto." in text_of(response)


# The list


def test_filters_stand_in_the_address(planner, village, other_baseline):
    road = ActivityFactory(village=village, description="Jalan A", plan_document="rkpdes")
    FundingFactory(activity=road, source="csr")
    FundingFactory(activity=road, source="apbn")
    ActivityFactory(
        village=other_baseline.village, description="Drainase B", aspect=4, year=2021,
        status="running",
    )  # fmt: skip
    for query, found in [
        ("", {"Jalan A", "Drainase B"}),
        (f"?desa={village.code}", {"Jalan A"}),
        ("?aspek=4", {"Drainase B"}),
        ("?tahun=2021", {"Drainase B"}),
        ("?sumber=csr", {"Jalan A"}),
        ("?sumber=dak", set()),
        ("?keadaan=running", {"Drainase B"}),
        ("?rencana=ya", {"Jalan A"}),
        ("?rencana=tidak", {"Drainase B"}),
        ("?aspek=x&tahun=entah&desa=0", {"Jalan A", "Drainase B"}),
    ]:
        page = text_of(planner.get(f"/rencana/{query}"))
        assert {each for each in ("Jalan A", "Drainase B") if each in page} == found, query
    assert "Biaya dari CSR/swasta Rp 100.000.000" in text_of(planner.get("/rencana/?sumber=csr"))
    assert "Tidak ada yang cocok" in text_of(planner.get("/rencana/?sumber=dak"))


def test_empty_list_says_who_makes_it_appear(planner):
    assert "Bappeda dan petugas desa/kelurahan menambahkan" in text_of(planner.get("/rencana/"))


def test_invented_activities_never_add_up_with_real_ones(planner, village):
    ActivityFactory(village=village, description="Jalan nyata", money=5)
    ActivityFactory(village=village, description="Jalan karangan", money=7, is_sample=True)
    real, sample = (text_of(planner.get(f"/rencana/{query}")) for query in ("", "?contoh=1"))
    assert "Jalan nyata" in real
    assert "Jalan karangan" not in real
    assert "Biaya Rp 5" in real
    assert "Data contoh." in sample
    assert "Biaya Rp 7" in sample
    # The filters stay among the sample ones.
    kept = '<input type="hidden" name="contoh" value="1">'
    assert kept in planner.get("/rencana/?contoh=1").content.decode()
    assert kept not in planner.get("/rencana/").content.decode()


def test_planned_and_spent_money_stand_in_their_columns(planner, village):
    FundingFactory(activity=ActivityFactory(village=village), planned_idr=500, realised_idr=40)
    page = planner.get("/rencana/").content.decode()
    cells = re.findall(r'data-label="(Anggaran|Realisasi)" class="num">(?:<strong>)?(\d+)<', page)
    # The source, and the sum of all sources.
    assert cells == [("Anggaran", "500"), ("Realisasi", "40")] * 2


def test_plan_goes_out_as_a_sheet_with_the_filters(planner, village):
    activity = ActivityFactory(village=village, money=5, description="=1+1")
    FundingFactory(activity=activity, source="csr", planned_idr=3, realised_idr=2)
    ActivityFactory(aspect=4)
    response = planner.get("/rencana/rencana-kerja.csv?aspek=2")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["kegiatan"] == "'=1+1"
    assert (row["anggaran_apbd_kota"], row["anggaran_csr"], row["realisasi_csr"]) == ("5", "3", "2")
    assert (row["anggaran"], row["realisasi"]) == ("8", "2")
    response = planner.get("/rencana/rencana-kerja.xlsx")
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    assert book.worksheets[0].max_row == 3
    assert planner.get("/rencana/rencana-kerja.exe").status_code == 404


def test_activities_are_found_by_who_is_signed_in(planner, client, village):
    ActivityFactory(village=village, description="Jembatan gantung Cimanuk")
    assert "Jembatan gantung Cimanuk" in text_of(planner.get("/cari/?q=gantung"))
    assert "Jembatan gantung" not in text_of(client.get("/cari/?q=gantung"))


# Whole things


@pytest.mark.parametrize("unit", ["unit", "KK", "titik", "Unit rumah", "jiwa."])
def test_whole_things_have_no_parts(planner, village, unit):
    response = plan(planner, village, volume="12,5", unit=unit)
    assert response.status_code == 422
    assert f"Satuan {unit} dihitung utuh. Tulis bilangan bulat" in text_of(response)
    assert not Activity.objects.exists()
    assert plan(planner, village, volume="12,0", unit=unit).status_code == 302
    assert stored().volume == 12


@pytest.mark.parametrize("unit", ["m", "Ha", "orang hari", "unit/ha"])
def test_other_units_have_parts(planner, village, unit):
    assert plan(planner, village, volume="12,5", unit=unit).status_code == 302


def test_stored_part_of_a_whole_thing_stays_until_it_is_changed(planner, village):
    activity = ActivityFactory(village=village, volume=Decimal("12.5"), unit="unit")
    address = f"/rencana/{activity.pk}/ubah/"
    same = typed(village, version="1", volume="12,5", unit="unit", note="Lokasi pindah.")
    assert planner.post(address, same).status_code == 302
    assert (stored().volume, stored().note) == (Decimal("12.5"), "Lokasi pindah.")
    for changes in ({"volume": "13,5"}, {"unit": "titik"}):
        response = planner.post(address, same | {"version": "2"} | changes)
        assert "dihitung utuh" in text_of(response)


def test_whole_things_are_done_in_whole(planner, village):
    activity = ActivityFactory(village=village, volume=12, unit="unit")
    response = progress(planner, activity, realised_volume="6,5")
    assert "Satuan unit dihitung utuh." in text_of(response)
    activity = ActivityFactory(
        village=village, volume=12, unit="unit", realised_volume=Decimal("6.5"), status="running"
    )
    assert progress(planner, activity, realised_volume="6,5").status_code == 302
