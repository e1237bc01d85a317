"""The village officer's screens, through the URL."""

import io
import re
from datetime import date
from decimal import Decimal
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from areas.models import Entry, Evidence, FigureEvent, Status, YearlyFigure
from kotaku.requests import kept_forms
from tests.areas.public.pages import text_of
from tests.factories import PASSWORD, BaselineFactory, UserFactory, YearlyFigureFactory

FORM = "/isian/2017/"
SUBMISSION = "/isian/2017/pengajuan/"


def typed(area="15", version=0, **more):
    """What a browser posts from the form."""
    return {"area_ha": area, "note": "", "reason": "", "version": version, "asked_ha": "", **more}


def photo(name="foto.jpg", size=(8, 8), kind="JPEG", colour="#17603f"):
    content = io.BytesIO()
    Image.new("RGB", size, colour).save(content, kind)
    return SimpleUploadedFile(name, content.getvalue())


@pytest.fixture
def client(officer, client_of):
    """The officer's browser."""
    return client_of(officer)


@pytest.mark.parametrize(
    ("area", "sentence"),
    [
        ("", "Tulis luas dalam hektare, misalnya 12,50."),
        ("lima", "Tulis luas dalam hektare, misalnya 12,50."),
        ("-1", "Luas tidak boleh kurang dari 0."),
        ("1.250", "1.250 bisa berarti 1,25 atau 1.250 Ha. Tulis dengan koma, misalnya 1,25."),
        ("12,345", "Tulis paling banyak dua angka di belakang koma, misalnya 12,50."),
        (
            "25",
            "25,00 Ha lebih besar daripada baseline 20,00 Ha. Periksa lagi; bila benar, centang",
        ),
    ],
)
def test_officer_typing_wrongly_reads_why_and_keeps_what_was_typed(client, area, sentence):
    response = client.post(SUBMISSION, typed(area, note="Catatan saya <b>"))
    assert response.status_code == 422
    page = text_of(response)
    assert page.count(sentence) == 2  # in the summary and beside the field
    content = response.content.decode()
    assert f'name="area_ha" value="{area}"' in content or not area
    assert "Catatan saya &lt;b&gt;" in content
    assert not YearlyFigure.objects.exists()


def test_a_refused_submission_stays_at_the_first_step_and_in_the_tone_of_growth(client):
    client.post(FORM, typed("15"))
    page = client.post(SUBMISSION, typed("25", version=1)).content.decode()
    now = re.search(r'aria-current="step">\s*<span>([^<]+)', page)
    assert now.group(1) == "Diisi"
    reading = re.search(r'<output class="reading reading--attention"[^>]*>([^<]+)', page)
    assert reading.group(1).endswith("bertambah 5,00\u00a0Ha dari baseline — periksa lagi angkanya")
    assert 'class="reading" ' in client.get(FORM).content.decode()
    assert "Ajukan paling lambat" in page
    assert "(sudah lewat; isian tetap diterima)" in page
    handed_in = client.post(SUBMISSION, typed("15", version=1), follow=True)
    assert "Sudah diajukan. Menunggu pemeriksaan Bappeda;" in text_of(handed_in)


@pytest.mark.parametrize("area", ["12,5", "12.5", " 12,50 Ha ", "12,50ha"])
def test_officer_submits_however_the_number_is_typed(client, officer, area):
    response = client.post(SUBMISSION, typed(area), follow=True)
    assert "sudah diajukan" in text_of(response)
    figure = YearlyFigure.objects.get()
    assert figure.area_ha == Decimal("12.50")
    assert (figure.status, figure.submitted_by) == (Status.SUBMITTED, officer)
    assert [event.kind for event in figure.events.all()] == ["entered", "submitted"]


def test_officer_saves_a_draft_that_is_not_complete(client):
    response = client.post(FORM, typed("", note="Menunggu ukur ulang"), follow=True)
    assert "Draf tersimpan" in text_of(response)
    figure = YearlyFigure.objects.get()
    assert (figure.status, figure.area_ha, figure.note) == ("draft", None, "Menunggu ukur ulang")


def test_growth_needs_the_tick_for_this_very_number_and_a_reason(client):
    ticked = {"is_confirmed": "on", "reason": "Permukiman baru"}
    response = client.post(SUBMISSION, typed("25"))
    assert 'name="is_confirmed"' in response.content.decode()
    assert 'name="asked_ha" value="25,00"' in response.content.decode()
    response = client.post(SUBMISSION, typed("250", **ticked | {"asked_ha": "25,00"}))
    assert response.status_code == 422
    assert "250,00 Ha lebih besar" in text_of(response)
    assert not re.search(r'name="is_confirmed"[^>]*checked', response.content.decode())
    response = client.post(SUBMISSION, typed("25", asked_ha="25,00", is_confirmed="on"))
    assert "Tulis alasan mengapa luasnya bertambah." in text_of(response)
    response = client.post(SUBMISSION, typed("25", **ticked | {"asked_ha": "25,00"}))
    assert response.status_code == 302
    figure = YearlyFigure.objects.get()
    assert (figure.is_confirmed, figure.reason) == (True, "Permukiman baru")


def test_zero_asks_for_evidence_or_a_reason(client):
    response = client.post(SUBMISSION, typed("0"))
    assert "Lampirkan bukti dukung, misalnya foto, atau tulis alasannya." in text_of(response)
    response = client.post(SUBMISSION, typed("0", evidence=photo()))
    assert response.status_code == 302
    assert YearlyFigure.objects.get().evidence.count() == 1


def test_officer_sees_a_returned_figure_first_with_its_reason(client, baseline, officer):
    YearlyFigureFactory(baseline=baseline, returned=True, return_reason="Foto RT 03 belum ada.")
    page = text_of(client.get("/isian/"))
    assert page.index("Isian 2017 dikembalikan — perlu diperbaiki") < page.index("Tahun lain")
    assert "Foto RT 03 belum ada." in page
    page = text_of(client.get(FORM))
    assert page.index("Foto RT 03 belum ada.") < page.index("Sisa luas kumuh pada akhir 2017")


def test_overview_shows_the_due_date_and_the_years(client, settings):
    page = text_of(client.get("/isian/"))
    year = date.today().year  # noqa: DTZ011
    assert f"31 Januari {year + 1}" in page
    assert "Belum diisi" in page
    assert "2016 20,00 Ha baseline" in page


def test_overdue_years_come_first(client, baseline, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: date(2020, 3, 1))
    YearlyFigureFactory(baseline=baseline, year=2017, submitted=True)
    page = text_of(client.get("/isian/"))
    late, due = page.index("Belum diajukan, sudah lewat batas"), page.index("Tahun 2020")
    other = page.index("Tahun lain")
    assert late < page.index("2018 – Belum diisi") < page.index("2019 – Belum diisi") < due < other
    assert page.count("Belum diisi") == 2
    assert other < page.index("2017 15,00 Ha Diajukan")


@pytest.mark.parametrize("year", [2016, 1999, 2100, 99999999999999999999])
def test_years_that_cannot_be_entered_are_not_there(client, year):
    assert client.get(f"/isian/{year}/").status_code == 404
    assert client.post(f"/isian/{year}/pengajuan/", typed()).status_code == 404


def test_closed_periods_take_no_entries(client, baseline, officer):
    YearlyFigureFactory(baseline=baseline, entered_by=officer)
    baseline.programme.is_current, baseline.programme.is_closed = False, True
    baseline.programme.save()
    assert "tidak menerima isian lagi" in text_of(client.get("/isian/"))
    assert 'name="area_ha"' not in client.get(FORM).content.decode()
    assert client.post(SUBMISSION, typed("5", version=1)).status_code == 409
    assert YearlyFigure.objects.get().area_ha == 15


def test_form_of_a_period_that_was_closed_meanwhile_shows_what_was_typed(client, baseline):
    baseline.programme.is_current, baseline.programme.is_closed = False, True
    baseline.programme.save()
    response = client.post(SUBMISSION, typed("13,5", note="Sudah telanjur diketik"))
    assert response.status_code == 409
    page = text_of(response)
    assert "sudah ditutup dan tidak menerima isian lagi" in page
    assert "13,5" in page
    assert "Sudah telanjur diketik" in page
    assert not YearlyFigure.objects.exists()


def test_officer_without_villages_is_told_whom_to_ask(client_of, programme):
    page = text_of(client_of(UserFactory(officer=True)).get("/isian/"))
    assert "Akun Anda belum dihubungkan dengan desa/kelurahan. Hubungi admin" in page


def test_officer_of_two_villages_reaches_both(client, officer, programme):
    second = BaselineFactory(programme=programme, village__name="Kedua")
    second.village.officers.add(officer)
    assert client.get(FORM).status_code == 404
    address = reverse("areas:entry", args=[2017], query={"desa": second.village.code})
    assert "Desa Kedua, tahun 2017" in text_of(client.get(address))


def test_stale_form_is_refused_and_shows_both(client, baseline, second_officer):
    figure = YearlyFigure(baseline=baseline, year=2017, version=0)
    figure.enter(by=second_officer, version=0, entry=Entry(Decimal("14.00"), note="Punya saya"))
    response = client.post(SUBMISSION, typed("13,5", note="Punya petugas"))
    assert response.status_code == 409
    page = text_of(response)
    assert re.search(r"Data ini baru saja diubah oleh Operator pada \d\d\.\d\d WIB\.", page)
    assert "bandingkan lalu simpan lagi" in page
    assert "Punya saya" in page
    assert "Punya petugas" in page
    assert YearlyFigure.objects.get().area_ha == Decimal("14.00")
    version = re.search(r'name="version" value="(\d+)"', response.content.decode()).group(1)
    assert client.post(SUBMISSION, typed("13,5", version=version)).status_code == 302
    assert YearlyFigure.objects.get().area_ha == Decimal("13.50")


def test_form_that_comes_after_the_verification_shows_what_was_typed(client, baseline, officer):
    figure = YearlyFigureFactory(baseline=baseline, verified=True)
    figure.events.create(kind="verified", actor=figure.verified_by, at=figure.verified_at)
    response = client.post(SUBMISSION, typed("13,5", note="Terlambat", version=0))
    assert response.status_code == 409
    page = text_of(response)
    assert "tidak dapat diubah lagi" in page
    assert "13,5" in page
    assert "Terlambat" in page
    assert YearlyFigure.objects.get().area_ha == 15


def test_second_click_makes_one_submission(client):
    for _ in range(2):
        assert client.post(SUBMISSION, typed("12")).status_code == 302
    assert FigureEvent.objects.filter(kind="submitted").count() == 1
    for _ in range(2):
        assert client.post("/isian/2018/", typed("11")).status_code == 302
    assert FigureEvent.objects.filter(kind="entered").count() == 2


def sign_in_again(client, user, location):
    page = location.partition("next=")[2].partition("&")[0]
    data = {"username": user.username, "password": PASSWORD, "next": unquote(page)}
    return client.post("/akun/masuk/", data, follow=True)


def test_form_comes_back_after_the_session_ended(client_of, officer):
    browser = client_of()
    data = typed("12,75", note="Jangan hilang", _owner=kept_forms.owner_note(officer))
    response = browser.post(SUBMISSION, data)
    assert response.status_code == 302
    assert response["Location"].endswith("&tersimpan=1")
    assert "Isian Anda tidak hilang" in text_of(browser.get(response["Location"]))
    back = sign_in_again(browser, officer, response["Location"])
    content = back.content.decode()
    assert 'value="12,75"' in content
    assert "Jangan hilang" in content
    assert "Isian Anda belum tersimpan" in content
    assert not YearlyFigure.objects.exists()
    browser.post(SUBMISSION, data)
    assert YearlyFigure.objects.get().note == "Jangan hilang"
    assert "Isian Anda belum tersimpan" not in browser.get(FORM).content.decode()


def test_kept_form_is_for_its_owner_only(client_of, officer, second_officer):
    browser = client_of()
    data = typed("12,75", note="Rahasia", _owner=kept_forms.owner_note(officer))
    response = browser.post(SUBMISSION, data)
    back = sign_in_again(browser, second_officer, response["Location"])
    assert back.status_code == 200
    assert "Rahasia" not in back.content.decode()


@pytest.mark.parametrize("note", ["", "palsu", "MQ:1a2b3c:forged"])
def test_form_without_an_owner_is_not_kept(client_of, officer, note):
    response = client_of().post(SUBMISSION, typed("12", _owner=note))
    assert "tersimpan" not in response["Location"]


def test_form_from_before_another_sign_in_comes_back(officer, client_of):
    browser = client_of(officer, enforce_csrf_checks=True)
    data = typed("9,5", note="Dari jendela lama", _owner=kept_forms.owner_note(officer))
    response = browser.post(SUBMISSION, data, follow=True)
    assert "Dari jendela lama" in response.content.decode()
    assert not YearlyFigure.objects.exists()


def test_officer_can_give_up_a_kept_form(client_of, officer):
    browser = client_of()
    response = browser.post(SUBMISSION, typed("12", _owner=kept_forms.owner_note(officer)))
    sign_in_again(browser, officer, response["Location"])
    browser.post("/isian/2017/buang/")
    assert "Isian Anda belum tersimpan" not in browser.get(FORM).content.decode()


def test_handing_in_with_a_photo_is_one_entry_of_the_history(client):
    client.post("/isian/2017/pengajuan/", typed(evidence=photo()))
    kinds = [event.kind for event in YearlyFigure.objects.get().events.all()]
    assert kinds == ["entered", "evidence_added", "submitted"]


def test_good_files_stay_although_the_number_is_wrong(client):
    response = client.post(SUBMISSION, typed("lima", evidence=photo()))
    assert response.status_code == 422
    assert Evidence.objects.get().name == "foto.jpg"
    assert "foto.jpg" in text_of(response)
    version = re.search(r'name="version" value="(\d+)"', response.content.decode()).group(1)
    assert client.post(SUBMISSION, typed("12", version=version)).status_code == 302


@pytest.mark.parametrize(
    ("upload", "sentence"),
    [
        (SimpleUploadedFile("a.html", b"<script>"), "Jenis berkas tidak diterima."),
        (SimpleUploadedFile("a.jpg", b"GIF89a" + b"x" * 50), "Jenis berkas tidak diterima."),
        (SimpleUploadedFile("a.pdf", b""), "Berkas kosong."),
        (
            SimpleUploadedFile("a.jpg", b"%PDF-" + b"x" * (5 * 1024 * 1024)),
            "Berkas lebih dari 5 MB.",
        ),
    ],
)
def test_bad_files_are_refused_with_a_sentence(client, upload, sentence):
    upload.seek(0)
    response = client.post(FORM, typed("12", evidence=upload))
    assert response.status_code == 422
    assert f"{upload.name}: {sentence}" in text_of(response)
    assert not Evidence.objects.exists()


def test_broken_photo_is_refused_with_a_sentence(client):
    whole = photo(size=(200, 200), kind="PNG").read()
    cut = SimpleUploadedFile("foto.png", whole[: len(whole) // 2])
    assert "Berkas rusak" in text_of(client.post(FORM, typed("12", evidence=cut)))


def test_the_form_shows_the_baseline_and_the_last_figure(client, baseline):
    YearlyFigureFactory(baseline=baseline, year=2017, verified=True)
    page = text_of(client.get("/isian/2018/"))
    assert "Baseline 2016 20,00 Ha Terakhir (2017) 15,00 Ha" in page


def test_sixth_file_is_refused_and_five_stay(client):
    files = [photo(f"{number}.jpg", colour=(number * 40, 0, 0)) for number in range(6)]
    response = client.post(FORM, typed("12", evidence=files))
    assert "Paling banyak 5 berkas; 1 berkas tidak disimpan." in text_of(response)
    assert Evidence.objects.count() == 5
    # Those that are stored count too.
    Evidence.objects.filter(slot__gt=3).delete()
    version = YearlyFigure.objects.get().version
    more = [photo(f"lagi-{number}.jpg", colour=(0, number * 40, 9)) for number in range(3)]
    response = client.post(FORM, typed("12", evidence=more, version=version))
    assert "Paling banyak 5 berkas; 1 berkas tidak disimpan." in text_of(response)
    assert Evidence.objects.count() == 5


def test_removing_a_file_keeps_what_was_typed(client, officer, django_capture_on_commit_callbacks):
    client.post(FORM, typed("12", evidence=photo()))
    evidence = Evidence.objects.get()
    data = typed("11,11", note="Belum disimpan", version=2, _owner=kept_forms.owner_note(officer))
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(f"/bukti/{evidence.pk}/penghapusan/", data, follow=True)
    content = response.content.decode()
    assert 'value="11,11"' in content
    assert "Belum disimpan" in content
    assert not Evidence.objects.exists()
    assert not evidence.file.storage.exists(evidence.file.name)
    assert FigureEvent.objects.filter(kind="evidence_removed", reason="foto.jpg").exists()


def test_submitted_evidence_cannot_be_removed(client):
    client.post(SUBMISSION, typed("12", evidence=photo()))
    response = client.post(f"/bukti/{Evidence.objects.get().pk}/penghapusan/", follow=True)
    assert "tidak dapat diubah lagi" in text_of(response)
    assert Evidence.objects.count() == 1


def test_evidence_is_sent_as_a_harmless_attachment(client):
    client.post(FORM, typed("12", evidence=photo("foto bukti.jpg")))
    evidence = Evidence.objects.get()
    response = client.get(f"/bukti/{evidence.pk}/")
    assert b"".join(response.streaming_content) == photo().read()
    assert response["Content-Disposition"] == 'attachment; filename="foto bukti.jpg"'
    assert response["X-Content-Type-Options"] == "nosniff"
    policy = set(response["Content-Security-Policy"].split("; "))
    assert policy == {"default-src 'none'", "sandbox"}
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Type"] == "image/jpeg"
    evidence.file.storage.delete(evidence.file.name)
    assert client.get(f"/bukti/{evidence.pk}/").status_code == 404
