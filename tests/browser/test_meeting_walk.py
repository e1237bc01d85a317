"""A meeting from a copy to a follow-up that is confirmed and printed in the matrix."""

import io
import re

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from meetings.models import FollowUp, Meeting
from tests.browser.steps import error_summary, photo, sign_in_by_form

TITLE = "Rakor bulan ini"


@pytest.mark.parametrize("java_script_enabled", [True, False], ids=["js", "no-js"])
def test_meeting_goes_from_a_copy_to_a_confirmed_follow_up(sample_site, new_visitor, page_problems):
    # An answer that shows errors has a status that says so.
    page_problems.allow("status of 422")
    bappeda = new_visitor()
    sign_in_by_form(bappeda, "bappeda")
    plan_from_a_copy_with_one_mistake(bappeda)
    invite(bappeda)
    tick_attendance(bappeda)
    take_notes(bappeda)
    decide_with_two_follow_ups(bappeda)
    look_at_the_papers(bappeda)
    finish_and_hand_in(bappeda)
    chair = new_visitor()
    approve(chair)
    extend(bappeda)
    publish(bappeda)
    read_as_the_public(new_visitor())
    officer = new_visitor()
    report_done(officer)
    confirm(bappeda)
    print_the_matrix(bappeda)


def plan_from_a_copy_with_one_mistake(page):
    page.goto("/rakor/")
    page.get_by_role("link", name="Rakor triwulan (contoh)").click()
    page.get_by_role("link", name="Salin menjadi rapat baru").click()
    expect(page.get_by_text("Disalin dari “Rakor triwulan (contoh)”")).to_be_visible()
    page.get_by_label("Nama rapat").fill(TITLE)
    page.get_by_role("checkbox", name="Contoh: melengkapi foto drainase").check()
    page.get_by_role("button", name="Tambahkan yang dicentang").click()
    rows = page.locator("[data-kotaku-rows=acara] > [data-kotaku-row]")
    expect(rows).to_have_count(4)
    # Whoever sends a row button goes on where it stood, not at the top of a long page.
    expect(page.get_by_role("heading", name="Susunan acara")).to_be_in_viewport()
    page.get_by_role("button", name="Tambah acara").click()
    expect(rows).to_have_count(5)
    page.get_by_role("button", name="Simpan rapat").last.click()

    expect(error_summary(page)).to_contain_text("Pilih tanggal rapat.")
    expect(error_summary(page)).to_contain_text("Tulis acaranya, atau hapus baris ini.")
    expect(page.get_by_label("Nama rapat")).to_have_value(TITLE)
    page.get_by_label("Hari/tanggal").fill(timezone.localdate().isoformat())
    page.get_by_role("button", name="Hapus acara 5").click()
    expect(rows).to_have_count(4)
    page.get_by_role("button", name="Naikkan acara 4").click()
    expect(rows.nth(2).get_by_label("Acara", exact=True)).to_have_value(
        "Tindak lanjut: Contoh: melengkapi foto drainase RT 03."
    )
    people = page.locator("[data-kotaku-rows=peserta] > [data-kotaku-row]")
    expect(people).to_have_count(14)
    page.get_by_role("button", name="Hapus peserta 14").click()
    expect(people).to_have_count(13)
    page.get_by_role("button", name="Semua kepala desa dan lurah periode ini").click()
    expect(people).to_have_count(14)
    people.first.locator("summary").click()
    people.first.get_by_label("Email").fill("balokang@contoh.id")
    page.get_by_role("button", name="Simpan rapat").last.click()
    expect(page.get_by_role("status").first).to_contain_text("Rapat tersimpan.")
    agenda = page.locator(".agenda__item")
    expect(agenda).to_have_count(4)
    expect(agenda.nth(2)).to_contain_text("melengkapi foto drainase")


def invite(page):
    page.get_by_role("button", name="Jadwalkan").click()
    expect(page.get_by_role("status").first).to_contain_text("Rapat terjadwal.")
    page.get_by_role("button", name="Kirim undangan lewat email").click()
    expect(page.get_by_role("status").first).to_contain_text("Undangan terkirim kepada 13 peserta.")
    assert ["balokang@contoh.id"] in [message.to for message in mail.outbox]


def tick_attendance(page):
    page.get_by_role("link", name="Catat kehadiran").click()
    page.get_by_role("checkbox", name="Petugas Balokang").check()
    page.get_by_role("checkbox", name="Petugas Langensari").check()
    page.get_by_role("button", name="Simpan kehadiran").last.click()
    expect(page.get_by_role("status").first).to_contain_text("Kehadiran tersimpan.")
    expect(page.locator(".head")).to_contain_text("2 dari 14 hadir")
    page.get_by_role("link", name="Kembali ke rapat").click()


def take_notes(page):
    page.get_by_role("link", name="Tulis notulen").click()
    page.get_by_label("Pembukaan").first.fill("Dibuka oleh Kepala Bidang.")
    page.get_by_label("Catatan pembahasan").nth(1).fill("Drainase tersumbat di tiga RT.")
    page.get_by_role("button", name="Tambah keputusan untuk acara Kemajuan").click()


def decide_with_two_follow_ups(page):
    expect(page.get_by_role("heading", level=1)).to_have_text("Tambah keputusan")
    page.get_by_label("Keputusan", exact=True).fill("Saluran dibersihkan bulan ini.")
    page.get_by_role("checkbox", name="Desa Langensari").check()
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_label("Catatan pembahasan").nth(1)).to_have_value(
        "Drainase tersumbat di tiga RT."
    )
    owner = "Penanggung jawab: desa/kelurahan"
    for what, village, due in (
        ("Bersihkan saluran RT 01.", "Desa Langensari", "2016-01-01"),
        ("Periksa saluran RT 02.", "Desa Balokang", "2099-12-31"),
    ):
        page.get_by_role("button", name="Tambah tindak lanjut untuk keputusan Saluran").click()
        page.get_by_label("Yang dikerjakan").fill(what)
        page.get_by_label(owner).select_option(label=village)
        page.get_by_label("Batas waktu").fill(due)
        page.get_by_role("button", name="Simpan").click()
        if due < "2020":
            expect(error_summary(page)).to_contain_text("Batas waktu tidak boleh sebelum rapat")
            expect(page.get_by_label("Yang dikerjakan")).to_have_value(what)
            page.get_by_label("Batas waktu").fill("2099-11-30")
            page.get_by_role("button", name="Simpan").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Notulen")
    page.get_by_role("link", name="Kembali ke rapat").click()
    expect(page.locator(".decision-line .task")).to_have_count(2)


def look_at_the_papers(page):
    for paper, words in (
        ("Cetak undangan", "Kami mengundang Bapak/Ibu"),
        ("Cetak daftar hadir", "Tanda tangan"),
        ("Cetak notulen", "Saluran dibersihkan bulan ini."),
    ):
        page.get_by_role("link", name=paper).click()
        expect(page.get_by_text(words).first).to_be_visible()
        page.get_by_role("link", name="Kembali ke rapat").click()


def finish_and_hand_in(page):
    page.get_by_role("button", name="Tandai selesai").click()
    page.get_by_role("button", name="Ajukan notulen").click()
    expect(page.get_by_role("status").first).to_contain_text("Notulen diajukan")
    expect(page.get_by_role("button", name="Sahkan notulen")).to_have_count(0)


def approve(page):
    sign_in_by_form(page, "bappeda2")
    page.get_by_role("link", name=f"Notulen {TITLE} menunggu pengesahan Anda").click()
    page.get_by_role("button", name="Sahkan notulen").click()
    expect(page.get_by_role("status").first).to_contain_text("Notulen disahkan.")


def extend(page):
    task = FollowUp.objects.get(what="Bersihkan saluran RT 01.")
    page.goto(f"/tindak-lanjut/{task.pk}/")
    page.get_by_role("link", name="Ubah penanggung jawab atau batas waktu").click()
    page.get_by_label("Batas waktu").fill("2099-12-15")
    page.get_by_role("button", name="Simpan").click()
    expect(error_summary(page)).to_contain_text("Tulis alasan perubahannya.")
    page.get_by_label("Alasan perubahan").fill("Menunggu air surut.")
    page.get_by_role("button", name="Simpan").click()
    expect(page.locator(".history")).to_contain_text("Menunggu air surut.")
    expect(page.get_by_text("batas 15 Desember 2099")).to_be_visible()


def publish(page):
    page.goto(f"/rakor/{Meeting.objects.get(title=TITLE).pk}/")
    page.get_by_role("link", name="Tulis berita").click()
    expect(page.get_by_label("Isi", exact=True)).to_have_value(
        re.compile("- Saluran dibersihkan bulan ini.")
    )
    page.get_by_role("button", name="Simpan dan lihat pratinjau").click()
    expect(page.get_by_text("Hanya Bappeda yang melihat halaman ini.")).to_be_visible()
    page.get_by_role("button", name="Terbitkan").click()
    expect(page.get_by_role("status").first).to_contain_text("Berita terbit")


def read_as_the_public(page):
    page.goto("/")
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.get_by_role("listitem").filter(has_text="Saluran dibersihkan")).to_be_visible()
    expect(page.get_by_text("Drainase tersumbat")).to_have_count(0)
    expect(page.get_by_role("link", name="Ubah")).to_have_count(0)


def report_done(page):
    sign_in_by_form(page, "desa-langensari")
    page.goto("/")
    page.get_by_role("link", name="Tindak lanjut: Bersihkan saluran RT 01.").click()
    page.get_by_label("Apa yang sudah dikerjakan?").fill("Saluran bersih.")
    page.get_by_label("Bukti").set_input_files(photo("saluran.jpg"))
    page.get_by_role("button", name="Laporkan selesai").click()
    expect(page.get_by_role("status").first).to_contain_text("Bappeda akan mengonfirmasi.")


def confirm(page):
    page.goto("/")
    page.get_by_role("link", name="1 tindak lanjut menunggu konfirmasi").click()
    page.get_by_role("link", name="Bersihkan saluran RT 01.").click()
    expect(page.locator(".history")).to_contain_text("Saluran bersih.")
    expect(page.get_by_text("saluran.jpg").first).to_be_visible()
    page.get_by_role("button", name="Konfirmasi selesai").click()
    expect(page.get_by_role("status").first).to_contain_text("Penyelesaian dikonfirmasi.")
    task = FollowUp.objects.get(what="Bersihkan saluran RT 01.")
    assert (task.state, task.completed_by.username, task.confirmed_by.username) == (
        "done",
        "desa-langensari",
        "bappeda",
    )


def print_the_matrix(page):
    page.goto("/tindak-lanjut/")
    page.get_by_role("link", name="Sebagai matriks untuk laporan").click()
    page.goto(f"{page.url}?cari=saluran+RT+01")
    expect(page.get_by_role("heading", name="1 tindak lanjut")).to_be_visible()
    page.get_by_role("link", name="Cetak dengan kop").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Matriks tindak lanjut")
    (sheet,) = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert sheet.mediabox.width > sheet.mediabox.height
    printed = " ".join(sheet.extract_text().split())
    for words in (
        TITLE,
        "Saluran dibersihkan bulan ini.",
        "Desa Langensari",
        "15 Desember 2099",
        "Selesai",
    ):
        assert words in printed, words
