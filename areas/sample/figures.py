"""Invented figures for demonstration, marked as sample data on every page that shows them.

The choice of the 14 villages and their hectares are invented; only the total, 187,95 Ha, is real.
"""

import io
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from django.contrib.auth.hashers import make_password
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils.text import slugify
from PIL import Image, ImageDraw

from areas.models import Baseline, Entry, Evidence, Programme, Village, YearlyFigure
from areas.sample.assessments import load_assessments
from areas.sample.questions import load_question
from areas.sample.reference import load_region
from areas.sample.workplan import load_plan
from kotaku.colours import COLOURS
from kotaku.files.uploads import check_upload
from kotaku.models import Contact, Role, User

PASSWORD = "contoh-banjar-2016"
WITHOUT_EMAIL = "32.79.02.2006"
SLUG = "contoh-2016-2019"


@dataclass(frozen=True)
class Sample:
    """One village's invented hectares: baseline, 2017, 2018, 2019; `state` is that of 2019."""

    code: str
    baseline: str
    y2017: str
    y2018: str
    y2019: str | None = None
    state: str = "missing"


# fmt: off
SAMPLES = (
    Sample("32.79.01.1001", "19.40", "14.10", "9.20", "4.30", "verified"),
    Sample("32.79.01.1002", "12.85", "9.60", "6.10", "2.75", "verified"),
    Sample("32.79.01.2003", "10.20", "8.35", "5.90", "3.10", "submitted"),
    Sample("32.79.01.2005", "6.75", "4.20", "1.80", "0.00", "verified"),
    Sample("32.79.01.2007", "7.30", "6.10", "4.45", "2.20", "verified"),
    Sample("32.79.02.1002", "9.15", "7.40", "5.65", "6.40", "submitted"),
    Sample("32.79.02.2005", "11.60", "9.05", "6.70", "3.95", "verified"),
    Sample("32.79.02.2006", "16.35", "12.80", "9.95", "5.60", "returned"),
    Sample("32.79.03.1001", "13.70", "10.25", "7.15", "3.40", "verified"),
    Sample("32.79.03.1004", "24.50", "18.90", "13.30", "8.25", "verified"),
    Sample("32.79.03.2002", "14.05", "11.30", "8.20", "5.15", "submitted"),
    Sample("32.79.04.1004", "17.25", "13.15", "9.40", "5.85", "draft"),
    Sample("32.79.04.2001", "8.90", "6.45", "4.05"),
    Sample("32.79.04.2006", "15.95", "12.10", "8.65"),
)
# fmt: on

STAFF = (
    ("admin", "Admin Contoh", "Admin aplikasi", Role.BAPPEDA, True),
    ("bappeda", "Petugas Bappeda", "Bidang Fisik Bappeda", Role.BAPPEDA, False),
    ("bappeda2", "Petugas Kedua Bappeda", "Bidang Fisik Bappeda", Role.BAPPEDA, False),
    ("pengamat", "Pengamat Pokja", "Pendamping KOTAKU", Role.VIEWER, False),
)


def staff_accounts() -> list[tuple[str, str]]:
    """Return (user name, position) of the sample accounts of office staff."""
    return [(username, position) for username, _, position, _, _ in STAFF]


def officer_accounts() -> list[str]:
    """Return the user names of the sample accounts of village officers."""
    return [username_of(village) for village in Village.objects.inside(load_region())]


def username_of(village) -> str:
    """Return the user name of a village officer's sample account: `desa-balokang`."""
    return slugify(village.full_name)


def is_loaded() -> bool:
    """Whether the sample data are already loaded."""
    return Programme.objects.filter(slug=SLUG).exists()


@transaction.atomic
def load_sample() -> None:
    """Create the sample period with its accounts and figures, and make it the current period."""
    region = load_region()
    staff = {row[0]: _staff_account(region, *row) for row in STAFF}
    officers = {
        village.code: _officer(region, village) for village in Village.objects.inside(region)
    }
    _load_contact(region)
    region.programmes.filter(is_current=True).update(is_current=False)
    programme = Programme.objects.create(
        region=region,
        name="KOTAKU 2016–2019 (data contoh)",
        slug=SLUG,
        baseline_year=2016,
        target_year=2019,
        declared_ha=Decimal("187.95"),
        target_ha=Decimal(0),
        is_current=True,
        is_sample=True,
        source=(
            "Data contoh: pembagian per desa/kelurahan dan angka tahunan dikarang untuk mencoba "
            "aplikasi. Hanya total 187,95 Ha (2016) yang nyata."
        ),
    )
    for sample in SAMPLES:
        _load_village(programme, sample, officers[sample.code], staff["bappeda"])
    load_assessments(officers, staff["bappeda"])
    load_plan(officers, staff["bappeda"], sample_photo)
    load_question(staff["bappeda"])


def _load_contact(region):
    """Create a sample contact with unused numbers, unless the region has one."""
    Contact.objects.get_or_create(
        region=region,
        defaults={
            "office": "Bappeda Kota Banjar",
            "whatsapp": "0800-0000-0000",
            "phone": "(0265) 000000",
            "email": "bappeda@contoh.invalid",
            "hours": "Senin–Jumat, 08.00–15.30 WIB",
            "is_sample": True,
        },
    )


def _staff_account(region, username, full_name, position, role, is_admin):
    user = User(
        username=username,
        full_name=full_name,
        position=position,
        role=role,
        # The admin manages the whole site, so belongs to no region.
        region=None if is_admin else region,
        is_staff=is_admin,
        is_superuser=is_admin,
        must_change_password=False,
    )
    user.password = _hashed_password()
    user.save()
    return user


@cache
def _hashed_password():
    # Hashing is slow on purpose. Sharing one hash is safe here: the password is public anyway.
    return make_password(PASSWORD)


def _officer(region, village):
    head = "Kepala Desa" if village.kind == Village.Kind.DESA else "Lurah"
    user = _staff_account(
        region,
        username_of(village),
        f"Petugas {village.name}",
        f"{head} {village.name} (contoh)",
        Role.VILLAGE_OFFICER,
        False,
    )
    # No operator has numbers with 0810, and mail to .invalid is never delivered. One has no address.
    user.phone = f"0810-{village.code[6:8]}00-{village.code[-4:]}"
    user.email = "" if village.code == WITHOUT_EMAIL else f"{user.username}@contoh.invalid"
    user.save(update_fields=["phone", "email"])
    village.officers.add(user)
    return user


def _load_village(programme, sample, officer, reviewer):
    village = Village.objects.get(code=sample.code)
    baseline = Baseline(programme=programme, village=village, area_ha=Decimal(sample.baseline))
    baseline.set_up(by=reviewer)
    _load_figure(baseline, 2017, sample.y2017, "verified", officer, reviewer)
    _load_figure(baseline, 2018, sample.y2018, "verified", officer, reviewer)
    if sample.y2019 is not None:
        _load_figure(baseline, 2019, sample.y2019, sample.state, officer, reviewer)


def _load_figure(baseline, year, area, state, officer, reviewer):
    figure = YearlyFigure(baseline=baseline, year=year, version=0)
    has_grown = Decimal(area) > figure.previous()[1]
    entry = Entry(
        Decimal(area),
        note="Data contoh.",
        is_confirmed=has_grown,
        reason="Contoh: permukiman baru di bantaran sungai." if has_grown else "",
    )
    figure.enter(by=officer, version=0, entry=entry)
    if year == 2019 and state in ("verified", "returned"):
        Evidence.attach(figure, sample_photo(f"{baseline.village.name} {year}"), by=officer)
    if state == "draft":
        return
    figure.submit(by=officer, version=figure.version)
    if state == "verified":
        figure.verify(by=reviewer, version=figure.version, ticked=figure.marks_to_check("verify"))
    elif state == "returned":
        reason = "Contoh: foto belum menunjukkan RT 03. Tambahkan foto dan periksa luasnya."
        figure.return_for_correction(by=reviewer, version=figure.version, reason=reason)


def sample_photo(text: str):
    """Return a small picture labelled as a sample, as a checked upload."""
    image = Image.new("RGB", (640, 420), COLOURS["green-soft"])
    draw = ImageDraw.Draw(image)
    draw.rectangle((20, 20, 620, 400), outline=COLOURS["green"], width=4)
    draw.text((60, 150), "FOTO CONTOH", fill=COLOURS["green"], font_size=56)
    draw.text((60, 240), text, fill=COLOURS["ink"], font_size=28)
    content = io.BytesIO()
    image.save(content, "JPEG", quality=70)
    upload = SimpleUploadedFile("foto-contoh.jpg", content.getvalue(), "image/jpeg")
    upload.checked_type = check_upload(upload)
    return upload
