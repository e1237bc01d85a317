"""The second step of the sign-in as people meet it: on a phone and at a desk, each page by axe."""

import time
from base64 import b32decode

import pytest
from django_otp.oath import TOTP
from playwright.sync_api import expect

from kotaku.models import AuditEvent
from tests.browser.steps import sign_in_by_form, sign_out
from tests.factories import PASSWORD


@pytest.mark.django_db(transaction=True)
def test_person_sets_it_up_and_signs_in_with_it(screen, admin, assert_accessible, page_problems):
    for status in (422, 429):
        page_problems.allow(f"status of {status}")
    page = screen
    sign_in_by_form(page, admin.username, PASSWORD)
    page.goto("/akun/")
    page.get_by_role("link", name="Verifikasi dua langkah").click()
    assert_accessible(page)
    page.get_by_role("button", name="Aktifkan").click()
    expect(page.get_by_role("alert")).to_contain_text("Tulis kode 6 angka")
    assert_accessible(page)
    totp = TOTP(b32decode(page.locator(".address code").inner_text().replace(" ", "")))
    totp.time = time.time()
    page.get_by_label("Kode dari aplikasi").fill(f"{totp.token():06}")
    page.get_by_label("Kata sandi Anda", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Aktifkan").click()
    expect(page.locator(".codes li")).to_have_count(10)
    assert_accessible(page)
    code = page.locator(".codes code").first.inner_text()
    page.goto("/akun/dua-langkah/")
    assert_accessible(page)

    page.goto("/akun/")
    sign_out(page)
    page.goto("/akun/masuk/?next=/audit/")
    page.get_by_label("Nama pengguna").fill(admin.username)
    page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    expect(page.get_by_role("heading", name="Masukkan kode")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Kode").fill(code)
    page.get_by_role("button", name="Masuk").click()
    expect(page.get_by_role("heading", name="Audit")).to_be_visible()
    expect(page.get_by_text("Kode pemulihan dipakai").last).to_be_visible()
    assert_accessible(page)
    assert AuditEvent.objects.filter(kind="signed_in", actor=admin).count() == 2


@pytest.mark.django_db(transaction=True)
def test_who_is_locked_out_reads_what_to_do(screen, settings, assert_accessible, page_problems):
    page_problems.allow("status of 429")
    settings.SIGN_IN_FAILURES = 1
    screen.goto("/akun/masuk/")
    screen.get_by_label("Nama pengguna").fill("siapa")
    screen.get_by_label("Kata sandi", exact=True).fill("salah")
    screen.get_by_role("button", name="Masuk").click()
    expect(screen.get_by_role("alert")).to_contain_text("Tunggu 15 menit")
    assert_accessible(screen)
