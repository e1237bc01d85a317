"""Passing a page on from a phone: its own way of sharing, else a copy of the link, else WhatsApp."""

import pytest
from playwright.sync_api import expect

SHARES = """
navigator.share = (content) => { window.shared = content; return Promise.resolve(); };
"""
COPIES = """
delete Navigator.prototype.share;
Object.defineProperty(navigator, "clipboard", {
  value: { writeText: (text) => { window.copied = text; return Promise.resolve(); } },
});
"""


@pytest.mark.usefixtures("sample_site")
def test_a_phone_shares_in_its_own_way(phone):
    phone.add_init_script(SHARES)
    phone.goto("/")
    phone.get_by_role("button", name="Bagikan halaman ini").click()
    shared = phone.evaluate("window.shared")
    assert shared["title"].startswith("Data contoh: Luas kumuh Kota Banjar tinggal")
    assert shared["url"].endswith("/")


@pytest.mark.usefixtures("sample_site")
def test_without_a_way_of_its_own_the_link_is_copied(phone):
    phone.add_init_script(COPIES)
    phone.goto("/?periode=sejak-2022&urut=nama")
    phone.get_by_role("button", name="Salin tautan halaman ini").click()
    expect(phone.get_by_text("Tautan disalin.")).to_be_visible()
    assert phone.evaluate("window.copied").endswith("/?periode=sejak-2022")


@pytest.mark.usefixtures("sample_site")
@pytest.mark.parametrize("java_script_enabled", [False], ids=["no-js"])
def test_whatsapp_works_without_a_script(phone):
    phone.goto("/")
    link = phone.get_by_role("link", name="Bagikan lewat WhatsApp")
    expect(link).to_be_visible()
    assert link.get_attribute("href").startswith("https://wa.me/?text=Data%20contoh")
    expect(phone.get_by_role("button", name="Salin tautan")).to_have_count(0)
