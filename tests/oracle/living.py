"""Lives a history: brings it into the record by the verbs that people use."""

from dataclasses import dataclass, field
from decimal import Decimal

from areas.models import Baseline, District, Programme, Village, YearlyFigure, YearTarget
from areas.models.entry import Entry
from kotaku.models import Region
from tests import factories
from tests.oracle.histories import CITIES, DISTRICTS, VILLAGES


@dataclass
class World:
    """The people, and what the history made, by its own names."""

    nation: Region
    provinces: list
    cities: list = field(default_factory=list)
    officer: object = None
    bappeda: object = None
    admin: object = None


def live(history) -> World:
    """Return the world after this history."""
    nation = Region.objects.create(code="ID", name="Indonesia", kind="nation")
    provinces = {code: factories.province(code, name) for _, _, code, name in CITIES}
    world = World(nation, list(provinces.values()))
    world.officer = factories.UserFactory(officer=True, first_name="Petugas", region=None)
    world.bappeda = factories.UserFactory(bappeda=True, first_name="Pemeriksa", region=nation)
    world.admin = factories.UserFactory(admin=True, first_name="Pengelola")
    for city in history.cities:
        _live_city(world, city, history.is_sample)
    return world


def _live_city(world, city, is_sample):
    region = factories.city(city.code, city.name)
    world.cities.append(region)
    districts = [
        District.objects.create(code=f"{city.code}.0{n}", name=f"{name} {city.name}", region=region)
        for n, name in enumerate(DISTRICTS, 1)
    ]
    villages = []
    for number, where in enumerate(city.villages):
        village = Village.objects.create(
            code=f"{districts[where].code}.{2001 + number}",
            name=f"{VILLAGES[number]} {city.name}",
            kind=("desa", "kelurahan")[number % 2],
            district=districts[where],
            latitude=Decimal("-7.37") - Decimal(number) / 50,
            longitude=Decimal("108.54") + Decimal(number) / 40,
        )
        village.officers.add(world.officer)
        villages.append(village)
    for period in city.periods:
        _live_period(world, region, villages, period, is_sample)


def _live_period(world, region, villages, period, is_sample):
    programme = Programme.objects.create(
        region=region,
        name=f"Periode {period.name}",
        slug=period.name,
        decree_number=period.decree,
        baseline_year=period.first,
        target_year=period.target_year,
        target_ha=period.target_ha,
        declared_ha=period.declared_ha,
        is_current=period.is_current,
        is_sample=is_sample,
        source="Sumber uji.",
    )
    for year, area_ha in period.stated.items():
        YearTarget.objects.create(programme=programme, year=year, area_ha=area_ha)
    for late in (False, True):
        chosen = [each for each in period.baselines if (each in period.late) == late]
        for each in chosen:
            baseline = Baseline(
                programme=programme, village=villages[each], area_ha=period.baselines[each]
            )
            baseline.set_up(by=world.admin)
        for figure in period.figures:
            if figure.village in chosen:
                _live_figure(world, programme, villages[figure.village], figure)


def _live_figure(world, programme, village, fate):
    baseline = Baseline.objects.select_related("programme").get(
        programme=programme, village=village
    )
    figure = YearlyFigure(baseline=baseline, year=fate.year)
    entered = fate.first_ha if fate.fate == "corrected" else fate.area_ha
    figure.enter(
        by=world.officer, version=0, entry=Entry(entered, is_confirmed=True, reason="Diukur ulang.")
    )
    if fate.fate == "draft":
        return
    figure.submit(by=world.officer, version=figure.version)
    if fate.fate == "returned":
        figure.return_for_correction(
            by=world.bappeda, version=figure.version, reason="Foto kurang jelas."
        )
    if fate.fate in ("verified", "corrected"):
        figure.verify(by=world.bappeda, version=figure.version)
    if fate.fate == "corrected" and fate.first_ha != fate.area_ha:
        figure.correct(
            by=world.bappeda,
            version=figure.version,
            area_ha=fate.area_ha,
            reason="Salah ketik.",
        )
