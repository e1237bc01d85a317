"""What a sheet hides, and areas of many decimals: asked about, and applied only when answered."""

from decimal import Decimal

import pytest

from areas.models import FigureEvent, YearlyFigure
from kotaku.spreadsheets.xlsx_formats import shown_otherwise
from tests.areas.importing.books import workbook
from tests.areas.importing.steps import (
    answer,
    apply,
    counts,
    look,
    questions,
    upload,
)
from tests.areas.public.pages import text_of
from tests.corpus.books import package, rows_xml, sheet_xml

LONG = ["Desa/Kelurahan", "Tahun", "Luas (Ha)"]
ROUND = (
    "{} luas di lembar Data mempunyai lebih dari dua angka di belakang koma. "
    "Bulatkan seperti ditampilkan?"
)
HIDDEN_ROWS = "Lembar Data menyembunyikan {} baris yang berisi. Ikut dibaca?"
HIDDEN_COLUMNS = "Lembar Data menyembunyikan {} kolom yang berisi. Ikut dibaca?"


@pytest.fixture
def client(bappeda, client_of, baseline, other_baseline):
    """Bappeda's browser; Balokang has 20 Ha, Binangun 30."""
    return client_of(bappeda)


def stored():
    """Return what the record says: village → hectares."""
    figures = YearlyFigure.objects.select_related("baseline__village").order_by("pk")
    return {figure.baseline.village.name: figure.area_ha for figure in figures}


@pytest.mark.parametrize(
    ("computed", "rounded"),
    [
        (12.34567, "12.35"),
        (2.675, "2.68"),  # half up, not to the even digit
        (2.0049999999999994, "2.01"),  # a spreadsheet shows 15 digits: 2,005
        (0.004, "0.00"),
        (19.999, "20.00"),
    ],
)
def test_computed_areas_are_rounded_half_up_once_that_is_answered(
    client, programme, computed, rounded
):
    run = upload(client, programme, workbook([LONG, ["Balokang", 2017, computed]]))
    assert apply(client, run, is_confirmed="on", reason="Rumus").status_code == 409
    assert stored() == {}
    answer(client, run, {ROUND.format(1): "ya"})
    assert apply(client, run, is_confirmed="on", reason="Rumus").status_code == 302
    assert stored() == {"Balokang": Decimal(rounded)}
    assert FigureEvent.objects.get().after_ha == Decimal(rounded)


def test_computed_areas_stay_wrong_when_they_are_not_to_be_rounded(client, programme):
    rows = [LONG, ["Balokang", 2017, 12.34567], ["Binangun", 2017, 8.1251]]
    run = upload(client, programme, workbook(rows))
    answer(client, run, {ROUND.format(2): "tidak"})
    assert counts(client, run) == {"salah": 2}
    assert apply(client, run).status_code in (409, 422)
    assert stored() == {}


def test_an_answer_is_for_these_numbers_only(client, programme):
    """The same question about other numbers is asked anew, and the digest tells them apart."""
    run = upload(client, programme, workbook([LONG, ["Balokang", 2017, 12.34567]]))
    answer(client, run, {ROUND.format(1): "ya"})
    digest = look(client, run).context["digest"]
    answer(client, run, {ROUND.format(1): "tidak"})
    response = client.post(f"/data/impor/{run.pk}/penerapan/", {"digest": digest})
    assert response.status_code in (409, 422)
    assert stored() == {}
    other = upload(client, programme, workbook([LONG, ["Balokang", 2017, 12.34568]]))
    assert apply(client, other).status_code == 409


@pytest.mark.parametrize("value", [12.35, 0.1 + 0.2, 7, "12,35"])
def test_nothing_is_asked_about_two_decimals(client, programme, value):
    run = upload(client, programme, workbook([LONG, ["Balokang", 2017, value]]))
    assert questions(client, run) == {}


def hide_rows(*numbers):
    def dress(sheet):
        for number in numbers:
            sheet.row_dimensions[number].hidden = True

    return dress


@pytest.mark.parametrize(
    ("said", "names"), [("ya", {"Balokang", "Binangun"}), ("tidak", {"Balokang"})]
)
def test_hidden_rows_are_read_or_skipped_as_answered(client, programme, said, names):
    rows = [LONG, ["Balokang", 2017, 18], ["Binangun", 2017, 28]]
    run = upload(client, programme, workbook(rows, dress=hide_rows(3)))
    assert "Baris tersembunyi" in text_of(look(client, run))
    assert apply(client, run).status_code == 409
    answer(client, run, {HIDDEN_ROWS.format(1): said})
    assert ("1 baris tersembunyi dilewati: 3." in text_of(look(client, run))) == (said == "tidak")
    assert apply(client, run).status_code == 302
    assert stored().keys() == names


def test_a_hidden_column_is_no_longer_there_once_it_is_to_be_skipped(client, programme):
    rows = [["Desa/Kelurahan", "Tahun", "Luas (Ha)", "Sisa kumuh (Ha)"], ["Balokang", 2017, 19, 18]]

    def dress(sheet):
        sheet.column_dimensions["C"].hidden = True

    run = upload(client, programme, workbook(rows, dress=dress))
    assert apply(client, run).status_code == 409
    answer(client, run, {HIDDEN_COLUMNS.format(1): "tidak"})
    assert apply(client, run).status_code == 302
    assert stored() == {"Balokang": 18}


def test_hidden_rows_without_content_are_not_asked_about(client, programme):
    rows = [LONG, ["Balokang", 2017, 18], [], []]
    run = upload(client, programme, workbook(rows, dress=hide_rows(3, 4, 50)))
    assert questions(client, run) == {}


def test_many_hidden_rows_are_named_by_the_first_ones(client, programme):
    rows = [LONG, *(["Balokang", 2017 + n % 3, 18] for n in range(40))]
    run = upload(client, programme, workbook(rows, dress=hide_rows(*range(10, 40))))
    field = questions(client, run)[HIDDEN_ROWS.format(30)]
    assert "10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, dan 18 lagi" in field.help_text


def test_a_formula_without_a_result_stops_the_whole_file(client, programme):
    rows = [LONG, ["Balokang", 2017, "<f>9*2</f>"], ["Binangun", 2017, 28]]
    run = upload(client, programme, package({"Data": sheet_xml(rows_xml(rows))}))
    assert counts(client, run) == {"salah": 1, "baru": 1}
    assert apply(client, run).status_code in (409, 422)
    assert stored() == {}


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("General", ""),
        ("#,##0.00", ""),
        ('0.00" Ha"', ""),
        ("0.00\\ \\H\\a", ""),
        ('_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-', ""),
        ('"RT "000', ""),
        ('0" KK"', ""),
        ('0.00" jarak"', ""),
        ("dd/mm/yyyy", ""),
        ("[h]:mm", ""),
        ("0%", "persen"),
        ('0.00" m²"', "satuan m²"),
        ("0.00\\ \\m\\2", "satuan m2"),
        ('#,##0.0" are"', "satuan are"),
        ('0.00" km2"', "satuan km2"),
        ("#,##0,", "dibagi seribu"),
        ('0.0,," juta"', "dibagi seribu"),
        ("0.00,_);(0.00,)", "dibagi seribu"),
        (";;;", "disembunyikan"),
    ],
)
def test_a_format_that_shows_another_number_is_told(code, words):
    assert (words in shown_otherwise(code)) if words else (shown_otherwise(code) == "")
