"""What the plan would bring: the rule against a naive twin, and what counts when."""

from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from areas.models import ActivityStatus
from areas.rules import scoring
from areas.rules.criteria import CURRENT
from areas.totals.series import programme_series
from areas.workplan.expected import (
    ExpectedRt,
    VillagePlan,
    effect_of,
    expected_city,
    expected_rts,
    plan_path,
)
from tests.factories import (
    ActivityFactory,
    AssessmentFactory,
    ImprovementFactory,
    YearlyFigureFactory,
)

THIS_YEAR = timezone.localdate().year

VOLUMES = st.dictionaries(
    st.sampled_from([each.key for each in CURRENT.criteria]), st.integers(0, 100).map(Decimal)
)


def measured(volumes):
    full = {each.key: Decimal(0) for each in CURRENT.criteria} | volumes
    return scoring.Measured(
        edition=CURRENT,
        area_ha=Decimal(100),
        buildings=100,
        households=100,
        ideal_road_m=Decimal(100),
        ideal_drainage_m=Decimal(100),
        volumes=full,
    )


@given(VOLUMES, VOLUMES)
def test_a_plan_never_makes_an_rt_worse(volumes, improved):
    now = scoring.score(measured(volumes))
    then = scoring.score(measured(scoring.lowered(measured(volumes).volumes, improved)))
    assert then.total <= now.total
    assert then.slum_ha <= now.slum_ha
    assert all(after.volume >= 0 for after in then.criteria)


@given(VOLUMES)
def test_improving_everything_leaves_nothing(volumes):
    everything = dict.fromkeys((each.key for each in CURRENT.criteria), Decimal(1000))
    then = scoring.score(measured(scoring.lowered(measured(volumes).volumes, everything)))
    assert then.total == 0


def expected(by_year):
    """An RT of 2,66 Ha that is slum now; `by_year` is year → whether it still is."""
    slum, clean = {"5a": 100, "5b": 100, "6a": 100, "7a": 100}, {}
    results = {
        year: scoring.score(
            measured({key: Decimal(v) for key, v in (slum if bad else clean).items()})
        )
        for year, bad in by_year.items()
    }
    return ExpectedRt(
        None, scoring.score(measured({k: Decimal(v) for k, v in slum.items()})), results
    )


def path_of(rts, start_year, start_ha):
    """The path of a single village."""
    return plan_path([VillagePlan(start_ha, rts)], start_year, start_ha)


def test_path_holds_until_the_year_of_the_work_and_falls_then():
    rts = [expected({2021: False}), expected({2020: True, 2022: False})]
    assert path_of(rts, 2019, Decimal(250)) == [
        (2019, Decimal(250)),
        (2020, Decimal(250)),
        (2021, Decimal(150)),
        (2022, Decimal(50)),
    ]


def test_path_stops_at_zero_and_is_empty_when_nothing_falls():
    assert path_of([expected({2021: False})], 2020, Decimal(30)) == [
        (2020, Decimal(30)),
        (2021, Decimal(0)),
    ]
    assert path_of([expected({2021: True})], 2020, Decimal(30)) == []
    assert path_of([], 2020, Decimal(30)) == []


def test_a_village_gives_no_more_than_it_has_and_others_are_not_charged_for_it():
    """Two RTs of 100 Ha leave slum in a village of 30 Ha; another has 500 Ha and an RT that stays."""
    small = VillagePlan(Decimal(30), [expected({2021: False}), expected({2022: False})])
    large = VillagePlan(Decimal(500), [expected({2021: True})])
    none_left = VillagePlan(Decimal("0.00"), [expected({2021: False})])
    assert plan_path([small, large, none_left], 2020, Decimal(530)) == [
        (2020, Decimal(530)),
        (2021, Decimal(500)),
        (2022, Decimal(500)),
    ]


def test_work_that_should_be_done_by_now_comes_next():
    assert path_of([expected({2018: False})], 2020, Decimal(130)) == [
        (2020, Decimal(130)),
        (2021, Decimal(30)),
    ]


@pytest.fixture
def assessed(baseline):
    """Wungu's form of 2018, verified: 24, kumuh ringan, 2,66 Ha."""
    return AssessmentFactory(neighbourhood__village=baseline.village, verified=True)


def improve(assessed, *rows, **activity):
    """Plan an activity that takes these (criterion, volume) off the RT."""
    planned = ActivityFactory(village=assessed.neighbourhood.village, **activity)
    for key, volume in rows:
        ImprovementFactory(
            activity=planned,
            neighbourhood=assessed.neighbourhood,
            criterion=key,
            volume=Decimal(volume),
        )
    return planned


def improved(assessed, *, sample=False):
    return expected_rts(sample=sample, village=assessed.neighbourhood.village)


def test_last_verified_assessment_less_the_plan(assessed):
    improve(assessed, ("6a", "42"), ("6b", "500"))  # more than there is counts as the whole
    (rt,) = improved(assessed)
    assert (rt.now.total, rt.then.total) == (24, 14)
    assert (rt.now.slum_ha, rt.then.slum_ha) == (Decimal("2.66"), Decimal("0.00"))


def test_activities_add_up_over_the_years(assessed):
    first, second = THIS_YEAR + 1, THIS_YEAR + 2
    improve(assessed, ("6a", "20"), year=first)
    improve(assessed, ("6a", "22"), ("6b", "42"), year=second)
    (rt,) = improved(assessed)
    assert [rt.by_year[year].total for year in (first, second)] == [22, 14]
    assert rt.reduced_ha(first) == 0
    assert rt.reduced_ha(second) == Decimal("2.66")


@pytest.mark.parametrize(
    ("status", "year", "counts"),
    [
        (ActivityStatus.PLANNED, 2020, True),
        (ActivityStatus.RUNNING, 2020, True),
        # Should be done, is not: still to come.
        (ActivityStatus.PLANNED, 2017, True),
        (ActivityStatus.CANCELLED, 2020, False),
        # Done after the assessment: nobody has seen it yet.
        (ActivityStatus.DONE, 2019, True),
        # Done before: the assessment of 2018 knows it.
        (ActivityStatus.DONE, 2018, False),
        (ActivityStatus.DONE, 2017, False),
    ],
)
def test_what_counts_as_still_to_come(assessed, status, year, counts):
    done = {"physical_percent": 100} if status == ActivityStatus.DONE else {}
    planned = improve(assessed, ("6a", "42"), status=status, year=year, **done)
    assert bool(improved(assessed)) is counts
    assert bool(effect_of(planned)) is counts


def path(programme):
    return expected_city(programme_series(programme), programme).path


def test_what_a_figure_knows_already_is_not_counted_twice(assessed, baseline):
    improve(assessed, ("6a", "42"), ("6b", "42"), status="done", physical_percent=100, year=2019)
    figure = YearlyFigureFactory(baseline=baseline, year=2018, verified=True)
    assert path(baseline.programme)[-1] == (2019, Decimal("12.34"))
    YearlyFigureFactory(baseline=baseline, year=2019, verified=True, entered_by=figure.entered_by)
    assert path(baseline.programme) == []


def test_what_is_done_already_is_where_the_rest_begins(assessed, baseline):
    improve(assessed, ("6a", "42"), status="done", physical_percent=100, year=2019)
    improve(assessed, ("6b", "42"), year=THIS_YEAR + 1)
    YearlyFigureFactory(baseline=baseline, year=2019, verified=True)
    assert path(baseline.programme)[-1] == (THIS_YEAR + 1, Decimal("12.34"))


def test_each_village_is_held_against_its_own_last_figure(assessed, baseline, other_baseline):
    improve(assessed, ("6a", "42"), ("6b", "42"), status="done", physical_percent=100, year=2019)
    YearlyFigureFactory(baseline=baseline, year=2018, verified=True)
    YearlyFigureFactory(baseline=other_baseline, year=2019, area_ha=30, verified=True)
    # The city knows 2019, this village's figure does not.
    assert path(baseline.programme)[-1][1] == Decimal("42.34")


def test_villages_outside_the_decree_are_outside_its_path(assessed, baseline):
    stranger = AssessmentFactory(verified=True)
    improve(stranger, ("6a", "42"), ("6b", "42"))
    YearlyFigureFactory(baseline=baseline, year=2018, verified=True)
    assert path(baseline.programme) == []


def test_what_should_be_done_by_now_comes_this_year_at_the_earliest(assessed):
    improve(assessed, ("6a", "42"), ("6b", "42"), year=2019)
    (rt,) = improved(assessed)
    assert list(rt.by_year) == [THIS_YEAR]


def test_unverified_assessments_and_sample_ones_promise_nothing(baseline):
    draft = AssessmentFactory(neighbourhood__village=baseline.village, submitted=True)
    improve(draft, ("6a", "42"))
    sample = AssessmentFactory(
        neighbourhood__village=baseline.village, neighbourhood__is_sample=True, verified=True
    )
    improve(sample, ("6a", "42"), is_sample=True)
    assert improved(draft) == []
    assert len(improved(draft, sample=True)) == 1


def test_a_village_sees_its_own_rts_only(assessed, other_baseline):
    improve(assessed, ("6a", "42"))
    assert len(expected_rts(sample=False, village=assessed.neighbourhood.village)) == 1
    assert expected_rts(sample=False, village=other_baseline.village) == []
