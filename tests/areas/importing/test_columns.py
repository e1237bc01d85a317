"""Which column means what, and which village a row means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import areas.importing.column_words as columns
from areas.importing import row_kinds
from areas.importing.columns import is_numbering, recognise, role_of
from areas.importing.file_questions import Choice, FileQuestions, Question
from areas.importing.village_names import KnownVillage, VillageFinder, VillageQuestions, plain_name
from kotaku.spreadsheets.sheets import make_row, make_sheet

VILLAGES = [
    KnownVillage(1, "32.79.01.1001", "Banjar", "kelurahan", "Banjar"),
    KnownVillage(2, "32.79.01.2003", "Balokang", "desa", "Banjar"),
    KnownVillage(3, "32.79.04.2001", "Langensari", "desa", "Langensari"),
    KnownVillage(4, "32.79.03.1001", "Mekar Sari", "kelurahan", "Purwaharja"),
    KnownVillage(5, "32.79.02.2001", "Sukamaju", "desa", "Pataruman"),
    KnownVillage(6, "32.79.04.2009", "Sukamaju", "desa", "Langensari"),
    KnownVillage(7, "32.79.02.1009", "Karang", "kelurahan", "Pataruman"),
    KnownVillage(8, "32.79.02.2010", "Karang", "desa", "Pataruman"),
]


def sheet(*rows):
    made = [make_row(number, row, "Data") for number, row in enumerate(rows, 1)]
    return make_sheet("Data", [row for row in made if row])


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Kode", columns.CODE),
        ("KODE KEMENDAGRI", columns.CODE),
        ("Village code", columns.CODE),
        ("Desa/Kelurahan", columns.NAME),
        ("Nama Desa / Kel.", columns.NAME),
        ("Village", columns.NAME),
        ("Kec.", columns.DISTRICT),
        ("District", columns.DISTRICT),
        ("Luas Kawasan Kumuh (Ha)", columns.AREA),
        ("Sisa luas kumuh", columns.AREA),
        ("Slum area (hectares)", columns.AREA),
        ("remaining_ha", columns.AREA),
        ("Tahun", columns.YEAR),
        ("YEAR", columns.YEAR),
        ("Keterangan", columns.NOTE),
        ("2018", "2018"),
        ("Tahun 2018", "2018"),
        ("Luas kumuh 2018 (Ha)", "2018"),
        ("2018 (Ha)", "2018"),
        ("Akhir 2018", "2018"),
        ("Luas (Ha) akhir tahun 2018", "2018"),
        ("No", ""),
        ("RT/RW", ""),
        ("Penduduk 2018", ""),
        ("2018/2019", ""),
        ("", ""),
    ],
)
def test_headings_in_both_languages(heading, role):
    assert role_of(heading) == role


def test_titles_above_do_not_matter():
    layout = recognise(
        sheet(["REKAPITULASI 2018"], [], ["Kota Banjar"], ["No", "Desa", "Luas"], [1, "Banjar", 2])
    )
    assert layout.header_row == 4
    assert layout.roles == {1: columns.NAME, 2: columns.AREA}


def test_merged_headings_of_two_rows():
    layout = recognise(
        sheet(
            ["No", "Desa/Kelurahan", "Luas kumuh (Ha)", None, None],
            [None, None, 2017, 2018, 2019],
            [1, "Banjar", 3, 2, 1],
        )
    )
    assert layout.header_row == 2
    assert layout.column(columns.NAME) == 1
    assert layout.year_columns == {2: 2017, 3: 2018, 4: 2019}


@given(st.permutations(["Kode", "Nama desa", "Tahun", "Luas (Ha)", "Catatan"]))
def test_any_order_of_columns(headings):
    layout = recognise(sheet(list(headings), ["x"] * 5))
    roles = {columns.CODE, columns.NAME, columns.YEAR, columns.AREA, columns.NOTE}
    assert set(layout.roles.values()) == roles
    assert headings[layout.column(columns.AREA)] == "Luas (Ha)"


def test_what_is_not_recognised_still_shows_its_headings():
    layout = recognise(sheet(["Judul"], ["Wil", "Nilai"], ["Banjar", 8]))
    assert layout.header_row == 2
    assert layout.roles == {}


@pytest.mark.parametrize("text", ["Jumlah", "TOTAL", "jumlah total", "Total (Ha)"])
def test_total_rows(text):
    assert row_kinds.is_total(text)


@pytest.mark.parametrize("text", ["Jumlah Kec. Banjar", "Subtotal Langensari"])
def test_subtotal_rows(text):
    assert row_kinds.is_subtotal(text)
    assert not row_kinds.is_total(text)


def test_rows_that_number_the_columns():
    assert is_numbering([1, 2, 3])
    assert is_numbering(["(1)", "(2)", "(3)"])
    assert not is_numbering([1, "Banjar", 3])


# Villages


@pytest.mark.parametrize(
    "name",
    ["Balokang", "Desa Balokang", "desa  BALOKANG", "Ds. Balokang", " balokang ", "DESA BALOKANG"],
)
def test_a_name_in_every_writing(name):
    assert VillageFinder(VILLAGES).find("", name).village.code == "32.79.01.2003"


@pytest.mark.parametrize(
    "name", ["Mekarsari", "Kel. Mekar Sari", "Kelurahan Mekarsari", "KEL MEKAR-SARI"]
)
def test_spacing_does_not_matter(name):
    assert VillageFinder(VILLAGES).find("", name).village.pk == 4


def test_a_code_is_enough_and_wins():
    finder = VillageFinder(VILLAGES)
    assert finder.find("32.79.01.1001", "").village.pk == 1
    assert (
        "adalah Kelurahan Banjar, bukan Balokang"
        in finder.find("32.79.01.1001", "Balokang").problem
    )
    assert "tidak dikenal" in finder.find("32.79.99.9999", "Balokang").problem


def test_two_that_match_equally_are_asked_about():
    match = VillageFinder(VILLAGES).find("", "Sukamaju")
    assert match.village is None
    assert {village.pk for village in match.candidates} == {5, 6}
    assert "Pilih salah satu" in match.problem


def test_district_or_kind_decides_between_two():
    finder = VillageFinder(VILLAGES)
    assert finder.find("", "Sukamaju", district="Kec. Langensari").village.pk == 6
    assert finder.find("", "Kel. Karang").village.pk == 7
    assert finder.find("", "Karang", kind="Desa").village.pk == 8
    assert finder.find("", "Karang").village is None


def test_a_wrong_kind_or_district_is_never_guessed():
    finder = VillageFinder(VILLAGES)
    for match in (
        finder.find("", "Kelurahan Langensari"),
        finder.find("", "Langensari", district="Banjar"),
    ):
        assert match.village is None
        assert [village.pk for village in match.candidates] == [3]


def test_a_misspelling_is_offered_not_taken():
    match = VillageFinder(VILLAGES).find("", "Balokan")
    assert match.village is None
    assert [village.pk for village in match.candidates] == [2]


def found(name, district="", answers=()):
    questions = FileQuestions(dict(answers))
    villages = VillageQuestions(VillageFinder(VILLAGES), questions, "Data|1")
    match = villages.find(7, code="", name=name, district=district)
    return match.village, questions


def test_an_answer_is_for_this_writing_only():
    answers = {"sukamaju||": "32.79.04.2009"}
    assert found("Sukamaju", answers=answers)[0].pk == 6
    assert found("Sukamaju", "Pataruman", answers)[0].pk == 5
    village, questions = found("Sukamaju", answers={"sukamaju||": "hilang"})
    assert village is None
    assert [question.text for question in questions.open] == ["“Sukamaju” di baris 7 adalah"]


def test_a_question_is_asked_once_and_stays_to_be_changed():
    question = Question("k", "Apa?", (Choice("a", "A"), Choice("b", "B")), suggested="a")
    questions = FileQuestions({"k": "b"})
    assert questions.ask(question) == questions.ask(question) == "b"
    assert (questions.asked, questions.open) == ([question], [])
    assert questions.answered == [("k", "b")]
    open_ = FileQuestions({"k": "c"})
    assert open_.ask(question) == ""
    assert (open_.open, open_.answered) == ([question], [])


@given(st.text(max_size=20))
def test_any_name_has_a_plain_form_that_stays(name):
    plain, _ = plain_name(name)
    assert plain_name(plain)[0] == plain
    assert " " not in plain
