"""Plain SQL says what its queryset twin says."""

from datetime import date
from decimal import Decimal

import pytest

from areas.models import Baseline, YearlyFigure
from areas.models.baseline import as_totals
from areas.models.states import OFFICIAL, PROVISIONAL
from areas.totals.hot_queries import changes_by_year
from tests.factories import BaselineFactory, ProgrammeFactory, YearlyFigureFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    """Three villages: one falls and rises, one is cleared in a year of its own, one has no figure."""
    programme = ProgrammeFactory(baseline_year=2016)
    first, second, third = (
        BaselineFactory(programme=programme, area_ha=Decimal(area))
        for area in ("20.07", "0.29", "0")
    )
    YearlyFigureFactory(baseline=first, year=2017, area_ha=Decimal("12.35"), verified=True)
    YearlyFigureFactory(baseline=first, year=2018, area_ha=Decimal("14.1"), submitted=True)
    YearlyFigureFactory(
        baseline=first, year=2020, area_ha=Decimal(3), verified=True, as_of=date(2020, 6, 30)
    )
    YearlyFigureFactory(
        baseline=second, year=2020, area_ha=0, verified=True, as_of=date(2020, 12, 1)
    )
    YearlyFigureFactory(baseline=second, year=2021, area_ha=Decimal(1))
    said = {"is_confirmed": True, "reason": "Meluas."}
    YearlyFigureFactory(baseline=third, year=2021, area_ha=Decimal("0.57"), submitted=True, **said)
    # Another period's figures are no part of it.
    YearlyFigureFactory(year=2018, verified=True)
    return programme


@pytest.mark.parametrize("statuses", [OFFICIAL, PROVISIONAL])
def test_changes_by_year_are_those_of_the_queryset(programme, statuses):
    totals, changes = changes_by_year(programme.pk, statuses)
    (sums,) = Baseline.objects.filter(programme=programme).totals_by_programme()
    assert totals == as_totals(sums) == (Decimal("20.36"), 3, 1)
    figures = YearlyFigure.objects.filter(baseline__programme=programme)
    assert changes == figures.yearly_changes(statuses)
    assert len(changes) >= 2


def test_without_figures_there_are_no_totals_beside_them():
    programme = BaselineFactory().programme
    assert changes_by_year(programme.pk, OFFICIAL) == (None, [])
