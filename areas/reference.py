"""Real data, each with its source: region, villages, the period 2016–2019, the period from 2022.

Loading is idempotent and never overwrites: what an admin has corrected stays corrected.
"""

import csv
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from areas.models import Baseline, District, Entry, Programme, Village, YearlyFigure
from kotaku.models import Region, Role, User

DATA = Path(__file__).parent / "data"
VILLAGES = DATA / "villages.csv"
DECREE = DATA / "decree_2023.csv"


@transaction.atomic
def load_reference() -> None:
    """Create what is missing of the region, districts, villages and real periods."""
    region = load_region()
    _load_villages(region)
    _load_programme_2016(region)
    _load_programme_2022(region)


def load_region() -> Region:
    """Return Kota Banjar in Jawa Barat (domain.md: West Java, code 32.79)."""
    province, _ = Region.objects.get_or_create(
        code="32", defaults={"name": "Jawa Barat", "kind": Region.Kind.PROVINCE}
    )
    facts = {"name": "Banjar", "kind": Region.Kind.CITY, "parent": province}
    region, _ = Region.objects.get_or_create(code="32.79", defaults=facts)
    return region


def _rows(path):
    with path.open(newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def _load_villages(region):
    for row in _rows(VILLAGES):
        district, _ = District.objects.get_or_create(
            code=row["district_code"], defaults={"name": row["district"], "region": region}
        )
        Village.objects.get_or_create(
            code=row["code"],
            defaults={
                "name": row["name"],
                "kind": row["kind"],
                "district": district,
                "latitude": Decimal(row["lat"]),
                "longitude": Decimal(row["lng"]),
            },
        )


def _load_programme_2016(region):
    """The source names neither the 14 villages nor their hectares, so there are no baselines."""
    Programme.objects.get_or_create(
        slug="kotaku-2016-2019",
        defaults={
            "region": region,
            "name": "KOTAKU 2016–2019",
            "baseline_year": 2016,
            "target_year": 2019,
            "declared_ha": Decimal("187.95"),
            "target_ha": Decimal(0),
            "is_closed": True,
            "source": (
                "Rakor Pokja PKP Kota Banjar, 8 November 2016: kawasan kumuh 187,95 Ha di 14 "
                "desa/kelurahan, target 0 Ha pada 2019. Luas tiap desa/kelurahan tidak diketahui."
            ),
        },
    )


def _load_programme_2022(region):
    programme, is_new = Programme.objects.get_or_create(
        slug="sejak-2022",
        defaults={
            "region": region,
            "name": "Kawasan kumuh sejak 2022",
            "baseline_year": 2022,
            "declared_ha": Decimal("184.75"),
            "is_current": not region.programmes.filter(is_current=True).exists(),
            "source": (
                "Dinas perumahan Kota Banjar, Februari 2023: 158 RT di 19 dari 25 desa/kelurahan; "
                "184,75 Ha pada 2022 dan 183,95 Ha pada 2023. Nomor SK dan target tidak diketahui."
            ),
        },
    )
    if not is_new:
        return
    loader = source_account("data-rujukan", "Data rujukan")
    source = source_account("sumber-resmi", "Sumber resmi (Februari 2023)")
    for row in _rows(DECREE):
        baseline = Baseline(
            programme=programme,
            village=Village.objects.get(code=row["code"]),
            area_ha=Decimal(row["area_ha_2022"]),
        )
        baseline.set_up(by=loader, reason="Angka resmi yang diumumkan pada Februari 2023.")
        _load_figure(baseline, 2023, Decimal(row["area_ha_2023"]), loader, source)


def _load_figure(baseline, year, area_ha, loader, source):
    """A published figure goes the same way as any other, so its history says where it is from."""
    figure = YearlyFigure(baseline=baseline, year=year, version=0)
    note = "Angka resmi yang diumumkan pada Februari 2023."
    figure.enter(by=loader, version=0, entry=Entry(area_ha, note=note))
    figure.submit(by=loader, version=figure.version)
    figure.verify(by=source, version=figure.version)


def source_account(username, name):
    """Return the account that stands for a published source; nobody can sign in with it."""
    user, is_new = User.objects.get_or_create(
        username=username,
        defaults={
            "first_name": name,
            "position": "Bukan orang: mewakili data yang sudah diumumkan",
            "role": Role.VIEWER,
            "is_active": False,
        },
    )
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user
