"""A sum is of one moment, though a baseline is corrected while its page is being drawn."""

from decimal import Decimal
from threading import Thread

import pytest
from django.db import connection

from areas.models import Baseline, Programme, ProgrammeYear
from areas.models.programme_year import rebuild
from areas.totals import region_series, series
from tests.areas.public.pages import text_of
from tests.factories import (
    BaselineFactory,
    DistrictFactory,
    ProgrammeFactory,
    UserFactory,
    VillageFactory,
    YearlyFigureFactory,
    city,
)

# Only outside of a transaction do pages remember anything.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def baseline(settings):
    """20 Ha in 2016, of which 10 are left in 2017."""
    settings.PAGE_CACHE_BYTES = 0
    programme = ProgrammeFactory(
        region=city(), is_current=True, is_sample=False, baseline_year=2016
    )
    baseline = BaselineFactory(programme=programme, area_ha=20)
    YearlyFigureFactory(baseline=baseline, year=2017, area_ha=10, verified=True)
    rebuild()
    return baseline


@pytest.fixture
def meanwhile(monkeypatch):
    """Let somebody do something right before this question is asked for the first time."""

    def meanwhile(module, name, act):
        ask, left = getattr(module, name), [act]

        def run():
            left.pop()()
            connection.close()

        def late(*args, **values):
            if left:
                somebody = Thread(target=run)
                somebody.start()
                somebody.join()
            return ask(*args, **values)

        monkeypatch.setattr(module, name, late)

    return meanwhile


@pytest.fixture
def correct(baseline):
    """The baseline becomes 25 Ha."""
    bappeda = UserFactory(bappeda=True)

    def correct():
        stored = Baseline.objects.get(pk=baseline.pk)
        stored.change(by=bappeda, area_ha=Decimal(25), reason="Salah ketik")

    return correct


def run_instead(old, new):
    """Let another period be the current one."""
    Programme.objects.filter(pk=old.pk).update(is_current=False)
    Programme.objects.filter(pk=new.pk).update(is_current=True)


def test_a_city_never_shows_a_sum_of_two_moments(client, meanwhile, correct):
    assert "tinggal 10,00 Ha dari 20,00 Ha, berkurang 50,0 %" in text_of(client.get("/"))
    meanwhile(series, "changes_by_year", correct)
    assert "tinggal 10,00 Ha dari 25,00 Ha, berkurang 60,0 %" in text_of(client.get("/"))


def test_a_summed_city_never_shows_a_sum_of_two_moments(client, meanwhile, correct, monkeypatch):
    monkeypatch.setattr(series, "SUMMARISED_FROM", 1)
    assert "tinggal 10,00 Ha dari 20,00 Ha, berkurang 50,0 %" in text_of(client.get("/"))
    meanwhile(series.ProgrammeYear.objects, "filter", correct)
    assert "tinggal 10,00 Ha dari 25,00 Ha, berkurang 60,0 %" in text_of(client.get("/"))


def test_a_province_never_shows_a_sum_of_two_moments(client, meanwhile, correct):
    assert "tinggal 10,00 Ha dari 20,00 Ha, berkurang 50,0 %" in text_of(client.get("/?wilayah=32"))
    meanwhile(region_series, "_summary", correct)
    assert "tinggal 10,00 Ha dari 25,00 Ha, berkurang 60,0 %" in text_of(client.get("/?wilayah=32"))


def test_so_it_is_when_the_summary_does_not_know_the_part(client, meanwhile, correct):
    ProgrammeYear.objects.all().delete()
    assert "tinggal 10,00 Ha dari 20,00 Ha, berkurang 50,0 %" in text_of(client.get("/?wilayah=32"))
    meanwhile(region_series, "_counted_anew", correct)
    assert "tinggal 10,00 Ha dari 25,00 Ha, berkurang 60,0 %" in text_of(client.get("/?wilayah=32"))


def test_so_it_is_when_another_period_begins_to_run(client, meanwhile, baseline):
    ciamis = city("32.07", "Ciamis")
    old = ProgrammeFactory(region=ciamis, is_current=False, is_sample=False, baseline_year=2016)
    village = VillageFactory(district=DistrictFactory(region=ciamis))
    left = BaselineFactory(programme=old, village=village, area_ha=100)
    YearlyFigureFactory(baseline=left, year=2017, area_ha=1, verified=True)
    new = ProgrammeFactory(
        region=ciamis, is_current=True, is_sample=False, baseline_year=2020, target_year=2030
    )
    rebuild()
    assert "tinggal 10,00 Ha dari 20,00 Ha" in text_of(client.get("/?wilayah=32"))
    meanwhile(region_series, "_summary", lambda: run_instead(new, old))
    assert "tinggal 11,00 Ha dari 120,00 Ha" in text_of(client.get("/?wilayah=32"))


def test_so_it_is_when_that_period_has_the_same_baselines(client, meanwhile, baseline):
    new = ProgrammeFactory(
        region=city(), is_current=False, is_sample=False, baseline_year=2020, target_year=2030
    )
    again = BaselineFactory(programme=new, village=baseline.village, area_ha=20)
    YearlyFigureFactory(baseline=again, year=2021, area_ha=15, verified=True)
    rebuild()
    assert "Keadaan akhir 2017" in text_of(client.get("/?wilayah=32"))
    meanwhile(region_series, "_summary", lambda: run_instead(baseline.programme, new))
    page = text_of(client.get("/?wilayah=32"))
    assert "tinggal 15,00 Ha dari 20,00 Ha" in page
    assert "Keadaan akhir 2021" in page
