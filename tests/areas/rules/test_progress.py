"""The rules of progress, against a naive twin that knows no shortcuts."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from areas.rules.progress import (
    Status,
    Target,
    build_series,
    yearly_changes,
)

HA = st.decimals(min_value=0, max_value=1000, places=2)
VILLAGES = st.lists(
    st.tuples(HA, st.dictionaries(st.integers(2017, 2026), HA, max_size=6)), min_size=1, max_size=8
)
TO_ZERO = Target(year=2019, area_ha=Decimal(0), stated={})


def series_of(villages, target=None):
    return build_series(
        baseline_year=2016,
        baseline_ha=sum(area for area, _ in villages),
        villages=len(villages),
        cleared_at_baseline=sum(area == 0 for area, _ in villages),
        changes=yearly_changes(villages),
        target=target,
    )


def carried(baseline_ha, figures, year):
    """The naive twin: the last figure up to `year`, else the baseline."""
    known = [figures[other] for other in sorted(figures) if other <= year]
    return known[-1] if known else baseline_ha


@given(VILLAGES)
def test_totals_carry_villages_without_a_figure_forward(villages):
    for point in series_of(villages).points:
        areas = [carried(area, figures, point.year) for area, figures in villages]
        assert point.remaining_ha == sum(areas)
        assert point.cleared == sum(area == 0 for area in areas)
        assert point.counted == sum(point.year in figures for _, figures in villages)
        if not point.is_baseline:
            assert point.carried == len(villages) - point.counted


@given(VILLAGES)
def test_years_run_without_gaps_to_the_last_figure(villages):
    years = [point.year for point in series_of(villages).points]
    last = max((year for _, figures in villages for year in figures), default=2016)
    assert years == list(range(2016, last + 1))


@given(VILLAGES)
def test_reductions_of_the_years_add_up_to_the_whole(villages):
    series = series_of(villages)
    assert sum(point.reduced_in_year_ha for point in series.points) == series.latest.reduced_ha


@example([(Decimal("0.02"), {}), (Decimal("9.82"), {2023: Decimal("9.31")})])
@given(VILLAGES)
def test_projection_reaches_the_target_at_its_pace_and_not_a_year_earlier(villages):
    series = series_of(villages, TO_ZERO)
    projection = series.projection
    if projection is None:
        assert (
            not series.has_figures
            or series.latest.remaining_ha >= series.baseline_ha
            or (series.latest.remaining_ha == 0)
        )
        return
    # Reached once the area is displayed as 0,00 Ha. Fractions, because a pace may be a third.
    first, last = series.points[0], series.latest
    pace = Fraction(first.remaining_ha - last.remaining_ha) / (last.year - first.year)
    years = projection.year - projection.from_year
    assert projection.pace_ha > 0
    assert Fraction(last.remaining_ha) - pace * years < Fraction(5, 1000)
    assert Fraction(last.remaining_ha) - pace * (years - 1) >= Fraction(5, 1000)


def test_target_path_runs_straight_from_the_baseline_to_zero():
    series = series_of([(Decimal("187.95"), {})], TO_ZERO)
    assert [area for _, area in series.target_path] == [
        Decimal("187.95"),
        Decimal("125.30"),
        Decimal("62.65"),
        Decimal(0),
    ]


def test_target_path_bends_at_the_years_that_the_programme_states():
    target = Target(year=2020, area_ha=Decimal(0), stated={2018: Decimal(100)})
    path = dict(series_of([(Decimal(180), {})], target).target_path)
    assert path[2017] == 140
    assert path[2018] == 100
    assert path[2019] == 50
    assert target.area_in(2025, 2016, Decimal(180)) == 0


def test_status_says_reached_on_target_or_behind():
    area = Decimal("187.95")
    assert series_of([(area, {2017: Decimal("125.30")})], TO_ZERO).latest.status == Status.ON_TARGET
    assert series_of([(area, {2017: Decimal("125.31")})], TO_ZERO).latest.status == Status.BEHIND
    assert series_of([(area, {2017: Decimal(0)})], TO_ZERO).latest.status == Status.REACHED
    assert series_of([(area, {2021: Decimal(1)})], TO_ZERO).latest.status == Status.BEHIND
    assert series_of([(area, {2017: Decimal(1)})]).latest.status is None


def test_no_projection_without_reduction_or_target():
    assert series_of([(Decimal(10), {2017: Decimal(10)})], TO_ZERO).projection is None
    assert series_of([(Decimal(10), {2017: Decimal(12)})], TO_ZERO).projection is None
    assert series_of([(Decimal(10), {2017: Decimal(5)})]).projection is None
    assert series_of([(Decimal(10), {2017: Decimal(0)})], TO_ZERO).projection is None


def test_percent_is_unknown_where_there_was_nothing():
    assert series_of([(Decimal(0), {2017: Decimal(1)})]).latest.reduced_percent is None


@pytest.mark.parametrize(
    ("figures", "running"),
    [
        ({2017: Decimal(8), 2018: Decimal(7)}, [False, False, True]),
        ({2017: Decimal(8)}, [False, False]),
        # A baseline alone states no day.
        ({}, [False]),
    ],
)
def test_only_the_year_that_is_not_over_is_running(figures, running):
    series = build_series(
        baseline_year=2016,
        baseline_ha=Decimal(10),
        villages=1,
        cleared_at_baseline=0,
        changes=yearly_changes([(Decimal(10), figures)]),
        target=None,
        this_year=2018 if figures else 2016,
    )
    assert [point.is_running for point in series.points] == running
