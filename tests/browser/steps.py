"""What several browser tests do: sign in through the form, a photo, the sample's arithmetic."""

import io
from decimal import Decimal

from PIL import Image
from playwright.sync_api import expect

from areas.models import Village
from areas.sample import PASSWORD, SAMPLES, username_of

BASELINE_HA = sum((Decimal(sample.baseline) for sample in SAMPLES), Decimal(0))


def sign_in_by_form(page, username: str, password: str = PASSWORD) -> None:
    """Fill in the sign-in page that is open, or open it first."""
    if "/akun/masuk/" not in page.url:
        page.goto("/akun/masuk/")
    page.get_by_label("Nama pengguna").fill(username)
    page.get_by_label("Kata sandi").fill(password)
    page.get_by_role("button", name="Masuk").click()
    expect(page.get_by_role("heading", name="Masuk", exact=True)).to_have_count(0)


def photo(name: str = "foto.jpg", colour: str = "#17603f", size: int = 40) -> dict:
    """A small JPEG as Playwright takes it; another colour is another file."""
    content = io.BytesIO()
    Image.new("RGB", (size, size), colour).save(content, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": content.getvalue()}


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
