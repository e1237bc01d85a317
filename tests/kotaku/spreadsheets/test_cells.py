"""What stands in a cell: numbers in every dress, and the sentences for what is none."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotaku.formats import MAX_HECTARES, format_hectares, format_hectares_unit
from kotaku.spreadsheets.cells import (
    CellError,
    read_code,
    read_hectares,
    read_text,
    read_year,
)
from kotaku.spreadsheets.formula_guard import harmless
from kotaku.spreadsheets.sheets import Oddity, letter
from kotaku.spreadsheets.values import csv_text

# Spreadsheets know no time zones.
NAIVE = datetime(2018, 8, 5)  # noqa: DTZ001
HECTARES = st.decimals(0, MAX_HECTARES, places=2)


def attempt(value):
    """Return (area, "") or (None, sentence)."""
    try:
        return read_hectares(value), ""
    except CellError as error:
        return None, str(error)


@given(HECTARES)
def test_an_area_is_read_the_same_however_it_is_written(area_ha):
    plain = f"{area_ha:f}"
    for written in (
        plain,
        plain.replace(".", ","),
        f"  {plain.replace('.', ',')} Ha ",
        format_hectares(area_ha),
        format_hectares_unit(area_ha),
        float(area_ha),
        csv_text(area_ha),
        csv_text(area_ha, ","),
    ):
        assert read_hectares(written) == area_ha, written


@given(st.decimals(0, 10_000, places=2), st.decimals(0, 10_000, places=2))
def test_the_noise_of_binary_sums_is_no_third_decimal(one, other):
    assert read_hectares(float(one) + float(other)) == one + other


@given(st.floats(allow_nan=True, allow_infinity=True) | st.integers())
def test_a_number_is_an_area_with_two_decimals_or_refused(number):
    area_ha, sentence = attempt(number)
    if sentence:
        assert sentence.endswith(".")
    else:
        assert 0 <= area_ha <= MAX_HECTARES
        assert abs(float(area_ha) - number) < 0.000_001
        assert area_ha.as_tuple().exponent == -2


@given(st.text(max_size=30))
def test_any_text_is_an_area_or_a_sentence(text):
    area_ha, sentence = attempt(text)
    assert sentence.endswith(".") if sentence else area_ha >= 0


@pytest.mark.parametrize(
    ("value", "area_ha"),
    [("8,50", "8.50"), (8.5, "8.50"), ("8,50 Ha", "8.50"), ("1.250,5", "1250.50"), (0, "0.00"),
     (8, "8.00"), (0.1 + 0.2, "0.30"), ("0", "0.00")],
)  # fmt: skip
def test_numbers_that_the_office_writes(value, area_ha):
    assert str(read_hectares(value)) == area_ha


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "kosong"),
        ("   ", "kosong"),
        (NAIVE, "berisi tanggal (5 Agustus 2018)"),
        (date(2018, 8, 5), "berisi tanggal"),
        (time(8, 50), "berisi jam"),
        (True, "BENAR/SALAH"),
        (-3, "kurang dari 0"),
        ("-3,5", "kurang dari 0"),
        (8.505, "dua angka di belakang koma"),
        ("8,505", "dua angka"),
        ("1.250", "1,25 atau 1.250"),
        ("#REF!", "galat rumus #REF!"),
        (Oddity("#DIV/0!", "berisi galat rumus #DIV/0!"), "galat rumus #DIV/0!"),
        ("-", "Tulis 0 bila"),
        ("banyak", "banyak"),
        (1e12, "paling besar"),
        (float("inf"), "tidak terbatas"),
    ],
)
def test_what_is_no_area_gets_a_sentence(value, words):
    with pytest.raises(CellError) as refusal:
        read_hectares(value)
    assert words in str(refusal.value)
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize("value", [2018, 2018.0, "2018", "Tahun 2018", " 2018 ", "tahun: 2018"])
def test_years(value):
    assert read_year(value) == 2018


@pytest.mark.parametrize("value", [None, "18", 2018.5, "2018/2019", NAIVE, "2018x", True, 20180])
def test_what_is_no_year(value):
    with pytest.raises(CellError):
        read_year(value)


@pytest.mark.parametrize(
    "value", ["32.79.01.1001", "3279011001", 3279011001, 3279011001.0, " 32.79.01.1001 "]
)
def test_codes_with_and_without_points(value):
    assert read_code(value) == "32.79.01.1001"


@pytest.mark.parametrize("value", [None, "", "32.79.01", "Banjar", 12, "32-79-01-1001x"])
def test_what_is_no_code(value):
    assert read_code(value) == ""


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20))
def test_text_survives_its_way_out_and_in(text):
    assert read_text(harmless(text)) == read_text(text)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_no_text_begins_like_a_formula(start):
    assert harmless(f"{start}1+1").startswith("'")
    assert csv_text(f"{start}cmd").startswith("'")


@pytest.mark.parametrize("separator", [";", ",", "\t", "\n"])
def test_no_cell_begins_like_a_formula_in_the_midst_of_a_text(separator):
    """Excel in Indonesia takes a semicolon for the separator of a CSV file."""
    assert harmless(f"BKM{separator}=1+1;") == f"BKM{separator}'=1+1;"
    assert harmless(f"BKM{separator}＝1+1;") == f"BKM{separator}'＝1+1;"
    assert harmless("BKM; = 12, -3") == "BKM; = 12, -3"
    assert read_text(harmless("BKM;=1+1;")) == "BKM;=1+1;"


@given(st.integers(0, 20_000))
def test_columns_are_named_as_spreadsheets_name_them(column):
    number = 0
    for sign in letter(column):
        number = number * 26 + ord(sign) - 64
    assert number == column + 1


def test_decimal_is_what_comes_out():
    assert isinstance(read_hectares(8.5), Decimal)
