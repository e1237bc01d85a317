"""A figure of a year that is not over, and the years between figures that have none."""

import re
from datetime import date

import pytest

from areas.models import Baseline, Programme
from areas.models.programme_year import rebuild
from kotaku.caching import page_cache
from tests.areas.public.pages import text_of
from tests.areas.public.test_regions import fill
from tests.factories import YearlyFigureFactory, city

YEAR = 2026


@pytest.fixture
def on_day(monkeypatch):
    """Return what makes it a day."""

    def go(*day):
        monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: date(*day))

    return go


@pytest.fixture
def villages(db):
    """Two villages with figures of 2018 and 2019, of which one has a figure of 2026 too."""
    fill(city(), [("60.00", "30.00"), ("40.00", "20.00")], year=2019)
    known = list(Baseline.objects.order_by("pk"))
    for each in known:
        YearlyFigureFactory(baseline=each, year=2018, area_ha=each.area_ha, verified=True)
    YearlyFigureFactory(baseline=known[0], year=YEAR, area_ha="29.00", verified=True)
    rebuild()
    return known


def test_a_year_that_is_not_over_has_no_end(client_of, villages, on_day):
    addresses = ["/", "/?wilayah=32", f"/desa/{villages[0].village.code}/"]
    on_day(2026, 12, 31)
    for address in addresses:
        page = text_of(client_of().get(address))
        assert "tahun berjalan 2026" in page
        assert "2026 (tahun berjalan): bukan keadaan akhir tahun." in page
        assert not re.search(r"\bakhir 2026", page)
    on_day(2027, 1, 1)
    for address in addresses:
        page = text_of(client_of().get(address))
        assert re.search(r"\bakhir 2026", page)
        assert "tahun berjalan" not in page


@pytest.mark.django_db(transaction=True)
def test_a_kept_page_does_not_outlive_its_year(client_of, on_day):
    fill(city(), [("60.00", "30.00")], year=YEAR)
    page_cache.store.clear()
    on_day(2026, 12, 31)
    assert "Keadaan tahun berjalan 2026." in text_of(client_of().get("/"))
    assert len(page_cache.store) == 1
    on_day(2027, 1, 1)
    assert "Keadaan akhir 2026." in text_of(client_of().get("/"))


def test_the_social_card_names_no_end_of_the_running_year(client_of, villages, on_day):
    on_day(2026, 11, 28)
    content = client_of().get("/").content.decode()
    assert 'content="Keadaan tahun berjalan 2026. 1 dari 2' in content


def test_the_target_keeps_its_own_year(client_of, villages, on_day):
    on_day(2026, 11, 28)
    page = text_of(client_of().get("/"))
    assert "Target 2019 0,00 Ha" in page
    assert "Target 2026" not in page


def test_years_between_figures_are_named(client_of, villages, on_day):
    on_day(2026, 11, 28)
    for address in ("/", f"/desa/{villages[0].village.code}/"):
        assert "Belum ada angka 2017 dan 2020–2025." in text_of(client_of().get(address))
    Programme.objects.update(is_closed=True, is_current=False)
    assert "Belum ada angka 2017" not in text_of(client_of().get("/"))


def test_years_without_any_figure_have_no_column(client_of, villages, on_day):
    on_day(2026, 11, 28)
    for address in ("/", "/?wilayah=32", "/desa/"):
        response = client_of().get(address)
        content = response.content.decode()
        head = content.partition('<table class="villages"')[2].partition("</thead>")[0]
        years = [year for year in range(2016, 2027) if f"urut={year}" in head.replace("-", "")]
        assert years == [2018, 2019, 2026], address
        assert "Tahun 2017 dan 2020–2025 dilewati" in text_of(response)
