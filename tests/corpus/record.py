"""The record against which every case is previewed."""

import csv
from decimal import Decimal

from areas.models import Baseline, District, Programme, Village
from areas.sample.reference import VILLAGES
from tests.factories import city


def make_record() -> Programme:
    """Return a period from 2016 in which each of the 25 villages has a baseline of its own.

    In the order of the codes 10,50 Ha, 11,50 Ha, … 34,50 Ha.
    """
    region = city()
    programme = Programme.objects.create(
        region=region,
        name="Periode korpus",
        slug="korpus",
        baseline_year=2016,
        target_year=2030,
        target_ha=0,
        is_current=True,
        source="Sumber uji.",
    )
    with VILLAGES.open(newline="", encoding="utf-8") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["code"])
    districts = {
        code: District.objects.create(code=code, name=name, region=region)
        for code, name in sorted({(row["district_code"], row["district"]) for row in rows})
    }
    villages = Village.objects.bulk_create(
        Village(
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            district=districts[row["district_code"]],
            latitude=row["lat"],
            longitude=row["lng"],
        )
        for row in rows
    )
    Baseline.objects.bulk_create(
        Baseline(programme=programme, village=village, area_ha=Decimal("10.50") + number)
        for number, village in enumerate(villages)
    )
    return programme
