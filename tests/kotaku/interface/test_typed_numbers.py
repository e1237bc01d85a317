"""One table of typed numbers: what each reader takes, refuses (null) and asks about ("?").

The browser test of the same table is tests/browser/test_typed_numbers.py.
"""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from areas.workplan.fields import VolumeField, volume_in
from kotaku import quantities
from kotaku.formats import AmbiguousNumber, InvalidNumber, parse_amount, parse_count, parse_rupiah
from kotaku.interface.fields import AmountField, CountField, RupiahField

CASES = json.loads(Path(__file__).with_name("typed_numbers.json").read_text())
READERS = {
    "hectares": lambda text: parse_amount(text, quantities.HECTARES),
    "rt": lambda text: parse_amount(text, quantities.RT_HECTARES),
    "metres": lambda text: parse_amount(text, quantities.METRES),
    "count": lambda text: parse_count(text, quantities.HOUSEHOLDS),
    "rupiah": parse_rupiah,
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("case", CASES, ids=[case["typed"] for case in CASES])
def test_each_typed_number_is_read_asked_about_or_refused(case, reader):
    try:
        found = READERS[reader](case["typed"])
    except AmbiguousNumber:
        found = "?"
    except InvalidNumber:
        found = None
    expected = case[reader]
    if expected in (None, "?"):
        assert found == expected
    else:
        assert found == Decimal(expected)


@pytest.mark.parametrize(
    ("read", "typed", "sentence"),
    [
        (
            READERS["count"],
            "1,000",
            "1,000 bisa berarti 1 atau 1.000 KK. Tulis tanpa titik dan koma, misalnya 1000.",
        ),
        (
            READERS["rt"],
            "2.661",
            "2.661 bisa berarti 2,661 atau 2.661 Ha. Tulis 2,6610 atau 2661.",
        ),
        (
            READERS["hectares"],
            "12 m2",
            "“12 m2” bersatuan m², bukan Ha. Tulis luas dalam hektare, misalnya 12,50.",
        ),
        (READERS["count"], "2 ribu", "Tulis angkanya lengkap, tanpa “ribu”."),
        (READERS["rupiah"], "150,000", "150,000 bisa berarti 150 atau 150.000 rupiah."),
        (READERS["rt"], "1,2345678901234", "Tulis paling banyak 12 angka di belakang koma"),
        (READERS["rt"], "1234,123456789012", "Tulis paling banyak 15 angka seluruhnya."),
    ],
)
def test_the_sentence_says_both_readings_or_what_to_type(read, typed, sentence):
    with pytest.raises(InvalidNumber) as refusal:
        read(typed)
    assert sentence in str(refusal.value)


RT_AREAS = st.decimals(0, 999, places=12)


@given(RT_AREAS)
def test_what_a_form_shows_of_an_rts_area_is_read_back_as_it_is(area_ha):
    field = AmountField(quantity=quantities.RT_HECTARES)
    assert field.clean(field.prepare_value(area_ha)) == area_ha


@given(st.sampled_from(["Ha", "m", "KK", "paket"]), st.decimals(0, 99_999, places=2))
def test_what_a_form_shows_of_a_volume_is_read_back_as_it_is(unit, volume):
    field = VolumeField()
    field.quantity = volume_in(unit)
    for value in (volume, volume.to_integral_value()):
        assert field.clean(field.prepare_value(value)) == value


@given(st.integers(0, 9_999_999))
def test_what_a_form_shows_of_a_count_is_read_back_as_it_is(count):
    for field in (CountField(), RupiahField()):
        assert field.clean(field.prepare_value(count)) == count


@given(st.text(alphabet="0123456789.,", min_size=1, max_size=14))
def test_a_count_is_never_guessed_against_a_naive_reading(text):
    """What is accepted is the whole number of a plain reading, comma or point as decimal sign."""
    try:
        count = parse_count(text)
    except InvalidNumber:
        return
    readings = {text.replace(".", "").replace(",", "."), text.replace(",", "")}
    assert any(_is(reading, count) for reading in readings)


def _is(reading, count):
    try:
        return Decimal(reading) == count
    except ArithmeticError:
        return False
