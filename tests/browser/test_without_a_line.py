"""A phone that loses its line: forms wait on it, and no page shows an old figure."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from areas.figures import entry_views
from areas.models import Assessment, Entry, Evidence, FigureEvent, Status, YearlyFigure
from areas.sample.figures import PASSWORD
from kotaku.models import SentForm, User
from kotaku.requests import sent_once
from meetings.models import FollowUp, ProgressNote
from tests.browser.conftest import SCREENS
from tests.browser.steps import entry_address, photo, press, sign_in_by_form, sign_out
from tests.factories import AssessmentFactory

AREA = "Sisa luas kumuh pada akhir 2019"
LANGENSARI = "32.79.04.2001"  # baseline 8,90; 2018: 4,05; nothing for 2019
FORM = entry_address(LANGENSARI)
SUBMIT, SAVE = "Ajukan untuk verifikasi", "Simpan draf"
QUEUE = "Antrean di ponsel ini"
CONTROLLED = """async () => {
  for (let left = 300; !navigator.serviceWorker.controller && left; left -= 1) {
    await new Promise((again) => setTimeout(again, 50));
  }
  if (!navigator.serviceWorker.controller) throw new Error("no service worker after 15 seconds");
}"""
MOMENT = r"\d{1,2} [A-Z][a-z]+ \d{4} \d{2}\.\d{2}"

pytestmark = pytest.mark.usefixtures("sample_site")


@pytest.fixture
def officer():
    return User.objects.get(username="desa-langensari")


@pytest.fixture(autouse=True)
def expected_problems(page_problems):
    page_problems.allow("ERR_INTERNET_DISCONNECTED")
    for status in (401, 409, 413, 422, 429, 500):
        page_problems.allow(f"status of {status}")


@pytest.fixture
def phone(new_context):
    """A phone whose browser has a service worker."""
    return new_context(**SCREENS["phone"], service_workers="allow").new_page()


@pytest.fixture
def form(phone, sign_in, officer):
    """The phone with the empty form of Langensari's 2019 open, and the worker at work."""
    sign_in(phone, officer)
    phone.goto("/isian/")
    phone.evaluate(CONTROLLED)
    phone.goto(FORM)
    return phone


def figure():
    return YearlyFigure.objects.filter(baseline__village__code=LANGENSARI, year=2019).first()


def lose_the_line(page):
    page.context.set_offline(True)


def find_the_line(page):
    page.context.set_offline(False)


def waiting(page):
    return page.locator("[data-kotaku-queue-list] article")


def save_without_a_line(form, area="3,25", button=SAVE, **files):
    form.get_by_label(AREA).fill(area)
    form.get_by_label("Catatan").fill("Jalan lingkungan sudah dicor.")
    if files:
        form.get_by_label("Bukti dukung").set_input_files(**files)
    lose_the_line(form)
    press(form, button)
    expect(form.get_by_role("heading", name=QUEUE, level=1)).to_be_visible()
    expect(waiting(form)).to_contain_text("Menunggu sinyal")


def test_draft_with_a_photo_waits_and_is_stored_once(form, assert_accessible):
    save_without_a_line(form, files=[photo()])
    expect(form.locator("[data-kotaku-queue-list]")).to_contain_text("menunggu sinyal")
    waiting(form).get_by_text("Lihat isinya").click()
    expect(waiting(form)).to_contain_text("3,25")
    expect(waiting(form)).to_contain_text("foto.jpg")
    assert_accessible(form)
    assert figure() is None
    find_the_line(form)
    expect(form.locator("[data-kotaku-queue-list]")).to_contain_text("Draf tersimpan")
    expect(waiting(form)).to_have_count(0)
    assert str(figure().area_ha) == "3.25"
    assert figure().note == "Jalan lingkungan sudah dicor."
    assert Evidence.objects.filter(figure=figure()).count() == 1
    form.goto(FORM)
    expect(form.get_by_label(AREA)).to_have_value("3,25")
    assert SentForm.objects.count() == 1


def test_a_lost_answer_is_asked_for_again_and_nothing_is_written_twice(form, monkeypatch):
    def lost(response, sent):
        raise RuntimeError("The line broke after the form was stored.")

    save_without_a_line(form, button=SUBMIT, files=[photo()])
    with monkeypatch.context() as broken:
        broken.setattr(sent_once, "_for_queue", lost)
        find_the_line(form)
        press(form, "Kirim sekarang")
        expect(form.locator("[data-kotaku-queue-list]")).to_contain_text("tetap menunggu")
    assert figure().status == Status.SUBMITTED
    press(form, "Kirim sekarang")
    expect(form.locator("[data-kotaku-queue-list]")).to_contain_text("sudah diajukan")
    expect(waiting(form)).to_have_count(0)
    assert FigureEvent.objects.filter(figure=figure(), kind="submitted").count() == 1
    assert Evidence.objects.filter(figure=figure()).count() == 1


def test_no_old_figure_is_shown_without_a_line(form):
    form.goto("/")
    expect(form.locator("main")).to_contain_text("Ha")
    form.goto(FORM)
    form.get_by_label(AREA).fill("7,77")
    lose_the_line(form)
    for address in ("/", "/desa/", "/isian/", "/verifikasi/", "/data/"):
        form.goto(address)
        expect(form.get_by_role("heading", level=1)).to_have_text("Tidak ada sambungan")
        assert not re.search(r"\d,\d\d Ha", form.locator("main").inner_text())
    seen = form.locator("[data-kotaku-seen]")
    expect(seen).to_contain_text(re.compile(rf"Isian 2019 Desa Langensari — terlihat {MOMENT}"))
    seen.get_by_role("link", name="Isian 2019 Desa Langensari").click()
    notice = re.compile(rf"Terlihat {MOMENT}; belum tentu yang terbaru")
    expect(form.locator("main")).to_contain_text(notice)
    expect(form.get_by_label(AREA)).not_to_be_editable()
    for button in form.locator("main form button").all():
        expect(button).to_be_disabled()
    find_the_line(form)
    form.get_by_role("link", name="Coba lagi").click()
    expect(form.get_by_label(AREA)).to_be_editable()


def test_a_form_that_cannot_wait_says_that_it_was_not_sent(form):
    form.goto("/akun/")
    lose_the_line(form)
    press(form, "Simpan profil")
    expect(form.locator("main")).to_contain_text("Yang baru saja Anda kirim belum sampai.")


def test_a_reviewer_without_a_line_is_told_and_verifies_once_it_is_back(form, sign_in):
    """A decision does not wait: the figure may change before the line is back."""
    waiting_figure = YearlyFigure.objects.filter(status=Status.SUBMITTED).earliest("pk")
    sign_in(form, User.objects.get(username="bappeda"))
    form.goto(f"/verifikasi/{waiting_figure.pk}/")
    form.get_by_label("Saya sudah memeriksa tanda di atas").check()
    lose_the_line(form)
    press(form, "Verifikasi")
    expect(form.locator("main")).to_contain_text("Yang baru saja Anda kirim belum sampai.")
    find_the_line(form)
    form.go_back()
    form.get_by_label("Saya sudah memeriksa tanda di atas").check()
    press(form, "Verifikasi")
    expect(form.locator(".flash")).to_contain_text("terverifikasi")
    waiting_figure.refresh_from_db()
    assert waiting_figure.status == Status.VERIFIED
    assert FigureEvent.objects.filter(figure=waiting_figure, kind="verified").count() == 1


def test_conflict_ends_in_the_page_of_an_outdated_form(form, officer):
    form.get_by_label(AREA).fill("4")
    press(form, SAVE)
    expect(form.locator(".flash")).to_contain_text("Draf tersimpan")
    save_without_a_line(form, "3,25", SUBMIT, files=[photo()])
    colleague = User.objects.create_user("rekan", password=PASSWORD, role=officer.role)
    current = figure()
    current.enter(by=colleague, version=current.version, entry=Entry("3.90", note="Dari rekan"))
    find_the_line(form)
    expect(waiting(form)).to_contain_text("Data ini sudah berubah sejak Anda mengisinya.")
    form.goto("/isian/")
    expect(form.locator("[data-kotaku-strip]")).to_contain_text("1 kiriman perlu Anda periksa")
    form.get_by_role("link", name="Lihat antrean").click()
    press(form, "Buka dan periksa")
    expect(form.locator(".callout--amber[role=alert]")).to_contain_text("baru saja diubah")
    expect(form.get_by_label(AREA)).to_have_value("3,25")
    # The photo is with the figure already: it need not be chosen again.
    expect(form.get_by_role("link", name="Unduh asli foto.jpg")).to_be_visible()
    assert str(figure().area_ha) == "3.90"
    press(form, SUBMIT)
    expect(form.locator(".flash")).to_contain_text("sudah diajukan")
    assert str(figure().area_ha) == "3.25"
    assert Evidence.objects.filter(figure=figure()).count() == 1
    form.goto("/antrean/")
    expect(waiting(form)).to_have_count(0)


def test_a_fault_of_the_server_holds_up_no_other_form_and_is_tried_again(
    form, officer, monkeypatch
):
    form.clock.install()
    task = FollowUp.objects.of(officer).open().first()
    save_without_a_line(form, files=[photo()])
    find_the_line(form)
    with monkeypatch.context() as broken:
        broken.setattr(entry_views, "_done", lambda *_: 1 / 0)
        press(form, "Kirim sekarang")
        expect(form.locator("main")).to_contain_text("Server sedang tidak dapat menerima")
        form.goto(f"/tindak-lanjut/{task.pk}/")
        form.get_by_label("Apa yang sudah dikerjakan?").fill("Sudah diukur.")
        lose_the_line(form)
        press(form, "Catat kemajuan")
        expect(waiting(form)).to_have_count(2)
        find_the_line(form)
        expect(form.locator("main")).to_contain_text("Kemajuan tercatat.")
        expect(waiting(form)).to_have_count(1)
        assert figure() is None
        # The server in front of the site is busy, then the page tries again by itself. What the
        # worker sends goes past the route, so the site's own fault stays until then.
        form.context.route("**/isian/2019/**", lambda route: route.fulfill(status=429))
        press(form, "Kirim sekarang")
        expect(form.locator("main")).to_contain_text("Server sedang tidak dapat menerima")
    form.context.unroute("**/isian/2019/**")
    form.clock.fast_forward("05:00")
    expect(form.locator("main")).to_contain_text("Draf tersimpan")
    assert Evidence.objects.filter(figure=figure()).count() == 1


def test_what_is_too_large_for_the_server_is_said_and_does_not_wait_for_ever(form):
    save_without_a_line(form, files=[photo()])
    form.context.route("**/isian/2019/**", lambda route: route.fulfill(status=413))
    find_the_line(form)
    expect(waiting(form)).to_contain_text("Berkasnya terlalu besar.")
    form.context.unroute("**/isian/2019/**")
    # Not lost: it is opened, and the photo is there to be dropped or sent.
    press(form, "Buka dan periksa")
    expect(form.locator(".flash")).to_contain_text("Draf tersimpan")
    form.goto("/antrean/")
    expect(waiting(form)).to_have_count(0)


def test_a_window_that_keeps_nothing_works_and_says_so(phone, sign_in, officer):
    """As in a private window, or where the browser's storage is switched off or full."""
    phone.add_init_script("IDBFactory.prototype.open = () => { throw new Error('not allowed'); };")
    sign_in(phone, officer)
    phone.goto("/antrean/")
    expect(phone.locator("main")).to_contain_text("tidak dapat menyimpan kiriman")
    phone.evaluate(CONTROLLED)
    phone.goto(FORM)
    phone.get_by_label(AREA).fill("3,25")
    phone.get_by_label("Bukti dukung").set_input_files([photo()])
    lose_the_line(phone)
    press(phone, SAVE)
    expect(phone.get_by_role("alert")).to_contain_text("masih ada di halaman ini; jangan tutup")
    find_the_line(phone)
    press(phone, "Kirim lagi")
    expect(phone.locator(".flash")).to_contain_text("Draf tersimpan")
    assert Evidence.objects.filter(figure=figure()).count() == 1
    phone.goto("/akun/")
    sign_out(phone)
    assert not Session.objects.exists()


def test_a_double_click_leaves_nothing_waiting(form, officer):
    task = FollowUp.objects.of(officer).open().first()
    form.goto(f"/tindak-lanjut/{task.pk}/")
    form.get_by_label("Apa yang sudah dikerjakan?").fill("Sudah diukur.")
    form.get_by_role("button", name="Catat kemajuan").dblclick()
    expect(form.locator(".flash")).to_contain_text("Kemajuan tercatat.")
    form.goto("/antrean/")
    expect(form.locator("main")).to_contain_text("Tidak ada kiriman yang menunggu")
    assert ProgressNote.objects.filter(follow_up=task, text="Sudah diukur.").count() == 1


def test_a_report_with_photos_waits_for_the_line_and_is_stored_once(form, officer):
    task = FollowUp.objects.of(officer).open().first()
    form.goto(f"/tindak-lanjut/{task.pk}/")
    form.get_by_label("Apa yang sudah dikerjakan?").fill("Saluran sudah digali.")
    pictures = [photo(), photo("lain.jpg", colour="#8a5a00")]
    form.get_by_label("Bukti (boleh dikosongkan)").set_input_files(files=pictures)
    lose_the_line(form)
    press(form, "Laporkan selesai")
    expect(waiting(form)).to_contain_text("Menunggu sinyal")
    waiting(form).get_by_text("Lihat isinya").click()
    for words in ("Saluran sudah digali.", "foto.jpg", "lain.jpg"):
        expect(waiting(form)).to_contain_text(words)
    assert not task.evidence.exists()
    find_the_line(form)
    expect(form.locator("[data-kotaku-queue-list]")).to_contain_text("Tercatat selesai.")
    expect(waiting(form)).to_have_count(0)
    assert sorted(task.evidence.values_list("name", flat=True)) == ["foto.jpg", "lain.jpg"]
    assert task.notes.filter(text="Saluran sudah digali.").count() == 1


def test_newer_draft_of_the_same_form_takes_the_place_of_the_older(form):
    second = form.context.new_page()
    second.goto(FORM)
    save_without_a_line(form, "3,25", SAVE, files=[photo()])
    second.get_by_label(AREA).fill("3,30")
    press(second, SUBMIT)
    expect(waiting(second)).to_have_count(1)
    expect(waiting(second)).to_contain_text(SUBMIT)
    expect(waiting(form)).to_contain_text(SUBMIT)
    find_the_line(form)
    expect(second.locator("[data-kotaku-queue-list]")).to_contain_text("sudah diajukan")
    assert str(figure().area_ha) == "3.30"
    assert Evidence.objects.filter(figure=figure()).count() == 1


def test_another_account_on_this_phone_sees_and_sends_nothing_of_the_first(form, sign_in, officer):
    save_without_a_line(form)
    sign_in(form, User.objects.get(username="desa-binangun"))
    find_the_line(form)
    expect(waiting(form)).to_have_count(0)
    for address in ("/isian/", "/antrean/", "/"):
        form.goto(address)
        expect(form.locator("main")).not_to_contain_text("kiriman menunggu")
        expect(form.locator("main")).not_to_contain_text("Langensari, tahun 2019")
    lose_the_line(form)
    form.goto(FORM)
    expect(form.get_by_role("heading", level=1)).to_have_text("Tidak ada sambungan")
    expect(form.locator("[data-kotaku-seen]")).to_be_hidden()
    expect(waiting(form)).to_have_count(0)
    find_the_line(form)
    assert figure() is None
    # It is not lost: its own account finds it again, and it is sent.
    sign_in(form, officer)
    form.goto("/isian/")
    expect(form.locator("[data-kotaku-strip]")).to_contain_text("Draf tersimpan")
    assert str(figure().area_ha) == "3.25"
    assert figure().entered_by == officer


def test_nothing_is_shown_after_signing_out(form):
    save_without_a_line(form, "tiga")
    find_the_line(form)
    expect(waiting(form)).to_contain_text("Ada isian yang perlu diperbaiki.")
    form.goto("/akun/")
    sign_out(form)
    form.goto("/antrean/")
    expect(form.locator("main")).to_contain_text("Tidak ada kiriman yang menunggu")
    lose_the_line(form)
    form.goto(FORM)
    expect(form.locator("main")).not_to_contain_text("Langensari")
    find_the_line(form)
    sign_in_by_form(form, "desa-langensari")
    form.goto("/antrean/")
    expect(waiting(form)).to_contain_text("Ada isian yang perlu diperbaiki.")


def test_a_form_waits_for_the_same_account_when_the_session_has_ended(form):
    save_without_a_line(form, files=[photo()])
    Session.objects.all().delete()
    find_the_line(form)
    page = form.locator("main")
    expect(page).to_contain_text("masuk lagi dengan akun yang sama: desa-langensari")
    assert figure() is None
    form.get_by_role("link", name="Masuk", exact=True).click()
    expect(page).to_contain_text("Masuk lagi sebagai desa-langensari supaya terkirim")
    sign_in_by_form(form, "desa-langensari")
    expect(form.get_by_role("heading", name=QUEUE, level=1)).to_be_visible()
    expect(page).to_contain_text("Draf tersimpan")
    assert str(figure().area_ha) == "3.25"
    assert Evidence.objects.filter(figure=figure()).count() == 1


def test_a_stuck_form_can_be_copied_and_is_deleted_only_after_a_question(form):
    form.context.grant_permissions(["clipboard-read", "clipboard-write"])
    save_without_a_line(form, "tiga")
    find_the_line(form)
    expect(waiting(form)).to_contain_text("Ada isian yang perlu diperbaiki.")
    press(form, "Salin sebagai teks")
    expect(form.get_by_role("button", name="Tersalin")).to_be_visible()
    copied = form.evaluate("navigator.clipboard.readText()")
    assert "tahun 2019: Simpan draf" in copied
    assert "Jalan lingkungan sudah dicor." in copied
    press(form, "Hapus")
    press(form, "Jangan hapus")
    expect(waiting(form)).to_have_count(1)
    press(form, "Hapus")
    press(form, "Ya, hapus")
    expect(waiting(form)).to_have_count(0)
    form.reload()
    expect(form.locator("main")).to_contain_text("Tidak ada kiriman yang menunggu")
    assert figure() is None


def test_steps_and_submission_of_an_assessment_and_a_report_of_progress_wait_too(form, officer):
    rt = Assessment.objects.editable_by(officer).filter(status=Status.DRAFT).first()
    task = FollowUp.objects.of(officer).open().first()
    assert rt
    assert task
    step, report = f"/penilaian/{rt.pk}/langkah/aspek-3/", f"/tindak-lanjut/{task.pk}/"
    before, notes = rt.version, task.notes.count()
    form.goto(step)
    form.locator("main form input[type=text]").first.fill("1")
    lose_the_line(form)
    press(form, "Simpan dan lanjut")
    expect(waiting(form)).to_have_count(1)
    find_the_line(form)
    expect(form.locator("main")).to_contain_text("Tersimpan:")
    rt.refresh_from_db()
    assert rt.version == before + 1
    form.goto(report)
    form.get_by_label("Apa yang sudah dikerjakan?").fill("Sudah diukur bersama warga.")
    lose_the_line(form)
    press(form, "Catat kemajuan")
    expect(waiting(form)).to_have_count(1)
    find_the_line(form)
    expect(form.locator("main")).to_contain_text("Kemajuan tercatat.")
    assert ProgressNote.objects.filter(follow_up=task).count() == notes + 1
    done = AssessmentFactory(neighbourhood=rt.neighbourhood, year=2020, entered_by=officer)
    form.goto(f"/penilaian/{done.pk}/")
    lose_the_line(form)
    press(form, SUBMIT)
    expect(waiting(form)).to_have_count(1)
    find_the_line(form)
    expect(form.locator("main")).to_contain_text("Penilaian diajukan")
    done.refresh_from_db()
    assert done.status == Status.SUBMITTED


def test_the_worker_sends_while_no_page_is_open(form, base_url):
    cdp = form.context.new_cdp_session(form)
    registrations = []
    cdp.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda said: registrations.extend(said["registrations"]),
    )
    cdp.send("ServiceWorker.enable")
    save_without_a_line(form)
    form.goto("about:blank")
    find_the_line(form)
    sync = {"origin": base_url, "registrationId": registrations[-1]["registrationId"]}
    cdp.send(
        "ServiceWorker.dispatchSyncEvent", {**sync, "tag": "kotaku-queue", "lastChance": False}
    )
    for _ in range(300):
        if figure():
            break
        form.wait_for_timeout(100)
    assert str(figure().area_ha) == "3.25"
