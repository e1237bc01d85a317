"""An invitation from a pasted list of 120: sent, answered without an account, changed, sent again."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from meetings.models import Meeting
from tests.browser.steps import error_summary, sign_in_by_form

TITLE, INVITED = "Rakor warga", 120
REPLY = re.compile(r"https?://[^/\s]+(/undangan/\S+)")


@pytest.mark.parametrize(
    ("new_visitor", "java_script_enabled"),
    [("phone", False), ("desktop", True)],
    indirect=["new_visitor"],
    ids=["phone-no-js", "desktop-js"],
)
def test_many_are_invited_answer_and_hear_of_a_change(sample_site, new_visitor, page_problems):
    # An answer that shows errors has a status that says so.
    page_problems.allow("status of 422")
    bappeda = new_visitor()
    sign_in_by_form(bappeda, "bappeda")
    plan(bappeda)
    paste(bappeda)
    invite(bappeda)
    answer(new_visitor)
    change_the_place(bappeda)


def plan(page):
    page.goto("/rakor/baru/")
    page.get_by_label("Nama rapat").fill(TITLE)
    page.get_by_label("Hari/tanggal").first.fill(
        (timezone.localdate() + timedelta(days=9)).isoformat()
    )
    page.get_by_label("Tempat", exact=True).fill("Aula Bappeda")
    page.get_by_role("button", name="Simpan rapat").last.click()
    expect(page.get_by_role("status").first).to_contain_text("Rapat tersimpan.")


def paste(page):
    page.get_by_role("link", name="Tempel").first.click()
    rows = [f"Warga {n}\tRW {n:02}\tw{n}@contoh.id" for n in range(INVITED)]
    page.get_by_label("Tempel daftar").fill("\n".join(["Nama\tInstansi\tEmail", *rows]))
    page.get_by_role("button", name="Periksa daftar").click()
    page.get_by_role("button", name=f"Tambahkan {INVITED} peserta baru").click()
    expect(page.get_by_role("status").first).to_contain_text(f"{INVITED} peserta")


def invite(page):
    page.goto(f"/rakor/{Meeting.objects.get(title=TITLE).pk}/")
    page.get_by_role("button", name="Jadwalkan").click()
    page.get_by_role("button", name="Kirim undangan lewat email").click()
    send_all(page, "Undangan terkirim kepada")
    told = [address for message in mail.outbox for address in message.to]
    assert len(told) == len(set(told)) == INVITED


def send_all(page, words):
    """Go on until all mail is out: a click sends as much as its time allows."""
    expect(page.get_by_role("status").first).to_contain_text(words)
    more = page.get_by_role("button", name="Lanjutkan pengiriman")
    while more.count():
        more.click()
        expect(page.get_by_role("status").first).to_contain_text("terkirim")


def answer(new_visitor):
    """Three of the invited answer by the link in their mail, without an account."""
    meeting = Meeting.objects.get(title=TITLE)
    for person, choice in zip(
        meeting.participants.filter(name__startswith="Warga ").order_by("pk")[:3],
        ("Hadir", "Diwakili", "Berhalangan"),
        strict=True,
    ):
        page = new_visitor()
        page.goto(link_of(person.email))
        expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
        expect(page.get_by_text(person.name)).to_have_count(0)
        page.get_by_role("radio", name=choice).check()
        if choice == "Diwakili":
            page.get_by_role("button", name="Kirim jawaban").click()
            expect(error_summary(page)).to_contain_text("Tulis nama orang yang mewakili")
            page.get_by_label("Diwakili oleh").fill("Ibu Wakil")
        page.get_by_role("button", name="Kirim jawaban").click()
        expect(page.get_by_role("status").first).to_contain_text("jawaban dapat diubah")
        page.context.close()


def link_of(address):
    (message,) = [each for each in mail.outbox if each.to == [address]]
    return REPLY.search(message.body)[1]


def change_the_place(page):
    page.goto(f"/rakor/{Meeting.objects.get(title=TITLE).pk}/")
    expect(
        page.get_by_text("1 hadir, 1 diwakili, 1 berhalangan, 117 belum menjawab")
    ).to_be_visible()
    page.get_by_role("link", name="Ubah rapat, acara, dan peserta").click()
    page.get_by_label("Tempat", exact=True).fill("Aula Kelurahan")
    page.get_by_role("button", name="Simpan rapat").last.click()
    mail.outbox.clear()
    page.get_by_role("button", name="Kirim undangan yang diperbarui").click()
    send_all(page, "terkirim kepada")
    assert len(mail.outbox) == INVITED
    assert all("→ Aula Kelurahan" in message.body for message in mail.outbox)
