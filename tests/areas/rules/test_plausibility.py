"""What makes a figure surprising."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from areas.rules.plausibility import (
    Concern,
    Context,
    concerns,
    growth_sentence,
    needs_confirmation,
    needs_evidence_or_reason,
    reading,
)

HA = st.decimals(min_value=0, max_value=500, places=2)


def context(baseline="20", previous="15", year=2017, evidence=1):
    return Context(Decimal(baseline), Decimal(previous), year, evidence)


@given(HA, HA, HA, st.integers(0, 5))
def test_growth_needs_a_confirmation_and_nothing_else_does(area, baseline, previous, evidence):
    found = concerns(area, Context(baseline, previous, 2017, evidence))
    assert needs_confirmation(found) == (area > baseline or area > previous)
    assert needs_evidence_or_reason(found) == (area == 0 and previous > 0 and not evidence)


def test_baseline_is_the_first_previous_figure():
    assert concerns(Decimal(20), context(previous="20", year=None)) == []
    assert concerns(Decimal("20.01"), context(previous="20", year=None)) == [Concern.ABOVE_BASELINE]


def test_large_drop_and_missing_evidence_are_flagged():
    assert concerns(Decimal("7.49"), context(evidence=0)) == [
        Concern.LARGE_DROP,
        Concern.NO_EVIDENCE,
    ]
    assert concerns(Decimal("7.50"), context()) == []


def test_growth_sentence_names_what_is_exceeded():
    sentence = growth_sentence(
        Decimal("12.50"), context(baseline="8.30", previous="8.30", year=None)
    )
    assert sentence.replace("\u00a0", " ") == (
        "12,50 Ha lebih besar daripada baseline 8,30 Ha. Periksa lagi; bila benar, centang "
        "konfirmasi dan tulis alasannya."
    )
    assert "angka 2017" in growth_sentence(Decimal(16), context())


def test_reading_says_how_a_number_is_understood():
    text = reading(Decimal("12.50"), context(previous="15.70"))
    assert text.replace("\u00a0", " ") == "= 12,50 Ha, berkurang 3,20 Ha dari 2017"
