"""Numbers as people type and read them."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotaku import formats
from kotaku.formats import AmbiguousNumber, InvalidNumber, parse_hectares

AREAS = st.decimals(min_value=0, max_value=formats.MAX_HECTARES, places=2)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("12,5", "12.50"),
        ("12.5", "12.50"),
        ("12,50 Ha", "12.50"),
        (" 12,5 ", "12.50"),
        ("12.50ha", "12.50"),
        ("12,5 hektare", "12.50"),
        ("1.250,5", "1250.50"),
        ("1,250.5", "1250.50"),
        ("1.250.000", "1250000.00"),
        ("1 250,5", "1250.50"),
        ("0", "0.00"),
        (",5", "0.50"),
        ("007,10", "7.10"),
        ("99.999.999,99", "99999999.99"),
    ],
)
def test_parser_reads_what_was_meant(typed, meant):
    assert parse_hectares(typed) == Decimal(meant)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Tulis luas dalam hektare, misalnya 12,50."),
        ("dua belas", "Tulis luas dalam hektare, misalnya 12,50."),
        ("12 5", "Tulis luas dalam hektare, misalnya 12,50."),
        ("1e3", "Tulis luas dalam hektare, misalnya 12,50."),
        ("NaN", "Tulis luas dalam hektare, misalnya 12,50."),
        ("12²", "Tulis luas dalam hektare, misalnya 12,50."),
        ("١٢", "Tulis luas dalam hektare, misalnya 12,50."),
        ("-3,5", "Luas tidak boleh kurang dari 0."),
        ("−3,5 Ha", "Luas tidak boleh kurang dari 0."),
        ("1,255", "Tulis paling banyak dua angka di belakang koma, misalnya 12,50."),
        ("100000000", "Luas paling besar 99.999.999,99 Ha. Periksa lagi angkanya."),
    ],
)
def test_parser_refuses_with_a_sentence(typed, sentence):
    with pytest.raises(InvalidNumber, match=f"^{sentence}$"):
        parse_hectares(typed)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1.250", "1.250 bisa berarti 1,25 atau 1.250 Ha. Tulis dengan koma, misalnya 1,25."),
        (
            "12.500 Ha",
            "12.500 bisa berarti 12,5 atau 12.500 Ha. Tulis dengan koma, misalnya 12,50.",
        ),
    ],
)
def test_parser_asks_when_a_number_is_ambiguous(typed, sentence):
    with pytest.raises(AmbiguousNumber) as refusal:
        parse_hectares(typed)
    assert str(refusal.value) == sentence


@given(AREAS)
def test_parser_reads_back_what_was_formatted(area):
    assert parse_hectares(formats.format_hectares(area)) == area
    assert parse_hectares(formats.format_hectares_unit(area)) == area


@given(st.text(max_size=60) | st.text(alphabet="0123456789.,- Ha\u00a0", max_size=30))
def test_parser_raises_nothing_but_its_own_refusal(text):
    try:
        area = parse_hectares(text)
    except InvalidNumber:
        return
    assert 0 <= area <= formats.MAX_HECTARES
    assert area == area.quantize(Decimal("0.01"))


@given(st.text(alphabet="0123456789.,", min_size=1, max_size=14))
def test_parser_never_guesses_against_a_naive_reading(text):
    """Whatever it accepts, some plain reading with a comma or a point decimal agrees."""
    try:
        area = parse_hectares(text)
    except InvalidNumber:
        return
    readings = {text.replace(".", "").replace(",", "."), text.replace(",", "")}
    assert any(_same(reading, area) for reading in readings)


def _same(reading, area):
    try:
        return Decimal(reading) == area
    except ArithmeticError:
        return False


def test_numbers_and_dates_are_written_as_indonesians_do():
    assert formats.format_hectares_unit(Decimal("1250.5")) == "1.250,50\u00a0Ha"
    assert formats.format_percent(Decimal("66.66")) == "66,7\u00a0%"
    assert formats.format_hectares(Decimal("-3.2")) == "\u22123,20"
    assert formats.format_long_date(date(2016, 11, 8)) == "Selasa, 8 November 2016"
    assert formats.format_time(datetime(2016, 11, 8, 9, 0)) == "09.00\u00a0WIB"  # noqa: DTZ001


@given(AREAS, st.integers(0, 14))
def test_numbers_are_written_in_full_with_any_number_of_decimals(area, decimals):
    text = formats.format_number(area, decimals)
    assert Decimal(text.replace(".", "").replace(",", ".")) == area.quantize(
        Decimal(1).scaleb(-decimals), rounding="ROUND_HALF_UP"
    )


@pytest.mark.parametrize(
    ("typed", "rupiah"),
    [
        ("1.250.000", 1_250_000),
        ("Rp 1.250.000", 1_250_000),
        ("Rp1250000,00", 1_250_000),
        ("rp. 1 250 000,-", 1_250_000),
        ("0", 0),
    ],
)
def test_money_is_read_as_people_write_it(typed, rupiah):
    assert formats.parse_rupiah(typed) == rupiah


@pytest.mark.parametrize(
    "typed", ["", "1,5", "1.25", "1.2500", "12.50", "satu juta", "1,250,000", "-1", "1" * 16]
)
def test_money_is_never_guessed(typed):
    with pytest.raises(InvalidNumber):
        formats.parse_rupiah(typed)


@given(st.integers(0, formats.MAX_RUPIAH))
def test_money_is_read_back_as_it_was_written(rupiah):
    assert formats.parse_rupiah(formats.format_rupiah(Decimal(rupiah))) == rupiah


@given(st.text(max_size=40) | st.text(alphabet="0123456789.,- Rp", max_size=20))
def test_reading_money_raises_nothing_but_its_own_refusal(text):
    try:
        rupiah = formats.parse_rupiah(text)
    except InvalidNumber:
        return
    assert rupiah == int(rupiah)
    assert 0 <= rupiah <= formats.MAX_RUPIAH


def test_hectares_of_an_rt_have_two_decimals_at_least():
    for value, text in (("2.6", "2,60"), ("2.66", "2,66"), ("2.661234", "2,661234"), ("3", "3,00")):
        assert formats.format_rt_hectares(Decimal(value)) == f"{text}\u00a0Ha"
