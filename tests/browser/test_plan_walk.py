"""From a decision to a planned activity and the class that it promises; phones and desks, also without JavaScript."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from areas.models import Activity, Assessment
from kotaku.models import User
from meetings.models import FollowUp
from tests.browser.steps import error_summary, field_error, photo, press

VILLAGE = "32.79.04.2001"  # Langensari: RT 001 is slum (24, 4,05 Ha) since 2018
NEXT_YEAR = timezone.localdate().year + 1

pytestmark = pytest.mark.usefixtures("sample_site")


@pytest.fixture(autouse=True)
def expected_problems(page_problems):
    """Errors and conflicts are answered with a status that says so."""
    page_problems.allow("status of 422")
    page_problems.allow("status of 409")


def user(name):
    return User.objects.get(username=name)


def name_criterion(page, row, criterion, volume):
    block = page.get_by_role("group", name=f"Perbaikan {row}", exact=True)
    block.get_by_label("RT", exact=True).select_option(label="RT 001/RW 001")
    block.get_by_label("Kriteria").select_option(value=criterion)
    block.get_by_label("Volume").fill(volume)


@pytest.mark.parametrize("java_script_enabled", [True, False], ids=["js", "no-js"])
def test_a_follow_up_becomes_an_activity_and_the_expected_class_changes(sign_in, new_visitor):
    Activity.objects.filter(village__code=VILLAGE).exclude(status="done").update(status="cancelled")
    page = new_visitor()
    sign_in(page, user("desa-langensari"))
    task = FollowUp.objects.get(village__code=VILLAGE)
    page.goto(f"/desa/{VILLAGE}/")
    expect(page.locator("main")).not_to_contain_text("Bila rencana terlaksana,")
    page.goto(f"/tindak-lanjut/{task.pk}/")
    page.get_by_role("link", name="Rencanakan atau hubungkan kegiatan").click()
    page.get_by_role("link", name="Rencanakan kegiatan baru").click()
    expect(page.locator(".callout").first).to_contain_text("berasal dari tindak lanjut")
    page.get_by_label("Aspek").select_option("6")
    page.get_by_label("Kegiatan", exact=True).fill("Tempat sampah dan drainase RT 001")
    page.get_by_label("Tahun").fill(str(NEXT_YEAR))
    page.get_by_label("Volume", exact=True).fill("96")
    page.get_by_label("Pelaku").fill("BKM")
    page.get_by_label("Dana Desa/APBDes").fill("150 juta")
    press(page, "Simpan kegiatan")
    expect(error_summary(page)).to_contain_text("Tulis satuan volumenya, misalnya m.")
    expect(field_error(page, "Dana Desa/APBDes")).to_contain_text("Tulis jumlah rupiah tanpa sen")
    expect(page.get_by_label("Pelaku")).to_have_value("BKM")
    page.get_by_label("Satuan").fill("KK")
    page.get_by_label("Dana Desa/APBDes").fill("150.000.000")
    press(page, "Simpan kegiatan")
    expect(page.locator(".flash")).to_contain_text("Kegiatan tersimpan.")
    expect(page.locator("main")).to_contain_text("Rp 150.000.000".removeprefix("Rp "))

    page.get_by_role("link", name="Kriteria yang diperbaiki").click()
    for row, (criterion, volume) in enumerate([("6a", "96"), ("6b", "96"), ("7a", "84")], start=1):
        name_criterion(page, row, criterion, volume)
    press(page, "Simpan kriteria")
    assessed = Assessment.objects.get(
        neighbourhood__village__code=VILLAGE, neighbourhood__rt=1, year=2018
    )
    expect(page.locator("main")).to_contain_text(f"nilai {assessed.total} (2018) → Tidak kumuh")

    page.goto(f"/desa/{VILLAGE}/?rencana=1")
    expect(page.locator("main")).to_contain_text("Bila rencana terlaksana, 1 RT tidak kumuh lagi")
    expect(page.locator(".chart-plan").locator("visible=true")).to_have_count(1)
    expect(page.locator(".chart-note", has_text="Bila rencana terlaksana")).to_contain_text(
        f"0,00 Ha pada akhir {NEXT_YEAR}"
    )

    page.get_by_role("link", name="Tempat sampah dan drainase RT 001").first.click()
    page.get_by_role("link", name="Perbarui kemajuan").click()
    page.get_by_label("Keadaan").select_option("done")
    page.get_by_label("Kemajuan fisik").fill("100")
    page.get_by_label("Dana Desa/APBDes").fill("149.500.000")
    press(page, "Simpan kemajuan")
    expect(page.locator("main")).to_contain_text("Kemajuan keuangan")
    expect(page.locator("main")).to_contain_text("99,7")
    page.get_by_label("Keadaan").select_option("100")
    page.locator("input[type=file]").set_input_files(photo())
    press(page, "Tambah foto")
    expect(page.locator(".thumbs img")).to_have_count(1)

    page.goto(f"/tindak-lanjut/{task.pk}/")
    expect(page.locator("main")).to_contain_text("Tempat sampah dan drainase RT 001")


def test_typed_plan_survives_a_dead_battery_and_is_forgotten_once_saved(phone, sign_in):
    sign_in(phone, user("desa-langensari"))
    phone.goto("/rencana/baru/")
    phone.get_by_label("Kegiatan", exact=True).fill("Sumur bor RT 004")
    phone.goto("/rencana/baru/")
    press(phone, "Pulihkan ketikan saya")
    expect(phone.get_by_label("Kegiatan", exact=True)).to_have_value("Sumur bor RT 004")
    phone.get_by_label("Aspek").select_option("3")
    phone.get_by_label("Pelaku").fill("BKM")
    phone.get_by_label("Volumenya belum diketahui").check()
    phone.get_by_label("Biayanya belum diketahui").check()
    press(phone, "Simpan kegiatan")
    expect(phone.locator(".flash")).to_contain_text("Kegiatan tersimpan.")
    phone.goto("/rencana/baru/")
    expect(phone.get_by_role("button", name="Pulihkan ketikan saya")).to_have_count(0)
