"""A sum of periods, against a naive twin that adds up villages year by year."""

from decimal import Decimal

from hypothesis import example, given
from hypothesis import strategies as st

from areas.rules.progress import Status, Target, yearly_changes
from areas.rules.summing import Part, series_of, together

HA = st.decimals(min_value=0, max_value=1000, places=2)
VILLAGE = st.tuples(HA, st.dictionaries(st.integers(2017, 2026), HA, max_size=6))


@st.composite
def periods(draw):
    """A period's first year, its villages with figures of later years, perhaps a promise."""
    first = draw(st.integers(2016, 2022))
    villages = [
        (area, {year: ha for year, ha in figures.items() if year > first})
        for area, figures in draw(st.lists(VILLAGE, min_size=1, max_size=4))
    ]
    last = draw(st.integers(first + 1, first + 6))
    stated = draw(st.dictionaries(st.integers(first + 1, last), HA, max_size=2))
    stated.pop(last, None)
    return first, villages, Target(last, draw(HA), stated)


PERIODS = st.lists(periods(), min_size=1, max_size=5)


def part(first, villages, target=None):
    return Part(
        baseline_year=first,
        baseline_ha=sum(area for area, _ in villages),
        villages=len(villages),
        cleared_at_baseline=sum(area == 0 for area, _ in villages),
        target=target,
    )


def summed(periods):
    """Return the series of periods, each its first year, its villages and perhaps its promise."""
    whole = together(part(*period) for period in periods)
    changes = [change for _, villages, *_ in periods for change in yearly_changes(villages)]
    return series_of(whole, changes)


def carried(baseline_ha, figures, year):
    known = [figures[other] for other in sorted(figures) if other <= year]
    return known[-1] if known else baseline_ha


@given(PERIODS)
def test_a_sum_is_what_all_villages_of_all_periods_have_left(found):
    series = summed([(first, villages) for first, villages, _ in found])
    everybody = [village for _, villages, _ in found for village in villages]
    assert series.baseline_year == max(first for first, _, _ in found)
    assert series.villages == len(everybody)
    for point in series.points:
        areas = [carried(area, figures, point.year) for area, figures in everybody]
        assert point.remaining_ha == sum(areas)
        assert point.cleared == sum(area == 0 for area in areas)
        if not point.is_baseline:
            assert point.counted == sum(point.year in figures for _, figures in everybody)


@given(PERIODS)
def test_targets_add_up_year_by_year(found):
    parts = [part(*period) for period in found]
    series = summed(found)
    last = max(period[2].year for period in found)
    assert series.target_path[0][0] == series.baseline_year
    assert series.target_path[-1] == (last, sum(period[2].area_ha for period in found))
    for year, area_ha in series.target_path:
        own = sum(each.target.area_in(year, each.baseline_year, each.baseline_ha) for each in parts)
        assert abs(area_ha - own) <= Decimal("0.005") + Decimal("1e-15")
    first = series.points[0]
    assert first.target_ha == series.target_path[0][1]
    assert first.gap_ha == first.remaining_ha - first.target_ha


@given(PERIODS)
@example(
    [
        (2016, [(Decimal("0.00"), {})], Target(2017, Decimal("16.25"), {})),
        (2022, [(Decimal("60.95"), {})], Target(2028, Decimal("129.36"), {})),
        (2022, [(Decimal("0.00"), {})], Target(2025, Decimal("1.22"), {})),
    ]
)
def test_a_sum_of_one_is_that_one_and_the_order_never_matters(found):
    assert summed(found) == summed(found[::-1])
    first, villages, target = found[0]
    alone = summed([(first, villages, target)])
    assert alone.baseline_ha == sum(area for area, _ in villages)
    assert alone.final_target.area_ha == target.area_ha


def test_while_one_part_promises_nothing_the_sum_promises_nothing():
    villages = [(Decimal(10), {2017: Decimal(5)})]
    promise = Target(2019, Decimal(0), {})
    assert summed([(2016, villages, promise), (2016, villages)]).final_target is None
    both = summed([(2016, villages, promise), (2016, villages, promise)])
    assert both.latest.status is Status.ON_TARGET
    assert both.latest.target_ha.quantize(Decimal("0.01")) == Decimal("13.33")


def test_without_parts_there_is_no_sum():
    assert together([]) is None
