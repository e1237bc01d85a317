"""A forecast whose year is over is none; where the line ends, and which of its years are ahead."""

import re
from datetime import date
from decimal import Decimal

import pytest

from kotaku.caching import page_cache
from tests.areas.public.pages import text_of
from tests.areas.public.test_regions import fill
from tests.factories import YearlyFigureFactory, city


@pytest.fixture
def in_year(monkeypatch):
    """Return what makes it June of a year."""

    def go(year, month=6, day=1):
        today = date(year, month, day)
        monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: today)

    return go


@pytest.fixture
def banjar(db):
    """187,95 Ha in 2016 and 76,65 Ha in 2019: the target of 0 Ha is met in 2022 at that pace."""
    fill(city(), [("187.95", "76.65")], year=2019)


def line_of(content: str, name: str) -> list[tuple[float, float]]:
    """Return the corners of the wide chart's line of this class."""
    found = re.search(rf'class="{name}" points="([^"]+)"', content)
    return [tuple(map(float, corner.split(","))) for corner in found[1].split()] if found else []


@pytest.mark.parametrize("address", ["/", "/?wilayah=32", "/?wilayah=32.79"])
def test_a_year_that_is_over_is_no_forecast(client_of, banjar, in_year, address):
    in_year(2023)
    response = client_of().get(address)
    content, page = response.content.decode(), text_of(response)
    assert "erkiraan" not in content
    assert "laju" not in page
    assert "chart-projection" not in content
    assert 'text-anchor="middle">2022</text>' not in content


@pytest.mark.parametrize("year", [2019, 2022])
def test_a_year_that_is_not_over_is_one(client_of, banjar, in_year, year):
    in_year(year)
    response = client_of().get("/")
    page = text_of(response)
    assert "Perkiraan target tercapai tahun 2022 bila terus berkurang 37,10 Ha per tahun" in page
    assert "Perkiraan target tercapai: tahun 2022, bila terus" in page
    assert "chart-projection" in response.content.decode()
    # Years that are over are on the line, but no estimate of theirs is said.
    ahead = {2019: ["2020", "2021", "2022"], 2022: ["2022"]}[year]
    assert re.findall(r"Perkiraan akhir (\d+):", response.content.decode()) == ahead * 2


def test_the_line_ends_at_the_target_in_the_year_that_the_words_name(client_of, banjar, in_year):
    in_year(2022)
    content = client_of().get("/").content.decode()
    corners, target = line_of(content, "chart-projection"), line_of(content, "chart-target")
    # 76,65 − 37,10 − 37,10 = 2,45, and no less than the target in 2022; the target ends in 2019.
    assert len(corners) == 4
    assert corners[-1][1] == target[-1][1]
    assert target[-1][0] == corners[0][0]
    tick = re.search(r'<text x="([\d.]+)" y="[\d.]+" text-anchor="middle">2022</text>', content)
    assert corners[-1][0] == float(tick[1])


def test_a_newer_figure_makes_a_forecast_again(client_of, banjar, in_year):
    in_year(2023)
    figure = YearlyFigureFactory._meta.model.objects.get()
    YearlyFigureFactory(baseline=figure.baseline, year=2022, area_ha=70, verified=True)
    page = text_of(client_of().get("/"))
    # 117,95 Ha in 6 years.
    assert "tahun 2026 bila terus berkurang 19,66 Ha per tahun" in page


@pytest.mark.parametrize(
    ("before", "after", "year"),
    # A third of a hectare a year: the pace itself is rounded, the year is not. It is the first year
    # whose area is shown as 0,00 Ha.
    [("11", "10", 2049), ("2", "1", 2022), ("100.03", "100.02", 32024)],
)
def test_the_year_is_exact(client_of, db, in_year, before, after, year):
    fill(city(), [(before, after)], year=2019)
    in_year(2019)
    assert f"Perkiraan target tercapai: tahun {year}, bila terus" in text_of(client_of().get("/"))


@pytest.mark.django_db(transaction=True)
def test_a_kept_page_is_drawn_anew_in_the_new_year(client_of, in_year):
    fill(city(), [(Decimal("187.95"), Decimal("76.65"))], year=2019)
    page_cache.store.clear()
    in_year(2022, 12, 31)
    first = client_of().get("/")
    assert len(page_cache.store) == 1
    assert "tahun 2022" in text_of(first)
    in_year(2023, 1, 1)
    second = client_of().get("/", headers={"If-None-Match": first["ETag"]})
    assert second.status_code == 200
    assert "tahun 2022" not in text_of(second)
