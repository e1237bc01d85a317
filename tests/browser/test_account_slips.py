"""A first password on paper, one by WhatsApp, one by mail: seen by axe, printed, and used on a phone."""

import io
import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from kotaku.models import User
from tests.browser.examiner import Examiner
from tests.browser.steps import press

OWN = "kapal hujan roti 55"


def printed(page) -> list[str]:
    """Return the text of each printed page."""
    paper = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    return [each.extract_text() for each in paper.pages]


@pytest.mark.ignore_template_errors  # Django's own templates use variables that are not there.
@pytest.mark.usefixtures("sample_site")
def test_an_admin_gives_out_passwords_and_a_village_head_comes_in(
    desktop, phone, sign_in, page_problems
):
    # A used link and an empty field say so in their status; axe sets an inline style in Django's admin.
    page_problems.allow("status of 410")
    page_problems.allow("status of 422")
    page_problems.allow("Applying inline style")
    User.objects.filter(role="village_officer").exclude(username="desa-binangun").update(
        is_active=False
    )
    desk, hand = Examiner(desktop), Examiner(phone)
    sign_in(desktop, User.objects.get(username="admin"))

    desktop.goto("/admin/kotaku/user/akun-desa/")
    press(desktop, "Buat 13 akun dan tampilkan slip")
    expect(desktop.locator(".slip")).to_have_count(13)
    desk.look("slips of a period")
    first, second = printed(desktop)
    assert (first.count("Nama pengguna"), second.count("Nama pengguna")) == (8, 5)
    assert "Kembali" not in first

    account = User.objects.get(username="desa-binangun")
    desktop.goto(f"/admin/kotaku/user/{account.pk}/change/")
    desktop.get_by_role("link", name="Kata sandi baru dengan slip").click()
    desk.look("question before a slip")
    press(desktop, "Buat kata sandi baru dan slip")
    expect(desktop.locator(".slip")).to_have_count(1)
    desk.look("slip of an account")
    assert "WhatsApp dengan teks" not in "".join(printed(desktop))
    link = re.search(r"(/akun/sandi/baru/\S+)", desktop.locator("#pesan").input_value())[1]

    phone.goto(link)
    hand.look("new password", dark=True)
    phone.get_by_label("Kata sandi baru", exact=True).fill(OWN)
    phone.get_by_label("Ulangi kata sandi baru").fill(OWN)
    press(phone, "Simpan kata sandi")
    phone.get_by_label("Nama pengguna").fill("desa-binangun")
    phone.get_by_label("Kata sandi", exact=True).fill(OWN)
    press(phone, "Masuk")
    expect(phone.get_by_role("link", name="Isian").first).to_be_attached()
    hand.open(link, dark=True)
    hand.open("/akun/sandi/lupa/", dark=True)
    press(phone, "Kirim tautan")
    hand.look("no name typed", dark=True)
    phone.get_by_label("Nama pengguna atau alamat email").fill("tidak-ada")
    press(phone, "Kirim tautan")
    expect(phone.get_by_role("heading", name="Periksa email Anda")).to_be_visible()
    hand.look("mail is on its way", dark=True)
    desk.open("/admin/kotaku/user/akun-desa/")
    desk.open("/admin/kotaku/contact/")
    desk.found |= hand.found
    desk.verdict()
