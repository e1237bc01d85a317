"""A sum is of one moment, though a baseline is corrected while its page is being drawn."""

from decimal import Decimal
from threading import Thread

import pytest
from django.db import connection

from areas import region_series, series
from areas.models import Baseline
from areas.models.programme_year import rebuild
from tests.areas.views.pages import text_of
from tests.factories import (
    BaselineFactory,
    ProgrammeFactory,
    UserFactory,
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
def corrected_meanwhile(baseline, monkeypatch):
    """Let somebody make the baseline 25 Ha right before this question is asked for the first time."""
    bappeda = UserFactory(bappeda=True)

    def correct():
        stored = Baseline.objects.get(pk=baseline.pk)
        if stored.area_ha == 20:
            stored.change(by=bappeda, area_ha=Decimal(25), reason="Salah ketik")
        connection.close()

    def corrected_meanwhile(module, name):
        ask = getattr(module, name)

        def late(*args, **values):
            somebody = Thread(target=correct)
            somebody.start()
            somebody.join()
            return ask(*args, **values)

        monkeypatch.setattr(module, name, late)

    return corrected_meanwhile


def test_a_city_never_shows_a_sum_of_two_moments(client, corrected_meanwhile):
    assert "tinggal 10,00 Ha dari 20,00 Ha — 50,0 % berkurang" in text_of(client.get("/"))
    corrected_meanwhile(series, "_changes_by_year")
    assert "tinggal 10,00 Ha dari 25,00 Ha — 60,0 % berkurang" in text_of(client.get("/"))


def test_a_summed_city_never_shows_a_sum_of_two_moments(client, corrected_meanwhile, monkeypatch):
    monkeypatch.setattr(series, "SUMMARISED_FROM", 1)
    assert "tinggal 10,00 Ha dari 20,00 Ha — 50,0 % berkurang" in text_of(client.get("/"))
    corrected_meanwhile(series.ProgrammeYear.objects, "filter")
    assert "tinggal 10,00 Ha dari 25,00 Ha — 60,0 % berkurang" in text_of(client.get("/"))


def test_a_province_never_shows_a_sum_of_two_moments(client, corrected_meanwhile):
    assert "tinggal 10,00 Ha dari 20,00 Ha — 50,0 % berkurang" in text_of(
        client.get("/?wilayah=32")
    )
    corrected_meanwhile(region_series, "_summary")
    assert "tinggal 10,00 Ha dari 25,00 Ha — 60,0 % berkurang" in text_of(
        client.get("/?wilayah=32")
    )
