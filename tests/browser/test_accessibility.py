"""axe-core on the states of pages: errors, conflicts, empty lists, sessions that ended.

The pages as the sample has them are in test_accessible_pages.py. One test per subject walks all of
its states and tells all violations at once.
"""

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import SuspiciousOperation
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.views.defaults import bad_request
from playwright.sync_api import expect

from areas.models import (
    Activity,
    Assessment,
    Baseline,
    Entry,
    Programme,
    Village,
    YearlyFigure,
)
from kotaku.caching.page_cache import PLACE
from kotaku.models import User
from meetings.models import FollowUp, Meeting, Minutes
from tests.browser.examiner import PHONE, Examiner
from tests.browser.steps import entry_address, photo, press
from tests.factories import ALL_MARKS, BoundaryFactory, DecisionFactory, FollowUpFactory, city

LANGENSARI, RAHARJA, BINANGUN, BALOKANG = (
    "32.79.04.2001",
    "32.79.03.2002",
    "32.79.02.2006",
    "32.79.01.2003",
)
AREA = "Sisa luas kumuh"


@pytest.fixture
def examiner(desktop):
    return Examiner(desktop)


@pytest.fixture(autouse=True)
def expected_problems(page_problems):
    """Errors, conflicts and pages that are not there say so in their status."""
    for status in (400, 403, 404, 409, 422):
        page_problems.allow(f"status of {status}")


def user(name):
    return User.objects.get(username=name)


def figure_of(code, year=2019):
    return YearlyFigure.objects.get(
        baseline__village__code=code, baseline__programme__is_current=True, year=year
    )


@pytest.mark.usefixtures("sample_site")
def test_sign_in_with_errors_and_the_open_menu(examiner):
    page = examiner.page
    page.goto("/akun/masuk/")
    press(page, "Masuk")
    expect(page.locator(".summary")).to_be_visible()
    examiner.look("sign-in with errors", dark=True)
    page.set_viewport_size(PHONE)
    page.goto("/")
    page.locator(".menu summary").click()
    examiner.look("open menu", dark=True, sizes=[PHONE], part="header")
    examiner.verdict()


@pytest.mark.usefixtures("sample_site")
def test_pages_of_a_village_officer(examiner, sign_in, new_context):
    page, officer = examiner.page, user("desa-langensari")
    sign_in(page, officer)

    page.goto(entry_address(LANGENSARI))
    page.get_by_label(AREA).fill("9,5")
    page.get_by_label("Bukti dukung").set_input_files(
        [photo(), {"name": "a.heic", "mimeType": "image/heic", "buffer": b"ftypheic" * 9}]
    )
    press(page, "Simpan draf")
    expect(page.get_by_role("alert").filter(has_text="Belum dikirim")).to_be_visible()
    examiner.look("form with a refused file")
    press(page, "Buang a.heic")
    press(page, "Ajukan untuk verifikasi")
    expect(page.get_by_label("Ya, luasnya memang bertambah")).to_be_visible()
    examiner.look("form that asks for the tick and the reason", dark=True)

    other = new_context().new_page()
    sign_in(other, officer)
    other.goto(entry_address(LANGENSARI))
    other.get_by_label(AREA).fill("3")
    press(other, "Simpan draf")
    expect(other.locator(".flash")).to_be_visible()
    page.get_by_label(AREA).fill("3,5")
    press(page, "Simpan draf")
    expect(page.locator(".stored")).to_be_visible()
    examiner.look("stale form", dark=True)
    press(page, "Simpan draf")
    expect(page.locator(".flash")).to_be_visible()
    examiner.look("draft just saved")

    page.context.clear_cookies(name="sessionid")
    page.get_by_label(AREA).fill("3,6")
    press(page, "Simpan draf")
    expect(page.get_by_text("Sesi Anda sudah berakhir")).to_be_visible()
    examiner.look("sign-in with a form behind it")
    sign_in(page, officer)
    examiner.verdict()


@pytest.mark.usefixtures("sample_site")
def test_pages_after_a_return_and_after_a_lost_session(examiner, sign_in):
    page, officer = examiner.page, user("desa-binangun")
    sign_in(page, officer)
    examiner.open("/isian/", dark=True)
    examiner.open(entry_address(BINANGUN), dark=True)
    examiner.open(f"/desa/{BINANGUN}/", dark=True)
    page.goto(entry_address(BINANGUN))
    page.get_by_label("Catatan").fill("Belum tersimpan")
    page.goto(entry_address(BINANGUN))
    expect(page.get_by_text("Di perangkat ini ada isian")).to_be_visible()
    examiner.look("form with the device's offer", dark=True)
    page.get_by_role("button", name="Hapus").first.click()
    expect(page.get_by_text("Isian Anda belum tersimpan")).to_be_visible()
    examiner.look("form that comes back unsaved", dark=True)
    press(page, "Ajukan untuk verifikasi")
    same = page.get_by_label("Ya, luasnya memang tetap seperti yang dikembalikan")
    expect(same).to_be_visible()
    examiner.look("form that asks whether a returned figure stays", dark=True)
    same.check()
    press(page, "Ajukan untuk verifikasi")
    expect(page.locator(".flash")).to_be_visible()
    examiner.look("figure just submitted")
    Programme.objects.filter(is_current=True).update(is_closed=True, is_current=False)
    examiner.open("/isian/")
    examiner.verdict()


@pytest.mark.usefixtures("sample_site")
def test_account_pages(examiner, sign_in):
    page, officer = examiner.page, user("desa-langensari")
    sign_in(page, officer)
    page.goto("/akun/")
    page.get_by_label("Email").fill("bukan email")
    press(page, "Simpan profil")
    expect(page.locator(".summary")).to_be_visible()
    examiner.look("profile with errors")
    User.objects.filter(pk=officer.pk).update(must_change_password=True)
    page.goto("/isian/")
    expect(page).to_have_url("/akun/sandi/?next=%2Fisian%2F")
    examiner.look("first password", dark=True)
    press(page, "Simpan kata sandi")
    expect(page.locator(".summary")).to_be_visible()
    examiner.look("password with errors")
    examiner.verdict()


@pytest.mark.usefixtures("sample_site")
def test_pages_of_bappeda(examiner, sign_in):
    page = examiner.page
    sign_in(page, user("bappeda2"))
    submitted, returned = figure_of(RAHARJA), figure_of(BINANGUN)
    verified = figure_of("32.79.01.1001")
    page.goto(f"/verifikasi/{submitted.pk}/")
    press(page, "Kembalikan")
    expect(page.locator(".summary")).to_be_visible()
    examiner.look("review with errors", dark=True)

    # Somebody else is faster.
    submitted.verify(by=user("bappeda"), version=submitted.version, ticked=ALL_MARKS)
    page.get_by_label("Alasan pengembalian").fill("Foto kurang.")
    press(page, "Kembalikan")
    expect(page.get_by_role("alert")).to_be_visible()
    examiner.look("review of a figure decided meanwhile")

    examiner.open(f"/verifikasi/{returned.pk}/")
    examiner.open(f"/verifikasi/{verified.pk}/")
    correction = f"/isian/{verified.pk}/koreksi/"
    page.goto(correction)
    page.get_by_label("Sisa luas kumuh").fill("99")
    press(page, "Simpan koreksi")
    expect(page.locator(".summary")).to_be_visible()
    page.get_by_label("Alasan koreksi").fill("Salah ketik.")
    press(page, "Simpan koreksi")
    expect(page.get_by_label("Ya, luasnya memang bertambah")).to_be_visible()
    examiner.look("correction with errors", dark=True)
    verified.correct(
        by=user("bappeda"), version=verified.version, area_ha=verified.area_ha / 2, reason="Uji."
    )
    page.get_by_label("Ya, luasnya memang bertambah").check()
    press(page, "Simpan koreksi")
    expect(page.get_by_role("alert").first).to_contain_text("baru saja diubah")
    examiner.look("stale correction")
    examiner.verdict()


def meeting(title):
    return Meeting.objects.get(title=title)


@pytest.mark.usefixtures("sample_site")
def test_reports_and_search(examiner, sign_in):
    page = examiner.page
    report = "/berita/rakor-sinkronisasi-penanganan-kumuh-2016/"
    for address in ("/berita/", report, "/cari/", "/cari/?q=banjar", "/cari/?q=tidakada"):
        examiner.open(address, dark=True)
    sign_in(page, user("bappeda"))
    page.goto(f"{report}ubah/")
    page.get_by_label("Judul").fill("")
    press(page, "Simpan dan lihat pratinjau")
    expect(page.locator(".summary")).to_be_visible()
    examiner.look("report with errors")
    page.goto(report)
    press(page, "Tarik")
    examiner.look("withdrawn report")
    examiner.open("/berita/")
    examiner.verdict()


@pytest.mark.usefixtures("sample_site")
def test_pages_of_a_meeting(examiner, sign_in):
    page = examiner.page
    sign_in(page, user("bappeda"))
    held, coming = meeting("Rakor triwulan (contoh)"), meeting("Rakor evaluasi (contoh)")
    examiner.open(f"/rakor/{coming.pk}/")
    press(page, "Batalkan rapat")
    expect(page.locator(".summary")).to_be_visible()
    examiner.look("cancellation without a reason")
    page.goto(f"/rakor/{held.pk}/")
    page.get_by_text("Tambah lampiran").click()
    press(page, "Lampirkan")
    expect(page.locator(".summary")).to_be_visible()
    examiner.look("attachment without a file")
    page.goto("/rakor/baru/")
    press(page, "Tambah peserta")
    page.get_by_label("Nama rapat").fill("")
    press(page, "Simpan rapat")
    expect(page.locator(".summary")).to_be_visible()
    examiner.look("planning form with errors", dark=True)
    examiner.open(f"/rakor/baru/?salin={held.pk}")
    examiner.open(f"/rakor/{coming.pk}/kehadiran/", dark=True)
    page.goto(f"/rakor/{held.pk}/notulen/")
    item = held.agenda.last()
    item.take_notes(by=user("bappeda2"), version=1, notes="Dari rekan.", is_discussed=True)
    page.get_by_label("Catatan pembahasan").last.fill("Dari saya.")
    page.get_by_role("button", name="Simpan catatan", exact=True).last.click()
    expect(page.get_by_role("alert").first).to_contain_text("baru saja diubah")
    examiner.look("stale notes")
    page.goto(f"/rakor/keputusan/{held.decisions.first().pk}/tindak-lanjut/")
    press(page, "Simpan")
    expect(page.locator(".summary")).to_be_visible()
    examiner.look("follow-up with errors")
    minutes = Minutes.objects.get(meeting=held)
    minutes.submit(by=user("bappeda"), version=minutes.version)
    minutes.approve(by=user("bappeda2"), version=minutes.version)
    examiner.open(f"/rakor/{held.pk}/notulen/adendum/")
    examiner.open(f"/rakor/{held.pk}/")
    examiner.verdict()


@pytest.mark.usefixtures("sample_site")
def test_pages_of_assessments(examiner, sign_in):
    page = examiner.page
    rows = Assessment.objects.filter(neighbourhood__village__code=LANGENSARI)
    draft, submitted, verified = (
        rows.filter(status=status).first().pk for status in ("draft", "submitted", "verified")
    )
    examiner.open(f"/penilaian/{verified}/", dark=True)
    examiner.open(f"/penilaian/{verified}/andai/?7a=0", dark=True)
    examiner.open(f"/penilaian/{verified}/andai/?7a=99999")
    sign_in(page, user("desa-langensari"))
    for key in ("umum", "aspek-1", "pertimbangan"):
        examiner.open(f"/penilaian/{draft}/langkah/{key}/", dark=True)
    examiner.open(f"/penilaian/{draft}/")
    page.goto(f"/penilaian/{draft}/langkah/aspek-5/")
    press(page, "Simpan dan lanjut")
    expect(page.locator(".summary")).to_be_visible()
    examiner.look("step with errors", dark=True)
    sign_in(page, user("desa-binangun"))
    sign_in(page, user("bappeda2"))
    page.goto(f"/penilaian/{submitted}/")
    press(page, "Kembalikan")
    examiner.look("return without a reason")
    examiner.verdict()


@pytest.mark.usefixtures("sample_site")
def test_pages_of_the_work_plan(examiner, sign_in):
    page = examiner.page
    running = Activity.objects.get(status="running").pk
    sign_in(page, user("bappeda"))
    page.goto(f"/rencana/{running}/")
    press(page, "Tambah foto")
    expect(page.locator(".summary")).to_be_visible()
    examiner.look("photo missing")
    for form, button in [
        ("/rencana/baru/", "Simpan kegiatan"),
        (f"/rencana/{running}/realisasi/", "Simpan kemajuan"),
        (f"/rencana/{running}/perbaikan/", "Simpan kriteria"),
    ]:
        page.goto(form)
        for field in page.locator("main input[type=text]").all():
            field.fill("x")
        press(page, button)
        expect(page.locator(".summary")).to_be_visible()
        examiner.look(f"{form} with errors")
    examiner.verdict()


@pytest.mark.usefixtures("sample_site")
def test_pages_of_data_and_imports(examiner, sign_in):
    page = examiner.page
    for village in Village.objects.all():
        BoundaryFactory(village=village)
    examiner.open("/", dark=True)
    examiner.open(f"/desa/{LANGENSARI}/", dark=True)
    sign_in(page, user("bappeda"))
    page.goto("/data/impor/")
    press(page, "Unggah dan lihat pratinjau")
    expect(page.locator(".summary")).to_be_visible()
    examiner.look("upload without a file", dark=True)
    examiner.verdict()


@pytest.mark.usefixtures("sample_site")
def test_pages_about_follow_ups(examiner, sign_in):
    page, officer = examiner.page, user("desa-binangun")
    sign_in(page, officer)
    task = FollowUp.objects.of(officer).get()
    page.goto("/kalender/")
    press(page, "Buat alamat kalender")
    examiner.look("calendar with an address", dark=True)
    page.goto(f"/tindak-lanjut/{task.pk}/")
    press(page, "Laporkan selesai")
    expect(page.locator(".summary")).to_be_visible()
    examiner.look("report without words")
    task.finish(by=officer, version=task.version, text="Sudah.")
    examiner.open(f"/tindak-lanjut/{task.pk}/")
    sign_in(page, user("bappeda"))
    examiner.open(f"/tindak-lanjut/{task.pk}/", dark=True)
    examiner.open("/tindak-lanjut/matriks/?keadaan=konfirmasi", dark=True)
    examiner.open("/tindak-lanjut/matriks/cetak/")
    bappeda, task = user("bappeda"), FollowUp.objects.open().get()
    minutes = task.meeting.minutes
    minutes.submit(by=bappeda, version=minutes.version)
    minutes.approve(by=user("bappeda2"), version=minutes.version)
    examiner.open(f"/tindak-lanjut/{task.pk}/penugasan/")
    press(page, "Simpan perubahan")
    expect(page.locator(".summary")).to_be_visible()
    examiner.look("assignment without a reason")
    coming = Meeting.objects.get(state="scheduled")
    DecisionFactory(meeting=coming, agenda_item=None)
    coming.cancel(by=bappeda, version=coming.version, reason="Banjir.")
    FollowUpFactory(decision=coming.decisions.get())
    examiner.open(f"/rakor/{coming.pk}/tindak-lanjut/")
    press(page, "Simpan")
    expect(page.locator(".summary")).to_be_visible()
    examiner.look("follow-ups of a cancelled meeting without a choice", dark=True)
    examiner.verdict()


@pytest.mark.usefixtures("sample_site")
def test_reviewer_of_an_own_entry_and_an_empty_queue(examiner, sign_in):
    page, reviewer = examiner.page, user("bappeda2")
    own = figure_of(RAHARJA)
    YearlyFigure.objects.filter(pk=own.pk).update(entered_by=reviewer)
    sign_in(page, reviewer)
    examiner.open(f"/verifikasi/{own.pk}/")
    YearlyFigure.objects.filter(pk=own.pk).update(entered_by=user("desa-raharja"))
    for figure in YearlyFigure.objects.filter(status="submitted"):
        figure.verify(by=user("bappeda"), version=figure.version, ticked=ALL_MARKS)
    examiner.open("/verifikasi/")
    expect(page.get_by_text("Antrean kosong")).to_be_visible()
    examiner.verdict()


def test_empty_site(examiner, transactional_db, sign_in):
    """First run, before anything is loaded: to visitors, to an admin, to who has nothing to do."""
    page = examiner.page
    examiner.open("/", dark=True)
    examiner.open("/desa/")
    people = get_user_model().objects
    admin = people.create_superuser("kepala", password="rahasia-sekali", must_change_password=False)
    officer = people.create_user(
        "petugas", password="x", role="village_officer", must_change_password=False
    )
    sign_in(page, admin)
    examiner.open("/", dark=True)
    examiner.open("/verifikasi/")
    sign_in(page, officer)
    examiner.open("/isian/")
    Programme.objects.create(
        region=city(),
        name="Periode baru",
        slug="baru",
        baseline_year=2024,
        source="SK",
        is_current=True,
    )
    examiner.open("/isian/")
    examiner.open("/")
    examiner.verdict()


@pytest.mark.usefixtures("sample_site")
def test_error_pages(examiner, sign_in, base_url):
    page = examiner.page
    page.goto("/akun/masuk/")
    page.evaluate("document.querySelector('[name=csrfmiddlewaretoken]').value = 'x'")
    press(page, "Masuk")
    expect(page.get_by_role("heading", name="Formulir sudah kedaluwarsa")).to_be_visible()
    examiner.look("form with an old token")
    sign_in(page, user("pengamat"))
    examiner.open("/verifikasi/", dark=True)
    expect(page.get_by_role("heading", level=1)).to_have_text("Halaman ini bukan untuk akun Anda")

    # These cannot be provoked; the browser gets what Django would send.
    request = RequestFactory().get("/rusak/")
    typed = {"address": "/isian/2017/", "fields": [("area_ha", "7,5")], "had_files": True}
    fault = {"request_id": "0123456789abcdef", "address": "", "fields": [], "had_files": False}
    fault["what"] = "Tempat penyimpanan berkas"
    broken = {
        "/rusak-400/": bad_request(request, SuspiciousOperation()).content.decode(),
        "/rusak-400-terputus/": render_to_string("400_cut.html", fault),
        "/rusak-500/": render_to_string("500.html"),
        "/rusak-503/": render_to_string("503.html", fault),
        "/rusak-503-kirim/": render_to_string("503.html", fault | typed),
        "/rusak-507/": render_to_string("507.html", fault | typed),
        "/rusak-berkas/": render_to_string("500_file.html", fault | typed),
        "/salinan/": old_copy(page, base_url),
    }
    for address, html in broken.items():
        page.route(f"**{address}", serve(html))
        examiner.open(address, dark=True)
    examiner.verdict()


def old_copy(page, base_url):
    """Return the home page as it is handed out while the database is away."""
    page.goto(base_url)
    band = render_to_string("last_good_copy.html", {"moment": "pukul 14.05 WIB"})
    place = PLACE.decode()
    assert page.content().count(place) == 1
    return page.content().replace(place, band + place)


def serve(html):
    return lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8")


@pytest.mark.usefixtures("sample_site")
def test_gallery_of_components(examiner, settings):
    settings.DEBUG = True
    examiner.open("/komponen/", dark=True)
    expect(examiner.page.get_by_role("heading", level=1)).to_have_text("Komponen")
    examiner.verdict()


@pytest.mark.usefixtures("sample_site")
def test_lists_of_several_pages(examiner, sign_in):
    """The pagers of villages and grid appear with more villages than fit on a page."""
    from areas.models import District, Village

    programme, district = Programme.objects.current(), District.objects.first()
    villages = [
        Village(
            code=f"32.79.01.3{number:03}", name=f"Uji {number}", kind="desa", district=district,
            latitude="-7.37", longitude="108.53",
        )
        for number in range(60)
    ]  # fmt: skip
    Village.objects.bulk_create(villages)
    Baseline.objects.bulk_create(
        Baseline(programme=programme, village=village, area_ha=1) for village in villages
    )
    officer = user("desa-balokang")
    officer.villages.add(*villages[:30])
    for village in villages[:30]:
        figure = YearlyFigure(baseline=village.baselines.get(), year=2018, version=0)
        figure.enter(by=officer, version=0, entry=Entry(1))
        figure.submit(by=officer, version=figure.version)
    examiner.open("/desa/?hal=2")
    sign_in(examiner.page, user("bappeda"))
    examiner.open("/verifikasi/?hal=2&desa_hal=2")
    sign_in(examiner.page, officer)
    examiner.open("/isian/")
    examiner.verdict()
