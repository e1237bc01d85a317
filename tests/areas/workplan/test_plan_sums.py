"""What the plan brings to a city is what it brings to its villages, and never more than they have."""

import re
from decimal import Decimal

import pytest
from django.utils import timezone

from areas.models import ActivityStatus
from tests.areas.public.pages import text_of
from tests.factories import (
    ActivityFactory,
    AssessmentFactory,
    BaselineFactory,
    ImprovementFactory,
    NeighbourhoodFactory,
    VillageFactory,
    YearlyFigureFactory,
)

NEXT_YEAR = timezone.localdate().year + 1


def heal(village, *, assessed=2018, area_ha="2.66", rt=None, **activity):
    """Assess an RT of 2,66 Ha and plan what brings it out of slum, next year unless said otherwise."""
    rt = rt or NeighbourhoodFactory(village=village)
    AssessmentFactory(neighbourhood=rt, year=assessed, area_ha=Decimal(area_ha), verified=True)
    activity = {"year": NEXT_YEAR, **activity}
    if activity.get("status") == ActivityStatus.DONE:
        activity["physical_percent"] = 100
    planned = ActivityFactory(village=village, **activity)
    for key in ("6a", "6b"):
        ImprovementFactory(activity=planned, neighbourhood=rt, criterion=key, volume=Decimal(42))
    return rt


@pytest.fixture
def look(client_of, viewer):
    """Return the words of a page as a signed-in reader sees it, the plan drawn."""

    def read(where="/", query=""):
        address = where if isinstance(where, str) else f"/desa/{where.code}/"
        return text_of(client_of(viewer).get(f"{address}?rencana=1{query}"))

    return read


def table_of(page: str) -> str:
    return page.partition("Tabel data")[2]


def test_a_village_with_nothing_left_gives_nothing(look, baseline, other_baseline):
    YearlyFigureFactory(baseline=baseline, year=2019, area_ha=0, verified=True)
    YearlyFigureFactory(baseline=other_baseline, year=2019, area_ha=30, verified=True)
    heal(baseline.village)
    heal(other_baseline.village, area_ha="4.31")
    city = look()
    assert f"25,69 Ha pada akhir {NEXT_YEAR}, dihitung dari 30,00 Ha pada akhir 2019." in city
    own = look(baseline.village)
    assert (
        "Bila rencana terlaksana, 1 RT tidak kumuh lagi; luas kumuh yang tercatat tetap "
        "0,00 Ha pada akhir 2019." in own
    )
    assert "Rencana kerja yang tercatat belum mengurangi luas kumuh." in own


def test_text_and_chart_say_the_same_from_the_same_start(look, baseline):
    """A figure of 9,95 Ha beside RTs of 5,60 Ha: the plan takes 5,60 Ha off 9,95 Ha, in both."""
    YearlyFigureFactory(baseline=baseline, year=2018, area_ha=Decimal("9.95"), verified=True)
    heal(baseline.village, area_ha="5.60")
    page = look(baseline.village)
    start, end = "9,95 Ha pada akhir 2018", f"4,35 Ha pada akhir {NEXT_YEAR}"
    assert f"1 RT tidak kumuh lagi: luas kumuh {start} → {end}." in page
    assert f"Bila rencana terlaksana: {end}, dihitung dari {start}." in page
    assert f"{NEXT_YEAR} 4,35 – bila rencana terlaksana" in table_of(page)
    assert f"{end}, dihitung dari {start}." in look()


@pytest.mark.parametrize(
    ("area_ha", "end"),
    [("5.60", "0,00"), ("3.00", "0,00"), ("5.61", "0,01")],
)
def test_a_figure_below_the_rts_falls_to_zero_and_no_further(
    look, baseline, other_baseline, area_ha, end
):
    for each, left in ((baseline, area_ha), (other_baseline, "30")):
        YearlyFigureFactory(baseline=each, year=2018, area_ha=Decimal(left), verified=True)
    heal(baseline.village, area_ha="5.60")
    assert f"→ {end} Ha pada akhir {NEXT_YEAR}." in look(baseline.village)
    total = 30 + Decimal(end.replace(",", "."))
    assert f"{total} Ha pada akhir {NEXT_YEAR}".replace(".", ",") in look()


def test_provisional_figures_are_where_the_plan_begins_when_they_are_shown(
    client_of, bappeda, baseline
):
    YearlyFigureFactory(baseline=baseline, year=2018, area_ha=10, verified=True)
    YearlyFigureFactory(baseline=baseline, year=2019, area_ha=2, submitted=True)
    heal(baseline.village)
    client = client_of(bappeda)
    for address in ("/", f"/desa/{baseline.village.code}/"):
        page = text_of(client.get(f"{address}?rencana=1&sementara=1"))
        assert f"0,00 Ha pada akhir {NEXT_YEAR}, dihitung dari 2,00 Ha pada akhir 2019." in page
        page = text_of(client.get(f"{address}?rencana=1"))
        assert f"7,34 Ha pada akhir {NEXT_YEAR}, dihitung dari 10,00 Ha pada akhir 2018." in page


def test_work_that_the_figure_knows_is_not_promised_again(look, baseline):
    rt = heal(baseline.village, status=ActivityStatus.DONE, year=2019)
    heal(baseline.village, area_ha="1.00")
    YearlyFigureFactory(baseline=baseline, year=2020, area_ha=8, verified=True)
    page = look(baseline.village)
    said = f"1 RT tidak kumuh lagi: luas kumuh 8,00 Ha pada akhir 2020 → 7,00 Ha pada akhir {NEXT_YEAR}."
    assert said in page
    assert f"{rt.short_name} Kumuh" not in page


def test_a_figure_older_than_the_work_still_loses_it(look, baseline):
    YearlyFigureFactory(baseline=baseline, year=2018, area_ha=8, verified=True)
    heal(baseline.village, status=ActivityStatus.DONE, year=2019)
    assert "luas kumuh 8,00 Ha pada akhir 2018 → 5,34 Ha pada akhir 2019." in look(baseline.village)


def test_an_assessment_newer_than_the_figure_promises_what_it_still_finds(look, baseline):
    """It is no slum any more by its newest assessment: the plan brings nothing out of slum."""
    YearlyFigureFactory(baseline=baseline, year=2018, area_ha=8, verified=True)
    rt = heal(baseline.village)
    AssessmentFactory(neighbourhood=rt, year=2020, verified=True, good=True)
    page = look(baseline.village)
    assert "belum ada RT yang tidak kumuh lagi" in page
    assert "Rencana kerja yang tercatat belum mengurangi luas kumuh." in page


def test_a_score_that_work_has_lowered_since_says_so(look, baseline):
    """Half of the work is done and in the figure of 2020, the other half is to come."""
    rt = heal(baseline.village)
    done = ActivityFactory(
        village=baseline.village, year=2019, status=ActivityStatus.DONE, physical_percent=100
    )
    ImprovementFactory(activity=done, neighbourhood=rt, criterion="7a", volume=Decimal(33))
    YearlyFigureFactory(baseline=baseline, year=2020, area_ha=8, verified=True)
    page = look(baseline.village)
    assert "Kumuh ringan, nilai 19 (2018, sesudah kegiatan selesai) → Tidak kumuh, nilai 9" in page


def test_outside_of_any_period_the_rts_area_is_said(look):
    lonely = VillageFactory()
    heal(lonely)
    page = look(lonely)
    assert "Bila rencana terlaksana, 1 RT tidak kumuh lagi, seluas 2,66 Ha." in page


def test_the_city_is_the_sum_of_its_villages(look, baseline, other_baseline):
    third = BaselineFactory(programme=baseline.programme, area_ha=5)
    for each, area_ha, year in ((baseline, 1, 2017), (other_baseline, 20, 2019)):
        YearlyFigureFactory(baseline=each, year=year, area_ha=area_ha, verified=True)
    for each in (baseline, other_baseline, third):
        heal(each.village)
        heal(each.village, year=NEXT_YEAR + 1)
    pages = [table_of(look(each.village)) for each in (baseline, other_baseline, third)]
    for year, total in ((NEXT_YEAR, "19,68"), (NEXT_YEAR + 1, "14,68")):
        left = [re.search(rf"{year} (\S+) . bila rencana", page)[1] for page in pages]
        assert sum(Decimal(area.replace(",", ".")) for area in left) == Decimal(
            total.replace(",", ".")
        )
        assert f"{year} {total} " in table_of(look())
