"""The main job from end to end: entry, return, second try, verification, chart."""

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from areas.models import YearlyFigure
from kotaku.formats import format_hectares, format_hectares_unit, format_percent
from tests.browser.steps import (
    BASELINE_HA,
    error_summary,
    field_error,
    photo,
    sign_in_by_form,
    verified_total_2019,
)

AREA = "Sisa luas kumuh pada akhir 2019"
RETURN_REASON = "Foto belum menunjukkan RT 02.\nPeriksa lagi luasnya."


@pytest.mark.parametrize("java_script_enabled", [True, False], ids=["js", "no-js"])
def test_figure_goes_from_the_village_to_the_chart(sample_site, new_visitor, page_problems):
    # An answer that shows errors or a conflict has a status that says so.
    page_problems.allow("status of 422")
    officer, reviewer = new_visitor(), new_visitor()

    enter_with_one_mistake(officer)
    return_with_one_mistake(reviewer)
    correct_and_submit_again(officer)
    verify_and_go_on(reviewer)
    see_the_result(new_visitor())

    figure = YearlyFigure.objects.get(baseline__village__name="Langensari", year=2019)
    kinds = list(figure.events.values_list("kind", flat=True))
    # The file is kept with the draft that has its number.
    first = ["entered", "evidence_added", "submitted", "returned"]
    assert kinds == [*first, "entered", "submitted", "verified"]
    assert figure.entered_by.username == "desa-langensari"
    assert figure.verified_by.username == "bappeda"


def enter_with_one_mistake(page):
    page.goto("/isian/")
    sign_in_by_form(page, "desa-langensari")
    expect(page.get_by_role("heading", level=1)).to_have_text("Isian luas kumuh")
    page.locator(".year-lines a", has_text="2019").click()
    expect(page.locator(".compare")).to_contain_text("8,90 Ha")
    expect(page.locator(".compare")).to_contain_text("4,05 Ha")

    page.get_by_label(AREA).fill("tiga koma dua")
    page.get_by_label("Catatan").fill("Perbaikan jalan lingkungan di RT 02.")
    page.get_by_role("button", name="Ajukan untuk verifikasi").click()
    sentence = "Tulis luas dalam hektare, misalnya 12,50."
    expect(field_error(page, AREA)).to_have_text(sentence)
    expect(error_summary(page)).to_contain_text(sentence)
    expect(page.get_by_label(AREA)).to_have_value("tiga koma dua")
    expect(page.get_by_label("Catatan")).to_have_value("Perbaikan jalan lingkungan di RT 02.")
    expect(page).to_have_title("Perlu diperbaiki: Isian 2019 Desa Langensari · KOTAKU Banjar")

    error_summary(page).get_by_role("link", name=sentence).click()
    expect(page.get_by_label(AREA)).to_be_in_viewport()
    page.get_by_label(AREA).fill(" 3.2 Ha")
    page.get_by_label("Bukti dukung").set_input_files([photo("RT 02 sesudah.jpg")])
    page.get_by_role("button", name="Ajukan untuk verifikasi").click()
    expect(page.get_by_role("status").first).to_contain_text(
        "Luas kumuh Desa Langensari tahun 2019 sudah diajukan."
    )
    expect(page.locator(".big-number")).to_have_text("3,20 Ha")
    expect(page.get_by_role("link", name="Unduh asli RT 02 sesudah.jpg")).to_be_visible()
    expect(page.get_by_role("button", name="Ajukan untuk verifikasi")).to_have_count(0)
    expect(page.locator("[aria-current=step]")).to_have_text("Diperiksa Bappeda")


def return_with_one_mistake(page):
    sign_in_by_form(page, "bappeda")
    page.get_by_role("link", name="4 isian menunggu verifikasi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("4 isian menunggu verifikasi")
    row = page.locator(".queue__row").last
    expect(row).to_contain_text("Desa Langensari, 2019")
    expect(row).to_contain_text("4,05 Ha → 3,20 Ha")
    expect(row).to_contain_text("berkurang 0,85 Ha (21,0 %)")
    expect(row).to_contain_text("Tidak ada tanda khusus")
    row.get_by_role("link").click()

    numbers = page.locator(".versus")
    expect(numbers).to_contain_text("Baseline 2016 8,90 Ha", use_inner_text=True)
    expect(numbers).to_contain_text("Sebelumnya (2018) 4,05 Ha", use_inner_text=True)
    expect(numbers).to_contain_text("Diajukan 2019 3,20 Ha", use_inner_text=True)
    expect(page.get_by_role("link", name="Unduh asli RT 02 sesudah.jpg")).to_be_visible()

    page.get_by_role("button", name="Kembalikan").click()
    sentence = "Tulis alasan pengembalian, supaya jelas apa yang harus diperbaiki."
    expect(field_error(page, "Alasan pengembalian")).to_have_text(sentence)
    expect(error_summary(page)).to_contain_text(sentence)

    page.get_by_label("Alasan pengembalian").fill(RETURN_REASON)
    page.get_by_role("button", name="Kembalikan").click()
    expect(page.get_by_role("status").first).to_contain_text(
        "Desa Langensari, 2019: dikembalikan ke desa/kelurahan."
    )
    # Nothing was submitted after it, so the oldest that waits is next.
    expect(page).to_have_title("Verifikasi Desa Balokang 2019 · KOTAKU Banjar")


def correct_and_submit_again(page):
    page.goto("/")
    work = page.get_by_role("region", name="Pekerjaan saya")
    expect(work.get_by_role("link").first).to_have_text(
        "Isian Desa Langensari tahun 2019 dikembalikan, perlu diperbaiki"
    )
    page.goto("/isian/")
    callout = page.locator(".card .callout--brick").first
    expect(callout).to_contain_text("Isian 2019 dikembalikan — perlu diperbaiki")
    expect(callout).to_contain_text("Foto belum menunjukkan RT 02.")
    # On top: nothing of the card but its name stands above.
    top = page.locator(".card > *").nth(1)
    expect(top).to_have_class("callout callout--brick")
    callout.get_by_role("link", name="Perbaiki isian 2019").click()

    expect(page.locator(".callout--bad")).to_contain_text("Periksa lagi luasnya.")
    expect(page.locator(".callout--bad")).to_contain_text("Petugas Bappeda")
    expect(page.get_by_label(AREA)).to_have_value("3,20")
    expect(page.get_by_role("link", name="Unduh asli RT 02 sesudah.jpg")).to_be_visible()
    page.get_by_label(AREA).fill("3,45")
    page.get_by_role("button", name="Ajukan untuk verifikasi").click()
    expect(page.locator(".big-number")).to_have_text("3,45 Ha")
    expect(page.locator(".history")).to_contain_text("Foto belum menunjukkan RT 02.")
    page.goto("/isian/")
    expect(page.locator(".callout--brick")).to_have_count(0)


def verify_and_go_on(page):
    page.goto("/verifikasi/")
    page.locator(".queue__row").last.get_by_role("link").click()
    expect(page.locator(".versus__new")).to_contain_text("3,45 Ha")
    # Every round is there.
    expect(page.locator(".history")).to_contain_text("Foto belum menunjukkan RT 02.")
    page.get_by_role("button", name="Verifikasi").click()
    expect(page.get_by_role("status").first).to_contain_text(
        "Desa Langensari, 2019: terverifikasi."
    )
    expect(page).to_have_title("Verifikasi Desa Balokang 2019 · KOTAKU Banjar")
    page.goto("/verifikasi/")
    expect(page.get_by_role("heading", level=1)).to_have_text("3 isian menunggu verifikasi")


def see_the_result(page):
    remaining = verified_total_2019(desa_langensari=Decimal("3.45"))
    reduced = BASELINE_HA - remaining
    percent = format_percent(reduced * 100 / BASELINE_HA)
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        f"Luas kumuh Kota Banjar tinggal {format_hectares_unit(remaining)} "
        f"dari {format_hectares_unit(BASELINE_HA)}, berkurang {percent}"
    )
    expect(page.locator(".basis")).to_contain_text(
        "8 dari 14 desa/kelurahan terverifikasi; 6 memakai angka terakhir."
    )
    page.locator(".chart-table summary").click()
    expect(page.locator(".chart-table tr", has_text="2019").locator("th, td")).to_have_text(
        ["2019", format_hectares(remaining), "0,00", percent, "8 dari 14"]
    )
    expect(page.locator(".chart-table tr", has_text="2016").locator("th, td")).to_have_text(
        ["2016", "187,95", "187,95", "–", "baseline"]
    )
    expect(page.get_by_text("Data contoh.", exact=True)).to_be_visible()

    page.locator("table.villages").get_by_role("row", name="Desa Langensari").get_by_role(
        "link"
    ).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(
        "Luas kumuh Desa Langensari tinggal 3,45 Ha dari 8,90 Ha, berkurang 61,2 %"
    )
    row = page.locator(".year-row", has_text="2019").first
    expect(row).to_contain_text("3,45 Ha")
    expect(row).to_contain_text("berkurang 0,60 Ha")
    expect(row).to_contain_text("Terverifikasi")
    # What was said on the way is not the public's.
    expect(page.get_by_text("RT 02")).to_have_count(0)
