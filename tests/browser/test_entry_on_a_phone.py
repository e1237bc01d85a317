"""The form of one year's figure in a village head's hand: slips, lost signals, second devices."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from areas.models import Entry, Evidence, FigureEvent, Programme, Status, YearlyFigure
from kotaku.models import User
from tests.browser.steps import (
    entry_address,
    error_summary,
    field_error,
    photo,
    press,
    sign_in_by_form,
    sign_out,
)

AREA = "Sisa luas kumuh pada akhir 2019"
LANGENSARI = "32.79.04.2001"  # baseline 8,90; 2018: 4,05; nothing for 2019
FORM = entry_address(LANGENSARI)
SUBMIT, SAVE = "Ajukan untuk verifikasi", "Simpan draf"
CLEARED = (
    "Kawasan kumuh menjadi 0 Ha (tuntas). Lampirkan bukti dukung, misalnya foto, "
    "atau tulis alasannya."
)
JS_AND_NOT = pytest.mark.parametrize("java_script_enabled", [True, False], ids=["js", "no-js"])

pytestmark = pytest.mark.usefixtures("sample_site")


@pytest.fixture
def officer():
    return User.objects.get(username="desa-langensari")


@pytest.fixture(autouse=True)
def expected_problems(page_problems):
    """Errors and conflicts in a form are answered with a status that says so."""
    page_problems.allow("status of 422")
    page_problems.allow("status of 409")


@pytest.fixture
def form(phone, sign_in, officer):
    """The phone with the empty form of Langensari's 2019 open."""
    sign_in(phone, officer)
    phone.goto(FORM)
    return phone


def figure():
    return YearlyFigure.objects.filter(baseline__village__code=LANGENSARI, year=2019).first()


def expect_submitted(page, area):
    expect(page.locator(".flash")).to_contain_text("sudah diajukan")
    expect(page.locator(".big-number")).to_have_text(area)
    expect(error_summary(page)).to_have_count(0)
    assert figure().status == Status.SUBMITTED


# Surprising numbers


@JS_AND_NOT
def test_growth_takes_a_tick_for_this_very_number_and_a_reason(form):
    form.get_by_label(AREA).fill("12,50")
    press(form, SUBMIT)
    sentence = (
        "12,50 Ha lebih besar daripada baseline 8,90 Ha. "
        "Periksa lagi; bila benar, centang konfirmasi dan tulis alasannya."
    )
    expect(field_error(form, AREA)).to_have_text(sentence)
    expect(error_summary(form)).to_contain_text(sentence)
    expect(error_summary(form)).to_contain_text("Tulis alasan mengapa luasnya bertambah.")
    tick = form.get_by_label("Ya, luasnya memang bertambah")
    expect(tick).not_to_be_checked()

    # A tick without a reason is not enough, and stays where it is.
    tick.check()
    press(form, SUBMIT)
    expect(tick).to_be_checked()
    expect(field_error(form, "Alasan")).to_have_text("Tulis alasan mengapa luasnya bertambah.")

    # A slip of the finger after the tick: that number was never confirmed.
    form.get_by_label("Alasan").fill("Permukiman baru di bantaran sungai.")
    form.get_by_label(AREA).fill("125,00")
    press(form, SUBMIT)
    expect(field_error(form, AREA)).to_contain_text("125,00 Ha lebih besar daripada baseline")
    expect(tick).not_to_be_checked()
    expect(form.get_by_label("Alasan")).to_have_value("Permukiman baru di bantaran sungai.")

    form.get_by_label(AREA).fill("12.5")
    tick.check()
    press(form, SUBMIT)
    # Asked for 125,00 and answered for 12,50: asked once more.
    expect(field_error(form, AREA)).to_contain_text("12,50 Ha lebih besar daripada baseline")
    tick.check()
    press(form, SUBMIT)
    expect_submitted(form, "12,50 Ha")
    assert figure().is_confirmed
    assert figure().reason == "Permukiman baru di bantaran sungai."


def test_growth_over_the_previous_year_is_measured_against_that_year(form):
    form.get_by_label(AREA).fill("5")
    press(form, SUBMIT)
    expect(field_error(form, AREA)).to_contain_text("5,00 Ha lebih besar daripada angka 2018, 4,05")


def test_reviewer_sees_that_a_growth_was_confirmed(form, desktop, sign_in):
    form.get_by_label(AREA).fill("9")
    press(form, SUBMIT)
    form.get_by_label("Ya, luasnya memang bertambah").check()
    form.get_by_label("Alasan").fill("Pendataan ulang.")
    press(form, SUBMIT)
    expect_submitted(form, "9,00 Ha")
    sign_in(desktop, User.objects.get(username="bappeda"))
    desktop.goto("/verifikasi/")
    row = desktop.locator(".queue__row", has_text="Desa Langensari")
    expect(row.locator(".flag")).to_have_text(
        ["Di atas baseline", "Naik dari angka sebelumnya", "Tanpa bukti dukung"]
    )
    row.get_by_role("link").click()
    expect(desktop.locator(".warnings")).to_contain_text("(angka dikonfirmasi)")
    expect(desktop.locator(".warnings")).to_contain_text("Pendataan ulang.")


@JS_AND_NOT
def test_three_digits_after_a_point_are_asked_about(form):
    form.get_by_label(AREA).fill("1.250")
    press(form, SUBMIT)
    sentence = "1.250 bisa berarti 1,25 atau 1.250 Ha. Tulis dengan koma, misalnya 1,25."
    expect(field_error(form, AREA)).to_have_text(sentence)
    expect(form.get_by_label(AREA)).to_have_value("1.250")
    assert figure() is None
    form.get_by_label(AREA).fill("1,25")
    press(form, SUBMIT)
    expect_submitted(form, "1,25 Ha")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Tulis luas dalam hektare, misalnya 12,50."),
        ("-3", "Luas tidak boleh kurang dari 0."),
        ("3,456", "Tulis paling banyak dua angka di belakang koma, misalnya 12,50."),
        ("999999999", "Luas paling besar 99.999.999,99 Ha. Periksa lagi angkanya."),
        ("tiga ½ 🙂", "Tulis luas dalam hektare, misalnya 12,50."),
    ],
)
def test_each_slip_has_its_sentence_beside_the_field(form, typed, sentence):
    form.get_by_label(AREA).fill(typed)
    form.get_by_label("Catatan").fill("Catatan 🏘️ saya")
    press(form, SUBMIT)
    expect(field_error(form, AREA)).to_have_text(sentence)
    expect(error_summary(form)).to_contain_text(sentence)
    expect(error_summary(form)).to_be_focused()
    expect(form.get_by_label(AREA)).to_have_value(typed)
    expect(form.get_by_label("Catatan")).to_have_value("Catatan 🏘️ saya")


@JS_AND_NOT
def test_nothing_left_asks_for_evidence_or_a_reason(form):
    form.get_by_label(AREA).fill("0 Ha")
    press(form, SUBMIT)
    expect(field_error(form, "Bukti dukung")).to_have_text(CLEARED)
    expect(error_summary(form)).to_contain_text(CLEARED)
    form.get_by_label("Bukti dukung").set_input_files([photo()])
    press(form, SUBMIT)
    expect_submitted(form, "0,00 Ha")


def test_nothing_left_with_a_reason_needs_no_evidence(form):
    form.get_by_label(AREA).fill("0")
    press(form, SUBMIT)
    form.get_by_label("Alasan").fill("Seluruh RT sudah ditangani.")
    press(form, SUBMIT)
    expect_submitted(form, "0,00 Ha")


# The live reading


def test_live_reading_says_what_the_server_says(form):
    """Typed, read aloud by the script, saved, read aloud by the server: the same sentence."""
    reading = form.locator("output.reading")
    different = []
    for typed in [
        "3,2", "3.2", " 3,20 Ha ", "3 hektare", "3 ha.", "4,05", "0", ",5", "5", "8,9", "9,5",
        "1.250,5", "1,250.5", "1 250,5", "12.345.678", "99999999,99", "007",
    ]:  # fmt: skip
        form.get_by_label(AREA).fill("")
        form.get_by_label(AREA).press_sequentially(typed)
        live = plain(reading.inner_text())
        press(form, SAVE)
        expect(form.locator(".flash")).to_have_text("Draf tersimpan. Angka ini belum diajukan.")
        server = plain(reading.inner_text())
        if live != server:
            different.append(f"{typed!r}: live {live!r}, server {server!r}")
    assert not different, "\n".join(different)


def test_live_reading_is_silent_or_asks_where_the_server_refuses(form):
    reading = form.locator("output.reading")
    for typed in ["12,505", "1,250", "-5", "abc", "1.25.0", "123456789"]:
        form.get_by_label(AREA).fill(typed)
        expect(reading).to_have_text("")
    form.get_by_label(AREA).fill("1.250")
    expect(reading).to_have_text("Bisa berarti dua angka. Tulis dengan koma, misalnya 1,25.")
    form.get_by_label(AREA).fill("12,5")
    expect(reading).to_contain_text("bertambah 8,45 Ha dari 2018 — periksa lagi angkanya")


def plain(text):
    return " ".join(text.split())


# Keys


def test_enter_key_neither_deletes_evidence_nor_submits(form):
    """A phone's keyboard sends the form with its first button; that must be the harmless one."""
    form.get_by_label(AREA).fill("3,2")
    form.get_by_label("Bukti dukung").set_input_files([photo()])
    press(form, SAVE)
    expect(form.locator(".flash")).to_contain_text("Draf tersimpan")
    form.get_by_label(AREA).fill("3,1")
    form.get_by_label(AREA).press("Enter")
    expect(form.locator(".flash")).to_be_visible()
    assert Evidence.objects.filter(figure=figure()).count() == 1
    assert figure().status == Status.DRAFT


# A session that ends


@JS_AND_NOT
@pytest.mark.parametrize("button", [SUBMIT, SAVE])
def test_signed_out_while_typing_loses_nothing(form, button, java_script_enabled):
    form.get_by_label(AREA).fill("2,75 ha")
    form.get_by_label("Catatan").fill("Baris satu\nBaris dua — “kutipan” & <b>")
    form.get_by_label("Bukti dukung").set_input_files([photo()])
    form.context.clear_cookies(name="sessionid")
    press(form, button)

    expect(form.get_by_text("Sesi Anda sudah berakhir")).to_be_visible()
    expect(form.get_by_text("Isian Anda tidak hilang.")).to_be_visible()
    sign_in_by_form(form, "desa-langensari")
    expect(form.get_by_text("Isian Anda belum tersimpan")).to_be_visible()
    again = form.get_by_text("Berkas bukti perlu dipilih lagi.")
    if java_script_enabled:
        expect(form.locator(".files li")).to_contain_text("foto.jpg")
        expect(again).to_have_count(0)
    else:
        expect(again).to_be_visible()
    expect(form.get_by_label(AREA)).to_have_value("2,75 ha")
    expect(form.get_by_label("Catatan")).to_have_value("Baris satu\nBaris dua — “kutipan” & <b>")
    assert figure() is None

    press(form, SAVE)
    expect(form.locator(".flash")).to_contain_text("Draf tersimpan")
    expect(form.get_by_text("Isian Anda belum tersimpan")).to_have_count(0)
    expect(form.get_by_label(AREA)).to_have_value("2,75")
    assert Evidence.objects.filter(figure=figure()).count() == java_script_enabled
    form.reload()
    expect(form.get_by_text("Isian Anda belum tersimpan")).to_have_count(0)


def test_all_cookies_gone_while_typing_loses_nothing(form):
    form.get_by_label(AREA).fill("2,75")
    form.get_by_label("Catatan").fill("Catatan panjang")
    form.context.clear_cookies()
    press(form, SUBMIT)
    sign_in_by_form(form, "desa-langensari")
    expect(form.get_by_text("Isian Anda belum tersimpan")).to_be_visible()
    expect(form.get_by_label(AREA)).to_have_value("2,75")
    expect(form.get_by_label("Catatan")).to_have_value("Catatan panjang")


def test_a_wrong_password_on_the_way_back_loses_nothing(form):
    form.get_by_label(AREA).fill("2,75")
    form.context.clear_cookies(name="sessionid")
    press(form, SUBMIT)
    form.get_by_label("Nama pengguna").fill("desa-langensari")
    form.get_by_label("Kata sandi", exact=True).fill("salah")
    form.get_by_role("button", name="Masuk").click()
    expect(error_summary(form)).to_contain_text("Nama pengguna atau kata sandi tidak cocok.")
    sign_in_by_form(form, "desa-langensari")
    expect(form.get_by_label(AREA)).to_have_value("2,75")


@JS_AND_NOT
def test_unsaved_form_can_be_thrown_away(form):
    form.get_by_label(AREA).fill("2,75")
    form.context.clear_cookies(name="sessionid")
    press(form, SUBMIT)
    sign_in_by_form(form, "desa-langensari")
    press(form, "Buang isian ini")
    expect(form.locator(".flash")).to_contain_text("sudah dibuang")
    expect(form.get_by_label(AREA)).to_have_value("")
    # Thrown away is thrown away: the device does not offer it again either.
    expect(form.get_by_text("isian yang belum tersimpan.")).to_have_count(0)


@JS_AND_NOT
def test_another_person_on_the_same_phone_does_not_see_it(form, page_problems):
    page_problems.allow("status of 404")  # this village's form is not that person's
    form.get_by_label(AREA).fill("2,75")
    form.get_by_label("Catatan").fill("Rahasia desa")
    form.context.clear_cookies(name="sessionid")
    press(form, SUBMIT)
    # A colleague who may enter the same village's figure, and so opens the very same page.
    colleague = User.objects.get(username="desa-raharja")
    figure_village = Programme.objects.current().baselines.get(village__code=LANGENSARI).village
    figure_village.officers.add(colleague)
    sign_in_by_form(form, "desa-raharja")
    form.goto(FORM)
    expect(form.get_by_label(AREA)).to_have_value("")
    expect(form.get_by_label("Catatan")).to_have_value("")
    assert "Rahasia desa" not in form.content()
    assert "2,75" not in form.content()


# Two at once


@JS_AND_NOT
def test_older_form_is_told_who_was_faster_and_keeps_its_text(form, new_context, sign_in, officer):
    other = new_context().new_page()
    sign_in(other, officer)
    other.goto(FORM)
    other.get_by_label(AREA).fill("3,9")
    other.get_by_label("Catatan").fill("Dari kantor")
    press(other, SAVE)
    expect(other.locator(".flash")).to_contain_text("Draf tersimpan")

    form.get_by_label(AREA).fill("3.80 Ha")
    form.get_by_label("Catatan").fill("Dari lapangan")
    press(form, SAVE)
    callout = form.get_by_role("alert").filter(has_text="Data ini baru saja diubah")
    expect(callout).to_contain_text(
        re.compile(
            r"Data ini baru saja diubah oleh Petugas Langensari pada [0-2]\d\.[0-5]\d\sWIB\."
        )
    )
    expect(callout).to_contain_text("Isian Anda masih ada di bawah; bandingkan lalu simpan lagi.")
    expect(callout.locator("tbody tr").first.locator("td")).to_have_text(["3,90 Ha", "3.80 Ha"])
    expect(form.get_by_label(AREA)).to_have_value("3.80 Ha")
    expect(form.get_by_label("Catatan")).to_have_value("Dari lapangan")
    assert str(figure().area_ha) == "3.90"

    press(form, SAVE)
    expect(form.locator(".flash")).to_contain_text("Draf tersimpan")
    assert str(figure().area_ha) == "3.80"
    assert figure().note == "Dari lapangan"


def test_older_form_of_a_figure_submitted_meanwhile_shows_what_was_typed(
    form, new_context, sign_in, officer
):
    other = new_context().new_page()
    sign_in(other, officer)
    other.goto(FORM)
    other.get_by_label(AREA).fill("3,9")
    press(other, SUBMIT)
    expect(other.locator(".flash")).to_contain_text("sudah diajukan")
    form.get_by_label(AREA).fill("3,8")
    form.get_by_label("Catatan").fill("Catatan dari lapangan")
    form.get_by_label("Bukti dukung").set_input_files([photo()])
    press(form, SUBMIT)
    callout = form.get_by_role("alert").first
    expect(callout).to_contain_text("Data ini baru saja diubah oleh Petugas Langensari")
    expect(callout).to_contain_text("Diajukan")
    expect(callout).to_contain_text("3,8")
    expect(callout).to_contain_text("Catatan dari lapangan")
    assert str(figure().area_ha) == "3.90"


@JS_AND_NOT
@pytest.mark.parametrize("files", [[], [photo()]], ids=["bare", "with-photo"])
def test_double_click_submits_once(form, files):
    form.get_by_label(AREA).fill("3,2")
    form.get_by_label("Bukti dukung").set_input_files(files)
    form.get_by_role("button", name=SUBMIT).dblclick()
    expect_submitted(form, "3,20 Ha")
    assert FigureEvent.objects.filter(figure=figure(), kind="submitted").count() == 1
    assert Evidence.objects.filter(figure=figure()).count() == len(files)


@pytest.mark.parametrize("files", [[], [photo()]], ids=["bare", "with-photo"])
@pytest.mark.parametrize("button", [SUBMIT, SAVE])
def test_same_form_sent_twice_counts_once(form, files, button):
    """What a double click on a slow line, or "send again?" after it, comes down to."""
    again = form.context.new_page()
    again.goto(FORM)
    for page in (form, again):
        page.get_by_label(AREA).fill("3,2")
        page.get_by_label("Bukti dukung").set_input_files(files)
    for page in (form, again):
        press(page, button)
        message = "sudah diajukan" if button == SUBMIT else "Draf tersimpan"
        expect(page.locator(".flash")).to_contain_text(message)
    expect(again.get_by_role("alert")).to_have_count(0)
    assert FigureEvent.objects.filter(figure=figure(), kind="submitted").count() <= 1
    assert Evidence.objects.filter(figure=figure()).count() == len(files)


@JS_AND_NOT
def test_back_button_after_submitting_changes_nothing(form):
    form.get_by_label(AREA).fill("3,2")
    press(form, SUBMIT)
    expect_submitted(form, "3,20 Ha")
    form.go_back()
    submit = form.get_by_role("button", name=SUBMIT)
    if submit.count():
        # The browser shows the form as it was: sent again it is told how things stand.
        form.get_by_label(AREA).fill("2,2")
        submit.click()
        expect(form.get_by_role("alert").first).to_contain_text("Data ini baru saja diubah oleh")
        expect(form.get_by_role("alert").first).to_contain_text("2,2")
    else:
        expect(form.locator(".big-number")).to_have_text("3,20 Ha")
    assert str(figure().area_ha) == "3.20"
    assert FigureEvent.objects.filter(figure=figure(), kind="submitted").count() == 1


def test_period_closed_while_typing_says_so_and_shows_what_was_typed(form, page_problems):
    page_problems.allow("status of 404")
    form.get_by_label(AREA).fill("3,2")
    press(form, SAVE)
    expect(form.locator(".flash")).to_contain_text("Draf tersimpan")
    form.get_by_label(AREA).fill("2,9")
    form.get_by_label("Catatan").fill("Sudah panjang lebar ditulis")
    Programme.objects.filter(is_current=True).update(is_closed=True, is_current=False)
    press(form, SUBMIT)
    expect(form.locator("main")).to_contain_text("tidak menerima isian lagi")
    expect(form.locator("main")).to_contain_text("2,9")
    expect(form.locator("main")).to_contain_text("Sudah panjang lebar ditulis")


def test_period_closed_before_the_first_save_says_so(form, page_problems):
    page_problems.allow("status of 404")
    form.get_by_label(AREA).fill("2,9")
    Programme.objects.filter(is_current=True).update(is_closed=True, is_current=False)
    press(form, SUBMIT)
    expect(form.locator("main")).to_contain_text("tidak menerima isian lagi")
    expect(form.locator("main")).to_contain_text("2,9")


# Evidence


@JS_AND_NOT
def test_deleting_evidence_keeps_what_was_typed(form):
    form.get_by_label(AREA).fill("3,2")
    form.get_by_label("Bukti dukung").set_input_files(
        [photo("satu.jpg"), photo("dua.jpg", "#992211")]
    )
    press(form, SAVE)
    expect(form.locator(".thumbs b")).to_have_text(["satu.jpg", "dua.jpg"])
    form.get_by_label(AREA).fill("3,1")
    form.get_by_label("Catatan").fill("Belum tersimpan")
    press(form, "Hapus satu.jpg")
    expect(form.locator(".flash")).to_contain_text("Berkas satu.jpg sudah dihapus.")
    expect(form.locator(".thumbs b")).to_have_text(["dua.jpg"])
    expect(form.get_by_text("Isian Anda belum tersimpan")).to_be_visible()
    expect(form.get_by_text("Sesi Anda berakhir")).to_have_count(0)
    expect(form.get_by_label(AREA)).to_have_value("3,1")
    expect(form.get_by_label("Catatan")).to_have_value("Belum tersimpan")
    press(form, SUBMIT)
    expect_submitted(form, "3,10 Ha")


REFUSED = {
    "IMG_0001.HEIC": "Foto ini berjenis HEIC dan tidak dapat dibuka di sini. Pilih foto JPG.",
    "besar.pdf": "Berkas lebih dari 5 MB. Pilih foto yang lebih kecil.",
    "kosong.jpg": "Berkas kosong. Pilih berkas yang lain.",
    "daftar.txt": "Jenis berkas tidak diterima. Gunakan JPG, PNG, WebP atau PDF.",
}


def choose_good_and_bad(form):
    heic = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 200
    contents = (heic, b"%PDF-" + b" " * 5300000, b"", b"RT 01")
    kinds = ("image/heic", "application/pdf", "image/jpeg", "text/plain")
    bad = [
        {"name": name, "mimeType": kind, "buffer": content}
        for name, kind, content in zip(REFUSED, kinds, contents, strict=True)
    ]
    form.get_by_label("Bukti dukung").set_input_files([photo("baik.jpg"), *bad])


@pytest.mark.parametrize("java_script_enabled", [False], ids=["no-js"])
def test_good_files_stay_when_others_are_refused(form):
    form.get_by_label(AREA).fill("salah")
    choose_good_and_bad(form)
    press(form, SUBMIT)
    for name, sentence in REFUSED.items():
        expect(field_error(form, "Bukti dukung")).to_contain_text(f"{name}: {sentence}")
    expect(form.get_by_role("link", name="Unduh asli baik.jpg")).to_be_visible()
    expect(form.get_by_label(AREA)).to_have_value("salah")
    form.get_by_label(AREA).fill("3,2")
    press(form, SUBMIT)
    expect_submitted(form, "3,20 Ha")
    expect(form.get_by_role("link", name="Unduh asli baik.jpg")).to_be_visible()


def test_files_that_the_server_refuses_are_not_sent(form, assert_accessible):
    sent = []
    form.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    form.get_by_label(AREA).fill("3,2")
    choose_good_and_bad(form)
    press(form, SUBMIT)
    expect(form.get_by_role("alert")).to_have_text(
        f"Belum dikirim. Buang dahulu: {', '.join(REFUSED)}."
    )
    for name, sentence in REFUSED.items():
        expect(form.locator(".files li").filter(has_text=name)).to_contain_text(sentence)
    assert_accessible(form)
    press(form, SAVE)
    expect(form.get_by_role("button", name="Buang IMG_0001.HEIC")).to_be_focused()
    assert sent == []
    # Left and opened again: a refused file is not kept.
    form.reload()
    expect(form.get_by_text("Isian ini belum terkirim, dengan 1 foto.")).to_be_visible()
    press(form, "Pulihkan dulu")
    expect(form.locator(".files strong")).to_have_text(["baik.jpg"])
    press(form, SUBMIT)
    expect_submitted(form, "3,20 Ha")
    assert [evidence.name for evidence in Evidence.objects.filter(figure=figure())] == ["baik.jpg"]


def six_photos():
    colours = ["#110000", "#220000", "#330000", "#440000", "#550000", "#660000"]
    return [photo(f"{number}.jpg", colour) for number, colour in enumerate(colours, 1)]


@JS_AND_NOT
def test_sixth_file_is_refused_and_five_stay(form, request):
    form.get_by_label(AREA).fill("3,2")
    form.get_by_label("Bukti dukung").set_input_files(six_photos())
    press(form, SUBMIT)
    if "no-js" in request.node.name:
        expect(field_error(form, "Bukti dukung")).to_contain_text(
            "Paling banyak 5 berkas; 1 berkas tidak disimpan."
        )
        assert Evidence.objects.filter(figure=figure()).count() == 5
    else:
        sixth = form.locator(".files li").last
        expect(sixth).to_contain_text("Paling banyak 5 berkas. Buang yang tidak perlu.")
        # Any of them may go.
        form.get_by_role("button", name="Buang 1.jpg").click()
        expect(sixth).not_to_contain_text("Paling banyak")
    press(form, SUBMIT)
    expect_submitted(form, "3,20 Ha")
    assert Evidence.objects.filter(figure=figure()).count() == 5


def test_evidence_comes_as_a_download(form):
    form.get_by_label(AREA).fill("3,2")
    form.get_by_label("Bukti dukung").set_input_files([photo("foto RT 02 é.jpg")])
    press(form, SUBMIT)
    with form.expect_download() as download:
        form.get_by_role("link", name="Unduh asli foto RT 02 é.jpg").click()
    assert download.value.suggested_filename == "foto RT 02 é.jpg"


# Long texts


def test_note_as_long_as_the_field_takes_is_accepted(form):
    """Line breaks count once in the browser; the server must not count them twice."""
    note = ("Sebuah catatan yang panjang 🏘️.\n" * 100)[:2000].rstrip("\n").ljust(2000, "x")
    area = form.get_by_label("Catatan")
    form.get_by_label(AREA).fill("3,2")
    area.fill(note[:1990])
    press(form, SUBMIT)
    expect_submitted(form, "3,20 Ha")


# The device remembers


def test_device_offers_what_was_typed_before_a_reload(form):
    form.get_by_label(AREA).press_sequentially("3,2")
    form.get_by_label("Catatan").fill("Baterai hampir habis")
    form.goto("about:blank")
    form.goto(FORM)
    expect(form.get_by_label(AREA)).to_have_value("")
    expect(form.get_by_text("Di perangkat ini ada isian yang belum tersimpan.")).to_be_visible()
    press(form, "Pulihkan ketikan saya")
    expect(form.get_by_label(AREA)).to_have_value("3,2")
    expect(form.get_by_label("Catatan")).to_have_value("Baterai hampir habis")
    expect(form.locator("output.reading")).to_contain_text("= 3,20 Ha")
    press(form, SUBMIT)
    expect_submitted(form, "3,20 Ha")


def test_device_never_offers_what_was_typed_before_a_newer_version(form, officer):
    form.get_by_label(AREA).press_sequentially("3,2")
    form.goto("about:blank")
    baseline = YearlyFigure.objects.get(baseline__village__code=LANGENSARI, year=2018).baseline
    newer = YearlyFigure(baseline=baseline, year=2019, version=0)
    newer.enter(by=officer, version=0, entry=Entry(Decimal("4.00")))
    form.goto(FORM)
    expect(form.get_by_label(AREA)).to_have_value("4,00")
    expect(form.get_by_text("Di perangkat ini ada isian yang belum tersimpan.")).to_have_count(0)
    # Nor later: it is gone from the device.
    assert form.evaluate("Object.keys(localStorage).filter(key => key.includes('draft'))") == []


def test_device_forgets_what_is_saved_and_what_is_thrown_away(form):
    offer = form.get_by_text("Di perangkat ini ada isian yang belum tersimpan.")
    form.get_by_label(AREA).press_sequentially("3,2")
    press(form, SAVE)
    expect(form.locator(".flash")).to_contain_text("Draf tersimpan")
    form.goto(FORM)
    expect(form.get_by_label(AREA)).to_have_value("3,20")
    expect(offer).to_have_count(0)
    form.get_by_label(AREA).fill("9,9")
    form.goto(FORM)
    press(form, "Buang")
    form.goto(FORM)
    expect(form.get_by_label(AREA)).to_have_value("3,20")
    expect(offer).to_have_count(0)


def test_device_draft_is_never_offered_over_a_newer_version(form, officer):
    form.get_by_label(AREA).press_sequentially("3,2")
    baseline = Programme.objects.current().baselines.get(village__code=LANGENSARI)
    newer = YearlyFigure(baseline=baseline, year=2019)
    newer.enter(by=officer, version=0, entry=Entry(Decimal("2.75")))
    for _ in range(2):
        form.goto(FORM)
        expect(form.get_by_label(AREA)).to_have_value("2,75")
        expect(form.get_by_text("isian yang belum tersimpan.")).to_have_count(0)
    assert "3,2" not in form.evaluate("JSON.stringify(localStorage)")


def test_device_forgets_at_sign_out_and_tells_nobody_else(form, sign_in):
    form.get_by_label("Catatan").fill("Rahasia desa")
    assert "Rahasia desa" in form.evaluate("JSON.stringify(localStorage)")
    # Another person of the same village, without a sign-out in between.
    colleague = User.objects.get(username="desa-raharja")
    Programme.objects.current().baselines.get(village__code=LANGENSARI).village.officers.add(
        colleague
    )
    sign_in(form, colleague)
    form.goto(FORM)
    expect(form.get_by_text("isian yang belum tersimpan.")).to_have_count(0)
    form.goto("/akun/")
    sign_out(form)
    assert "Rahasia desa" not in form.evaluate("JSON.stringify(localStorage)")
