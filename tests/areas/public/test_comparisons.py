"""How a village compares with its city: for whom it is shown, and at which year."""

from datetime import date

import pytest

from tests.areas.public.pages import text_of
from tests.factories import (
    BaselineFactory,
    ProgrammeFactory,
    VillageFactory,
    YearlyFigureFactory,
)


@pytest.fixture
def two_villages(baseline, other_baseline):
    """Balokang (20 Ha): 15 in 2017. Binangun (10 Ha): 5 in 2017, 0 in 2018. The city: 30, 20, 15."""
    other_baseline.area_ha = 10
    other_baseline.save()
    YearlyFigureFactory(baseline=baseline, year=2017, area_ha=15, verified=True)
    YearlyFigureFactory(baseline=other_baseline, year=2017, area_ha=5, verified=True)
    YearlyFigureFactory(baseline=other_baseline, year=2018, area_ha=0, verified=True)
    return baseline, other_baseline


def page_of(client, baseline):
    return text_of(client.get(f"/desa/{baseline.village.code}/"))


def test_a_signed_in_person_sees_rank_and_pace(client_of, viewer, two_villages):
    slow, fast = two_villages
    page = page_of(client_of(viewer), slow)
    # 25,0 % beside the city's 33,3 % of the village's own newest year, not the 50,0 % of 2018.
    assert "Lebih lambat dari kota Dari 2016 sampai 2017 Kota Banjar berkurang 33,3 %." in page
    assert "Urutan pengurangan 2 dari 2 menurut persen, sampai 2017" in page
    page = page_of(client_of(viewer), fast)
    assert "Lebih cepat dari kota Dari 2016 sampai 2018 Kota Banjar berkurang 50,0 %." in page
    assert "Urutan pengurangan 1 dari 2 menurut persen, sampai 2018" in page


def test_the_rank_is_of_the_same_year_as_the_comparison_with_the_city(
    client_of, viewer, two_villages
):
    # In 2017, its own newest year, Balokang led with 80,0 %; in 2018 Binangun is at 100,0 %.
    slow, _ = two_villages
    slow.figures.update(area_ha=4)
    page = page_of(client_of(viewer), slow)
    assert "Lebih cepat dari kota Dari 2016 sampai 2017 Kota Banjar berkurang 70,0 %." in page
    assert "Urutan pengurangan 1 dari 2 menurut persen, sampai 2017" in page


def test_the_public_sees_it_only_where_the_city_switches_it_on(client, two_villages):
    slow = two_villages[0]
    page = page_of(client, slow)
    assert "lambat" not in page
    assert "Urutan" not in page
    slow.programme.shows_ranks = True
    slow.programme.save()
    page = page_of(client, slow)
    assert "Lebih lambat dari kota" in page
    assert "Urutan pengurangan 2 dari 2" in page


def test_equal_villages_share_their_rank(client_of, viewer, baseline, other_baseline):
    for each in (baseline, other_baseline):
        YearlyFigureFactory(baseline=each, year=2017, area_ha=each.area_ha / 2, verified=True)
    for each in (baseline, other_baseline):
        assert "Urutan pengurangan 1 dari" in page_of(client_of(viewer), each)
        assert "Secepat kota Dari 2016 sampai 2017" in page_of(client_of(viewer), each)


@pytest.mark.parametrize(
    ("today", "closed", "sentence"),
    [
        (date(2020, 1, 31), False, "Belum ada angka 2018."),
        (date(2020, 2, 1), False, "Belum ada angka 2018–2019."),
        (date(2020, 2, 1), True, ""),
        (date(2018, 6, 1), False, ""),
    ],
)
def test_years_past_their_due_date_are_named(
    client, two_villages, monkeypatch, today, closed, sentence
):
    slow, fast = two_villages
    fast.figures.filter(year=2018).delete()
    slow.programme.is_current, slow.programme.is_closed = not closed, closed
    slow.programme.save()
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: today)
    for page in (text_of(client.get("/")), page_of(client, slow)):
        assert ("Belum ada angka 20" in page) == bool(sentence)
        assert sentence in page


def test_a_village_page_leads_to_the_ones_before_and_after_it_by_name(client, two_villages):
    middle = BaselineFactory(programme=two_villages[0].programme, village__name="Bantar")
    BaselineFactory(programme=ProgrammeFactory(is_current=False), village__name="Barat")
    first, last = (each.village for each in two_villages)
    period = f"?periode={middle.programme.slug}"
    page = client.get(f"/desa/{middle.village.code}/").content.decode()
    assert f'rel="prev"\nhref="/desa/{first.code}/{period}">← Balokang' in page
    assert f'rel="next" href="/desa/{last.code}/{period}">Binangun →' in page
    page = client.get(f"/desa/{first.code}/").content.decode()
    assert 'rel="prev"' not in page
    assert "Bantar →" in page
    page = client.get(f"/desa/{last.code}/").content.decode()
    assert "← Bantar" in page
    assert 'rel="next"' not in page
    outside = VillageFactory(district=first.district)
    page = client.get(f"/desa/{outside.code}/").content.decode()
    assert "rel=" not in page.split("<main")[1]
