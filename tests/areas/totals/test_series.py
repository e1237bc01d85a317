"""The database sums as the pure rules do."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from areas.models import Programme, Status, YearlyFigure
from areas.rules.progress import yearly_changes
from areas.totals.series import programme_series, with_remaining
from tests.factories import (
    BaselineFactory,
    DistrictFactory,
    ProgrammeFactory,
    UserFactory,
    YearlyFigureFactory,
)

HA = st.decimals(min_value=0, max_value=99999, places=2)
VILLAGES = st.lists(
    st.tuples(HA, st.dictionaries(st.integers(2017, 2021), HA, max_size=4)), min_size=1, max_size=5
)


@pytest.fixture
def world(db):
    # One kecamatan for all examples: codes leave room for 99 in a city.
    return UserFactory(officer=True), UserFactory(bappeda=True), DistrictFactory()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(VILLAGES)
def test_database_sums_what_the_pure_rule_folds(world, villages):
    officer, bappeda, district = world
    programme = ProgrammeFactory(is_current=False)
    for area, figures in villages:
        baseline = BaselineFactory(programme=programme, area_ha=area, village__district=district)
        for year, area_ha in figures.items():
            YearlyFigureFactory(
                baseline=baseline,
                year=year,
                area_ha=area_ha,
                verified=True,
                entered_by=officer,
                verified_by=bappeda,
            )
    changes = YearlyFigure.objects.filter(baseline__programme=programme).yearly_changes(
        (Status.VERIFIED,)
    )
    assert changes == yearly_changes(villages)
    series = programme_series(programme)
    remaining = with_remaining(programme.baselines, (Status.VERIFIED,))
    assert sum(baseline.remaining_ha for baseline in remaining) == series.latest.remaining_ha


def test_submitted_figures_count_only_as_provisional(baseline, other_baseline):
    YearlyFigureFactory(baseline=baseline, submitted=True, area_ha=Decimal(5))
    YearlyFigureFactory(baseline=other_baseline, verified=True, area_ha=Decimal(10))
    official = programme_series(baseline.programme)
    assert official.latest.remaining_ha == Decimal(30)
    assert official.latest.carried == 1
    provisional = programme_series(baseline.programme, provisional=True)
    assert provisional.latest.remaining_ha == Decimal(15)
    assert provisional.latest.provisional == 1
    assert not provisional.latest.is_complete


def test_drafts_and_returned_figures_never_count(baseline):
    YearlyFigureFactory(baseline=baseline, area_ha=Decimal(1))
    YearlyFigureFactory(baseline=baseline, returned=True, year=2018, area_ha=Decimal(1))
    assert not programme_series(baseline.programme, provisional=True).has_figures


def test_period_without_villages_shows_what_its_decree_declares(db):
    programme = ProgrammeFactory(declared_ha=Decimal("187.95"))
    series = programme_series(programme)
    assert series.baseline_ha == Decimal("187.95")
    assert not series.has_figures
    assert programme_series(ProgrammeFactory(is_current=False)) is None


@pytest.mark.parametrize("villages", [2, 40])
def test_series_takes_the_same_queries_for_any_number_of_villages(
    programme, villages, django_assert_num_queries
):
    for _ in range(villages):
        YearlyFigureFactory(baseline=BaselineFactory(programme=programme), verified=True)
    with django_assert_num_queries(4):
        programme_series(Programme.objects.get(pk=programme.pk))
