"""The official assessment: published forms, bands without gaps, and what can never happen."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from areas.rules import scoring
from areas.rules.edition import Base, SlumClass
from areas.rules.permen_14_2018 import PERMEN_14_2018
from areas.rules.scoring import Measured, VolumeOutOfRange, score

ORDER = list(PERMEN_14_2018.by_key)


def measured(bases, volumes):
    """Return what was counted: bases (Ha, buildings, KK, road, drainage), volumes in order."""
    area, buildings, households, road, drainage = bases
    listed = {key: Decimal(volume) for key, volume in zip(ORDER, volumes, strict=True)}
    return Measured(
        PERMEN_14_2018,
        Decimal(area),
        buildings,
        households,
        Decimal(road),
        Decimal(drainage),
        listed,
    )


# Published forms (domain.md, "The official assessment").
WUNGU = measured(
    ("2.66", 33, 42, 400, 0),
    ["0", "0", "0", "100", "300", "1", "0", "0", "0", "0", "7", "7", "42", "42", "33", "33"],
)
KEDUNGMALING = measured(
    ("0.95", 34, 41, 452, 544),
    ["4", "0", "5", "0", "120", "19", "19", "0.70", "415", "129", "0", "41", "0", "0", "34", "34"],
)


def test_published_form_of_wungu():
    result = score(WUNGU)
    assert (result.total, result.slum_class) == (24, SlumClass.LIGHT)
    assert [aspect.score for aspect in result.aspects] == [0, 4, 0, 0, 0, 10, 10]


def test_published_form_of_kedungmaling():
    result = score(KEDUNGMALING)
    assert (result.total, result.slum_class) == (26, SlumClass.LIGHT)
    assert [aspect.score for aspect in result.aspects] == [0, 1, 2, 8, 5, 0, 10]
    assert result.slum_ha == Decimal("0.95")


def test_the_table_has_seven_aspects_and_sixteen_criteria():
    assert [aspect.number for aspect in PERMEN_14_2018.aspects] == [1, 2, 3, 4, 5, 6, 7]
    assert ORDER == [
        "1a", "1b", "1c", "2a", "2b", "3a", "3b", "4a", "4b", "4c", "5a", "5b", "6a", "6b", "7a", "7b",
    ]  # fmt: skip
    assert len({criterion.field for criterion in PERMEN_14_2018.criteria}) == 16


@pytest.mark.parametrize(
    ("percent", "expected"),
    [
        ("0", 0), ("24.24", 0), ("24.99", 0), ("25", 1), ("50.9", 1), ("50.99", 1), ("51", 3),
        ("75", 3), ("75.99", 3), ("76", 5), ("100", 5),
    ],
)  # fmt: skip
def test_bands_begin_at_their_printed_lower_bound(percent, expected):
    assert PERMEN_14_2018.score_of(Decimal(percent)) == expected


def test_percentages_round_half_up_before_they_are_banded():
    # 24,995 % is 25,00 % and scores; 24,994 % is 24,99 % and does not.
    assert scoring.percent_of(Decimal("24.995"), Decimal(100)) == Decimal("25.00")
    assert scoring.percent_of(Decimal("24.994"), Decimal(100)) == Decimal("24.99")
    assert scoring.percent_of(Decimal(8), Decimal(33)) == Decimal("24.24")


def test_nothing_to_hold_against_is_no_percent():
    assert scoring.percent_of(Decimal(0), Decimal(0)) == 0


@pytest.mark.parametrize("volume", ["-0.01", "33.01"])
def test_volumes_outside_their_base_are_refused(volume):
    volumes = dict(WUNGU.volumes, **{"1a": Decimal(volume)})
    with pytest.raises(VolumeOutOfRange) as refusal:
        score(replaced(WUNGU, volumes))
    assert refusal.value.criterion is PERMEN_14_2018.by_key["1a"]


def replaced(given_, volumes):
    return replace(given_, volumes=volumes)


# Properties

AREAS = st.decimals("0.01", "99", places=2)
LENGTHS = st.decimals("0", "9999", places=2)


@st.composite
def assessments(draw):
    bases = (
        draw(AREAS),
        draw(st.integers(0, 400)),
        draw(st.integers(0, 400)),
        draw(LENGTHS),
        draw(LENGTHS),
    )
    empty = Measured(PERMEN_14_2018, *bases, {})
    volumes = {}
    for criterion in PERMEN_14_2018.criteria:
        share = draw(st.sampled_from([0, 1, 24, 25, 50, 51, 75, 76, 99, 100]))
        volumes[criterion.key] = empty.base_of(criterion) * share / 100
    return replaced(empty, volumes)


@given(assessments())
def test_total_lies_between_0_and_80_and_has_a_class(given_):
    result = score(given_)
    assert 0 <= result.total <= 80
    assert result.total == sum(each.score for each in result.criteria)
    assert result.is_slum == (result.slum_class != SlumClass.NONE) == (result.total >= 16)
    assert result.slum_ha in (0, given_.area_ha)
    assert 0 <= result.sectoral_percent <= 100


@given(assessments(), st.sampled_from(ORDER), st.decimals("0", "1", places=3))
def test_score_never_falls_when_a_volume_rises(given_, key, share):
    base = given_.base_of(PERMEN_14_2018.by_key[key])
    more = given_.volumes[key] + (base - given_.volumes[key]) * share
    worse = score(replaced(given_, dict(given_.volumes, **{key: more})))
    assert worse.total >= score(given_).total
    assert worse.sectoral_percent >= score(given_).sectoral_percent


@given(assessments(), st.sampled_from(ORDER), st.decimals("0", "20000", places=2))
def test_improving_never_makes_it_worse_and_never_goes_below_nothing(given_, key, improved):
    volumes = scoring.lowered(given_.volumes, {key: improved})
    assert volumes[key] == max(0, given_.volumes[key] - improved)
    assert score(replaced(given_, volumes)).total <= score(given_).total


@given(st.integers(0, 80))
def test_classes_meet_without_gap_or_overlap(total):
    bands = {
        SlumClass.NONE: range(16),
        SlumClass.LIGHT: range(16, 38),
        SlumClass.MEDIUM: range(38, 60),
        SlumClass.HEAVY: range(60, 81),
    }
    assert [each for each, band in bands.items() if total in band] == [
        PERMEN_14_2018.class_of(total)
    ]


@pytest.mark.parametrize("total", [-1, 81])
def test_no_class_outside_the_scale(total):
    with pytest.raises(ValueError, match=str(total)):
        PERMEN_14_2018.class_of(total)


@given(assessments())
def test_points_above_lead_to_the_next_class(given_):
    result = score(given_)
    better = result.total - result.points_above
    if result.slum_class == SlumClass.NONE:
        assert result.points_above == 0
        return
    classes = list(SlumClass)
    assert PERMEN_14_2018.class_of(better) == classes[classes.index(result.slum_class) + 1]
    assert PERMEN_14_2018.class_of(better + 1) == result.slum_class


@given(assessments())
def test_costliest_criteria_carry_the_whole_total(given_):
    result = score(given_)
    costliest = result.costliest()
    assert sum(each.score for each in costliest) == result.total
    assert [each.score for each in costliest] == sorted(
        (each.score for each in costliest), reverse=True
    )


@given(assessments(), assessments())
def test_contribution_is_the_share_of_the_mean_that_is_gone(before, after):
    one, two = score(before), score(after)
    assume(one.sectoral_percent > 0)
    share = scoring.contribution_percent(one, two)
    assert share <= 100
    expected = (one.sectoral_percent - two.sectoral_percent) / one.sectoral_percent * 100
    assert abs(share - expected) < Decimal("0.0000001")
    assert scoring.contribution_percent(one, one) == 0


def test_no_contribution_where_there_was_nothing_to_reduce():
    nothing = score(replaced(WUNGU, dict.fromkeys(ORDER, Decimal(0))))
    assert scoring.contribution_percent(nothing, score(WUNGU)) is None


def test_sectoral_mean_is_that_of_the_aspects():
    # Wungu by hand: 0; (25 + 75) / 2; (2,38 + 0) / 2; 0; 16,67; 100; 100.
    averages = ["0", "50", "1.19", "0", "16.67", "100", "100"]
    result = score(WUNGU)
    assert [each.average_percent for each in result.aspects] == [Decimal(x) for x in averages]
    assert result.sectoral_percent == sum(map(Decimal, averages)) / 7


def test_priorities_by_class_and_consideration():
    table = [
        [
            scoring.priority(each, words)
            for each in (SlumClass.HEAVY, SlumClass.MEDIUM, SlumClass.LIGHT)
        ]
        for words in ("tinggi", "sedang", "rendah")
    ]
    assert table == [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
    assert scoring.priority(SlumClass.NONE, "tinggi") is None
    assert scoring.priority(SlumClass.HEAVY, "") is None


def test_bases_have_units():
    assert [each.unit for each in Base] == ["unit", "Ha", "m", "m", "KK"]


def test_the_class_without_slum_begins_at_nothing():
    assert PERMEN_14_2018.lowest(SlumClass.NONE) == 0
    assert PERMEN_14_2018.lowest(SlumClass.LIGHT) == PERMEN_14_2018.slum_from
