"""Bappeda's spreadsheet from the upload to the queue, and what everybody takes away again."""

import struct

import pytest
from playwright.sync_api import expect

from areas.models import ImportRun, Programme, Status, Village, YearlyFigure
from kotaku.models import User
from tests.areas.importing.books import workbook
from tests.browser.steps import error_summary
from tests.factories import BoundaryFactory

LANGENSARI = "32.79.04.2001"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
JS_AND_NOT = pytest.mark.parametrize("java_script_enabled", [True, False], ids=["js", "no-js"])

pytestmark = pytest.mark.usefixtures("sample_site")


@pytest.fixture(autouse=True)
def expected_problems(page_problems):
    """Errors and conflicts are answered with a status that says so."""
    page_problems.allow("status of 422")
    page_problems.allow("status of 409")


def file(rows, name="rekap 2019.xlsx"):
    """An office's workbook as Playwright takes it: a title, headings, rows, a sum."""
    content = workbook([["REKAP LUAS KUMUH 2019"], [], ["No", "Desa", "Tahun", "Sisa (Ha)"], *rows])
    return {"name": name, "mimeType": SHEET, "buffer": content}


def bring(page, sheet):
    page.goto("/data/impor/")
    page.get_by_label("Angka tahunan", exact=True).check()
    page.get_by_label("Berkas Excel atau CSV").set_input_files(sheet)
    page.get_by_role("button", name="Unggah dan lihat pratinjau").click()


def figure():
    return YearlyFigure.objects.filter(baseline__village__code=LANGENSARI, year=2019).first()


@JS_AND_NOT
def test_a_sheet_goes_from_the_upload_to_the_queue(screen, sign_in):
    page = screen
    sign_in(page, User.objects.get(username="bappeda"))
    page.goto("/data/")
    page.get_by_role("link", name="Impor dari Excel").click()
    page.get_by_role("button", name="Unggah dan lihat pratinjau").click()
    expect(error_summary(page)).to_contain_text("Pilih berkas Excel (.xlsx) atau CSV.")

    bring(page, file([[1, "ds. langensari", 2019, "tiga"], ["Jumlah", "", "", 3.2]]))
    expect(page.locator(".sheet__row--salah")).to_contain_text("Langensari")
    expect(page.get_by_role("button", name="Terapkan")).to_have_count(0)

    rows = [
        [1, "Langensari", 2019, "3,20 Ha"],
        [2, "Kel. Banjar", 2019, 4.3],
        ["Jumlah", "", "", 7.5],
    ]
    bring(page, file(rows))
    # Langensari is a kecamatan as well.
    expect(page.locator(".callout__title").first).to_contain_text("1 pertanyaan")
    page.get_by_label("Desa Langensari, Kec. Langensari").check()
    page.get_by_role("button", name="Pakai jawaban ini").click()
    row = page.locator(".sheet__row--baru")
    expect(row).to_contain_text("3,20")
    assert figure() is None
    page.get_by_role("button", name="Terapkan 1 baris").click()
    expect(page.locator(".flash")).to_contain_text("menunggu verifikasi oleh orang lain")
    assert figure().status == Status.SUBMITTED
    page.go_back()
    page.reload()
    expect(page.get_by_role("button", name="Terapkan")).to_have_count(0)

    page.goto(f"/desa/{LANGENSARI}/?sementara=1")
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    expect(page.locator(".history").first).to_contain_text("rekap 2019.xlsx")

    rows[0][1] = "Desa Langensari"
    bring(page, file(rows, "sekali lagi.xlsx"))
    expect(page.locator(".callout__title").first).to_contain_text("sama")
    expect(page.get_by_role("button", name="Terapkan")).to_have_count(0)

    # One who brought the file does not verify it; another does.
    sign_in(page, User.objects.get(username="bappeda2"))
    page.goto(f"/verifikasi/{figure().pk}/")
    page.get_by_label("Saya sudah memeriksa tanda di atas").check()
    page.get_by_role("button", name="Verifikasi", exact=False).first.click()
    assert figure().status == Status.VERIFIED


def test_two_clicks_apply_once(desktop, sign_in):
    sign_in(desktop, User.objects.get(username="bappeda"))
    bring(desktop, file([[1, "Desa Langensari", 2019, 3.2]]))
    desktop.get_by_role("button", name="Terapkan 1 baris").dblclick()
    expect(desktop.locator(".callout__title").first).to_contain_text("Diterapkan")
    assert figure().events.filter(kind="imported").count() == 1
    assert ImportRun.objects.applied().count() == 1


@pytest.mark.parametrize(("page", "charts"), [("/", 2), ("/banding/", 2)])
def test_a_chart_becomes_a_png_in_the_browser(desktop, page, charts):
    desktop.goto(page)
    buttons = desktop.get_by_role("button", name="Unduh gambar (PNG)").all()
    assert len(buttons) >= charts
    for button in buttons:
        with desktop.expect_download() as waiting:
            button.click()
        content = waiting.value.path().read_bytes()
        assert content.startswith(b"\x89PNG")
        width, height = struct.unpack(">II", content[16:24])
        assert (width >= 1500, height >= 800) == (True, True)
        assert waiting.value.suggested_filename.endswith("-data-contoh.png")


@pytest.mark.parametrize("java_script_enabled", [False], ids=["no-js"])
def test_without_javascript_only_the_svg_is_offered(desktop):
    desktop.goto("/")
    expect(desktop.get_by_role("link", name="Unduh gambar (SVG)").first).to_be_visible()
    expect(desktop.get_by_role("button", name="Unduh gambar (PNG)")).to_have_count(0)


def test_circles_stay_on_top_of_boundaries(screen):
    for village in Village.objects.filter(baselines__programme=Programme.objects.current()):
        BoundaryFactory(village=village)
    screen.goto("/")
    maps = [each for each in screen.locator("svg.map").all() if each.is_visible()]
    (drawn,) = maps
    expect(drawn.locator(".map-boundary")).to_have_count(1)
    for place in drawn.locator(".map-place").all()[:3]:
        on_top = place.locator(".map-circle").evaluate(
            """(circle) => { circle.scrollIntoView({ block: "center" });
                 const { x, y, width, height } = circle.getBoundingClientRect();
                 const top = document.elementFromPoint(x + width / 2, y + height / 2);
                 return top.closest("a") !== null; }"""
        )
        assert on_top
    drawn.locator(".map-place").first.click()
    expect(screen.locator("svg.map .map-boundary--here")).to_have_count(1)
