"""From two assessed RTs to the village's figure and the chart; on phones and at desks, also without JavaScript."""

import pytest
from playwright.sync_api import expect

from areas.models import Assessment, YearlyFigure
from areas.rules.criteria import CURRENT
from kotaku.models import User
from tests.browser.steps import error_summary, field_error, press

VILLAGE, YEAR = "32.79.04.2006", 2019  # a sample village with 2018 verified and 2019 missing
LIST = f"/desa/{VILLAGE}/penilaian/?tahun={YEAR}&contoh=1"
GROUND = {
    "Penilai": "BKM",
    "Luas RT (Ha)": "2,66",
    "Jumlah bangunan (unit)": "33",
    "Jumlah penduduk (jiwa)": "168",
    "Jumlah kepala keluarga (KK)": "42",
    "Panjang jalan ideal (m)": "400",
    "Panjang drainase ideal (m)": "0",
}
# The published form of Wungu (domain.md): 24, kumuh ringan; and one where nothing is wrong.
WUNGU = ["0", "0", "0", "100", "300", "1", "0", "0", "0", "0", "7", "7", "42", "42", "33", "33"]
GOOD = ["0"] * 16

pytestmark = pytest.mark.usefixtures("sample_site")


@pytest.fixture(autouse=True)
def expected_problems(page_problems):
    """Errors and conflicts are answered with a status that says so."""
    page_problems.allow("status of 422")
    page_problems.allow("status of 409")


def user(name):
    return User.objects.get(username=name)


def officer():
    return User.objects.filter(villages__code=VILLAGE).get()


def add_rt(page, number):
    page.goto(LIST)
    page.get_by_label("RT", exact=True).fill(str(number))
    page.get_by_label("RW", exact=True).fill("1")
    press(page, "Tambah RT")
    expect(page.locator(".flash")).to_contain_text(f"RT {number:03}/RW 001 ditambahkan.")


def assess(page, number, volumes, area="2,66"):
    page.get_by_role("link", name=f"Nilai {YEAR} RT {number:03}/RW 001").click()
    for label, value in (GROUND | {"Luas RT (Ha)": area}).items():
        page.get_by_label(label).fill(value)
    press(page, "Simpan dan lanjut")
    left = iter(volumes)
    for aspect in CURRENT.aspects:
        expect(page.get_by_role("heading", level=1)).to_have_text(f"{aspect.number} {aspect.name}")
        for criterion in aspect.criteria:
            volume, field = next(left), page.get_by_label(f"{criterion.key} {criterion.name}")
            # Where no drainage is needed, its lengths are not asked for.
            if criterion.key in ("4b", "4c"):
                assert volume == GROUND["Panjang drainase ideal (m)"] == "0"
                expect(field).to_have_count(0)
            else:
                field.fill(volume)
        press(page, "Simpan dan lanjut")
    press(page, "Simpan dan lihat hasil")


@pytest.mark.parametrize("java_script_enabled", [True, False], ids=["js", "no-js"])
def test_two_rts_become_the_villages_figure(sign_in, new_visitor):
    page = new_visitor()
    sign_in(page, officer())
    for number, volumes, area in [(1, WUNGU, "2,66"), (2, GOOD, "1,34")]:
        add_rt(page, number)
        assess(page, number, volumes, area)
        expected = "Kumuh ringan, nilai 24 dari 80" if number == 1 else "Tidak kumuh, nilai 0"
        expect(page.get_by_role("heading", level=1)).to_contain_text(expected)
        press(page, "Ajukan untuk verifikasi")
        expect(page.locator(".flash")).to_contain_text("Penilaian diajukan")

    reviewer = new_visitor()
    sign_in(reviewer, user("bappeda"))
    for assessment in Assessment.objects.filter(neighbourhood__village__code=VILLAGE):
        reviewer.goto(f"/penilaian/{assessment.pk}/")
        press(reviewer, "Verifikasi")
        expect(reviewer.locator(".flash")).to_contain_text("terverifikasi")

    page.goto(f"/isian/{YEAR}/?desa={VILLAGE}&periode=contoh-2016-2019")
    expect(page.locator(".callout").first).to_contain_text("Menurut penilaian RT: 2,66 Ha")
    press(page, "Hitung dari penilaian")
    expect(page.get_by_label("Sisa luas kumuh")).to_have_value("2,66")
    press(page, "Ajukan untuk verifikasi")
    expect(page.locator(".flash")).to_contain_text("sudah diajukan")

    figure = YearlyFigure.objects.get(baseline__village__code=VILLAGE, year=YEAR)
    reviewer.goto(f"/verifikasi/{figure.pk}/")
    expect(reviewer.locator("main")).to_contain_text("Dihitung dari 2 penilaian RT")
    reviewer.get_by_label("Saya sudah memeriksa tanda di atas").check()
    press(reviewer, "Verifikasi")
    expect(reviewer.locator(".flash")).to_contain_text("terverifikasi")

    visitor = new_visitor()
    visitor.goto(f"/desa/{VILLAGE}/")
    expect(visitor.get_by_role("heading", level=1)).to_contain_text("tinggal 2,66 Ha")
    visitor.get_by_role("link", name="Dihitung dari 2 penilaian RT").click()
    expect(visitor.get_by_role("heading", level=1)).to_contain_text("1 dari 2 RT")


def test_score_is_said_while_typing_and_kept_by_the_server(phone, sign_in):
    sign_in(phone, user("desa-langensari"))
    draft = Assessment.objects.get(neighbourhood__village__code="32.79.04.2001", status="draft")
    phone.goto(f"/penilaian/{draft.pk}/langkah/aspek-5/")
    field = phone.get_by_label("5a")
    reading = phone.locator("output").first
    for typed, said in [
        ("24", "25,00 %, nilai 1"), ("23", "23,96 %, nilai 0"), ("73", "76,04 %, nilai 5"),
        ("97", "Melebihi 96 KK"), ("x", ""),
    ]:  # fmt: skip
        field.fill(typed)
        expect(reading).to_contain_text(said) if said else expect(reading).to_have_text("")
    field.fill("97")
    phone.get_by_label("5b").fill("0")
    press(phone, "Simpan dan lanjut")
    sentence = "97 KK melebihi jumlah kepala keluarga 96 KK. Periksa keduanya."
    expect(error_summary(phone)).to_contain_text(sentence)
    expect(field_error(phone, "5a")).to_contain_text(sentence)
    expect(phone.get_by_label("5a")).to_have_value("97")


def test_what_if_is_saved_nowhere(desktop):
    assessment = Assessment.objects.filter(status="verified", total=24).first()
    desktop.goto(f"/penilaian/{assessment.pk}/")
    desktop.get_by_role("link", name="Bagaimana jika").click()
    desktop.get_by_label("7a").fill("0")
    desktop.get_by_label("7b").fill("0")
    press(desktop, "Hitung")
    expect(desktop.locator("#hasil")).to_contain_text("Tidak kumuh, nilai 14")
    assessment.refresh_from_db()
    assert assessment.total == 24
