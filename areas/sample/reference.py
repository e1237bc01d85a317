"""Real data with their sources: region, villages, the period 2016–2019, the period from 2022.

Loading is idempotent and overwrites nothing, so corrections by an admin are kept. Unedited rows
from an earlier version are corrected by `areas.sample.reference_corrections`.
"""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from areas.models import Baseline, District, Entry, Programme, Village, YearlyFigure
from kotaku.accounts.source_account import SOURCE_ACCOUNT, source_account
from kotaku.formats import format_hectares_unit
from kotaku.models import Region

DATA = Path(__file__).parent / "data"
VILLAGES = DATA / "villages.csv"
ANNOUNCEMENT = DATA / "announcement_2023.csv"
ANNOUNCED_ON = date(2023, 2, 3)

SOURCE_2016 = (
    "Rakor Pokja PKP Kota Banjar, 8 November 2016 (pemberitaan): kawasan kumuh 187,95 Ha di 14 "
    "desa/kelurahan, target 0 Ha pada 2019. Luas tiap desa/kelurahan tidak diketahui. "
    "Pokja PKP: Kelompok Kerja (Pokja) percepatan Penanganan Kumuh Perkotaan."
)
SOURCE_2022 = (
    "diumumkan DLH Kota Banjar, 3 Februari 2023 (pemberitaan). DLH: Dinas Lingkungan Hidup. "
    "158 RT di 19 dari 25 desa/kelurahan, 183,95 Ha per 3 Februari 2023. Angka 2022 disimpulkan: "
    "berita mencetak “84,75 hektare”, yang dibaca sebagai salah cetak, karena 183,95 + 0,80 (penurunan "
    "di Waringinsari) = 184,75; 18 desa/kelurahan lain dianggap tidak berubah. SK dan target tidak "
    "diketahui."
)
NOTE = "Diumumkan DLH (Dinas Lingkungan Hidup) Kota Banjar, 3 Februari 2023 (pemberitaan)."
SOURCE_NAME = "DLH Kota Banjar, 3 Februari 2023 (pemberitaan)"


@transaction.atomic
def load_reference() -> None:
    """Create the region, districts, villages and real periods that are missing."""
    region = load_region()
    _load_villages(region)
    _load_programme_2016(region)
    _load_programme_2022(region)


def load_region() -> Region:
    """Return Kota Banjar (Kemendagri code 32.79) in Jawa Barat (32), created if missing."""
    province, _ = Region.objects.get_or_create(
        code="32", defaults={"name": "Jawa Barat", "kind": Region.Kind.PROVINCE}
    )
    facts = {"name": "Banjar", "kind": Region.Kind.CITY, "parent": province}
    region, _ = Region.objects.get_or_create(code="32.79", defaults=facts)
    return region


def rows_of(path):
    """Yield the rows of one of the project's CSV files."""
    with path.open(newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def _load_villages(region):
    for row in rows_of(VILLAGES):
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
            "source": SOURCE_2016,
        },
    )


def _load_programme_2022(region):
    programme, is_new = Programme.objects.get_or_create(
        slug="sejak-2022",
        defaults={
            "region": region,
            "name": "Kawasan kumuh sejak 2022",
            "baseline_year": 2022,
            "is_current": not region.programmes.filter(is_current=True).exists(),
            "source": SOURCE_2022,
        },
    )
    if not is_new:
        return
    loader = source_account("data-rujukan", "Data rujukan")
    source = source_account(SOURCE_ACCOUNT, SOURCE_NAME)
    for row in rows_of(ANNOUNCEMENT):
        baseline = Baseline(
            programme=programme,
            village=Village.objects.get(code=row["code"]),
            area_ha=Decimal(row["area_ha_2022"]),
            is_inferred=True,
        )
        baseline.set_up(by=loader, reason=inference(row))
        _load_figure(baseline, 2023, Decimal(row["area_ha_2023"]), loader, source)


def inference(row) -> str:
    """Return, in Indonesian, how the hectares of 2022 are inferred from the announcement."""
    after = Decimal(row["area_ha_2023"])
    fall = Decimal(row["area_ha_2022"]) - after
    if fall:
        return (
            f"Disimpulkan: {format_hectares_unit(after)} per 3 Februari 2023 ditambah penurunan "
            f"{format_hectares_unit(fall)} yang diberitakan."
        )
    return "Disimpulkan: dianggap sama dengan angka per 3 Februari 2023; SK tidak diketahui."


def _load_figure(baseline, year, area_ha, loader, source):
    """Load a published figure by the usual actions, so that its history names the source."""
    figure = YearlyFigure(baseline=baseline, year=year, version=0, as_of=ANNOUNCED_ON)
    figure.enter(by=loader, version=0, entry=Entry(area_ha, note=NOTE))
    figure.submit(by=loader, version=figure.version)
    figure.verify(by=source, version=figure.version, ticked=None)
