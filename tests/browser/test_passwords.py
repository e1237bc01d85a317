"""Passwords on a phone: what was typed can be looked at, and goes out as a password."""

import pytest
from playwright.sync_api import expect

from tests.factories import PASSWORD, UserFactory


@pytest.fixture(autouse=True)
def account(transactional_db):
    """Somebody who can sign in."""
    UserFactory(username="petugas", officer=True)


def test_what_was_typed_can_be_looked_at(phone):
    phone.goto("/akun/masuk/")
    password = phone.get_by_label("Kata sandi", exact=True)
    password.fill(PASSWORD)
    expect(password).to_have_attribute("type", "password")
    box = phone.get_by_label("Tampilkan kata sandi")
    box.check()
    expect(password).to_have_attribute("type", "text")
    expect(password).to_have_value(PASSWORD)
    box.uncheck()
    expect(password).to_have_attribute("type", "password")
    box.check()
    phone.get_by_label("Nama pengguna").fill("petugas")
    phone.get_by_role("button", name="Masuk").click()
    expect(phone.get_by_role("heading", name="Masuk", exact=True)).to_have_count(0)


def test_one_box_shows_all_passwords_of_a_form(phone):
    phone.goto("/akun/masuk/?next=/akun/sandi/")
    phone.get_by_label("Nama pengguna").fill("petugas")
    phone.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    phone.get_by_role("button", name="Masuk").click()
    expect(phone.get_by_role("heading", name="Ganti kata sandi")).to_be_visible()
    phone.get_by_label("Tampilkan kata sandi").check()
    assert phone.locator('form input[type="password"]').count() == 0
    phone.get_by_label("Tampilkan kata sandi").uncheck()
    assert phone.locator('form input[type="password"]').count() == 3
