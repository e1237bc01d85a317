"""What several browser tests do: sign in through the form, a photo, the sample's arithmetic."""

import io
from decimal import Decimal
from urllib.parse import urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from playwright.sync_api import expect

from areas.importing.applying import apply, preview
from areas.models import ImportRun, Programme, Village
from areas.sample.figures import PASSWORD, SAMPLES, username_of
from kotaku.models import User
from tests.areas.importing.books import workbook

BASELINE_HA = sum((Decimal(sample.baseline) for sample in SAMPLES), Decimal(0))


def sign_in_by_form(page, username: str, password: str = PASSWORD) -> None:
    """Fill in the sign-in page that is open, or open it first."""
    if "/akun/masuk/" not in page.url:
        page.goto("/akun/masuk/")
    page.get_by_label("Nama pengguna").fill(username)
    page.get_by_label("Kata sandi", exact=True).fill(password)
    page.get_by_role("button", name="Masuk").click()
    expect(page.get_by_role("heading", name="Masuk", exact=True)).to_have_count(0)


def sign_out(page) -> None:
    """Press the button on the page of the account, and wait until that page is left."""
    page.get_by_role("button", name="Keluar", exact=True).click()
    page.wait_for_url(lambda address: urlsplit(address).path == "/")


def press(page, name: str) -> None:
    """Press the button of this name."""
    page.get_by_role("button", name=name, exact=True).click()


def photo(name: str = "foto.jpg", colour: str = "#17603f", size: int = 40) -> dict:
    """A small JPEG as Playwright takes it; another colour is another file."""
    content = io.BytesIO()
    Image.new("RGB", (size, size), colour).save(content, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": content.getvalue()}


def import_pages() -> list[str]:
    """Previews of sheets, one with questions, and the result of one: addresses for "bappeda"."""
    programme = Programme.objects.current()
    bappeda = User.objects.get(username="bappeda")
    heading = ["Desa", "Tahun", "Sisa (Ha)"]
    rows = [[village.name, 2019, "3,20"] for village in Village.objects.all()]
    rows[3:5] = [["Banjar Patroman Girang", 2019, "tiga"], ["Langensari", 2019, "999999"]]
    asked = [["Desa", "Tahun", "Luas (m2)", "Luas kumuh (tumbak)"], ["Balokang", 2019, 30000, 2000]]
    applied = [heading, ["Desa Langensari", 2019, 3]]
    sheets = [[heading, *rows], asked, [["Apa", "Entah"], ["x", "y"]], applied]
    addresses = []
    for number, sheet in enumerate(sheets):
        upload = SimpleUploadedFile(f"rekap_sisa_luas_kumuh_{number}_final.xlsx", workbook(sheet))
        run = ImportRun.start(upload, kind=ImportRun.Kind.FIGURES, programme=programme, by=bappeda)
        addresses.append(f"/data/impor/{run.pk}/?tampil=semua")
    seen = preview(run, bappeda, as_verified=False)
    apply(run, seen, by=bappeda, digest=seen.digest(), reason="", as_verified=False)
    return addresses


def sample_of(username: str):
    """The sample's row of the village whose officer has this account."""
    villages = {username_of(village): village.code for village in Village.objects.all()}
    return next(sample for sample in SAMPLES if sample.code == villages[username])


def verified_total_2019(**also) -> Decimal:
    """Hectares left at the end of 2019: verified figures, elsewhere the last verified ones.

    `also` names villages (by account, `_` for `-`) with the figure that a test has verified.
    """
    by_code = {sample_of(name.replace("_", "-")).code: area for name, area in also.items()}
    return sum(
        (
            by_code.get(
                sample.code,
                Decimal(sample.y2019 if sample.state == "verified" else sample.y2018),
            )
            for sample in SAMPLES
        ),
        Decimal(0),
    )


def field_error(page, label: str):
    """The error that stands in the same field as the control with this label."""
    return page.locator(".field", has=page.get_by_label(label)).locator(".errorlist")


def error_summary(page):
    return page.locator(".summary")


def entry_address(code: str, year: int = 2019, period: str = "contoh-2016-2019") -> str:
    return f"/isian/{year}/?desa={code}&periode={period}"
