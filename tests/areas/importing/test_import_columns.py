"""Which column is read: asked where two could be meant, in the unit of its heading."""

import io
import itertools
import random
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from areas.importing.kinds import KINDS
from areas.importing.templates import template_workbook
from areas.models import Assessment, Baseline, ImportRun, YearlyFigure
from areas.rules.criteria import CURRENT
from tests.areas.importing import steps
from tests.areas.importing.books import csv_bytes, workbook
from tests.areas.importing.steps import (
    START,
    answer,
    apply,
    counts,
    look,
    outcomes,
    questions,
)
from tests.areas.public.pages import text_of
from tests.factories import (
    WUNGU,
    AssessmentFactory,
    BaselineFactory,
    NeighbourhoodFactory,
    YearlyFigureFactory,
)

CODE = "32.79.01.2003"
REMAINING = "Kolom mana yang berisi sisa luas kumuh?"
AT_FIRST = "Kolom mana yang berisi luas kumuh awal (baseline)?"


@pytest.fixture
def client(client_of, bappeda):
    return client_of(bappeda)


@pytest.fixture
def villages(programme, baseline, other_baseline):
    """Balokang with 20 Ha, Binangun with 30."""
    return [baseline, other_baseline]


def bring(client, programme, *rows, kind="angka"):
    return steps.upload(client, programme, workbook(rows), kind=kind)


def choices_of(field):
    return [label for _, label in field.field.choices]


def areas_of(client, run):
    return [line.after for line in look(client, run, "?tampil=semua").context["lines"]]


@pytest.mark.parametrize(
    ("headings", "suggested"),
    [
        (["Luas kumuh awal (Ha)", "Sisa kumuh (Ha)"], 3),
        (["Luas (Ha)", "Luas Kumuh (Ha)"], 3),
        (["Baseline", "Luas kumuh akhir (Ha)"], 3),
        (["Sisa kumuh (Ha)", "Luas kumuh awal (Ha)"], 2),
        (["Slum area (ha)", "Remaining area (ha)"], 3),
        (["Luas (Ha)", "Luas (Ha)"], None),
        (["Luas (Ha)", "Luas (Ha).1"], None),
        (["Luas kumuh (Ha)", "Luas kumuh hasil verifikasi (Ha)"], None),
    ],
)
def test_two_columns_of_areas_are_asked_about(client, programme, villages, headings, suggested):
    run = bring(
        client, programme, ["Desa", "Tahun", *headings],
        ["Balokang", 2017, 19.5, 18.25], ["Binangun", 2017, 29, 28],
    )  # fmt: skip
    field = questions(client, run)[REMAINING]
    assert choices_of(field) == [
        f"Kolom C “{headings[0]}”: 19.5 · 29",
        f"Kolom D “{headings[1]}”: 18.25 · 28",
        "Tidak satu pun; jangan baca",
    ]
    assert field.initial == ("" if suggested is None else str(suggested))
    assert apply(client, run).status_code == 409
    assert YearlyFigure.objects.count() == 0
    answer(client, run, {REMAINING: "3"})
    assert apply(client, run).status_code == 302
    assert YearlyFigure.objects.get(baseline=villages[0]).area_ha == Decimal("18.25")
    assert YearlyFigure.objects.get(baseline=villages[1]).area_ha == 28


def test_words_of_the_kind_rank_them_for_a_decrees_list(client, programme, villages):
    head = ["Kode", "Luas kumuh (Ha)", "Luas kumuh menurut SK awal (Ha)"]
    run = bring(client, programme, head, [villages[0].village.code, 3, 4], kind="baseline")
    field = questions(client, run)[AT_FIRST]
    assert (len(choices_of(field)), field.initial) == (3, "2")
    answer(client, run, {AT_FIRST: "1"})
    assert areas_of(client, run) == ["3,00"]
    answer(client, run, {AT_FIRST: "2"})
    assert areas_of(client, run) == ["4,00"]


@pytest.mark.parametrize(
    ("kind", "heading", "text"),
    [
        ("angka", "Luas kumuh awal (Ha)", REMAINING),
        ("angka", "Baseline (Ha)", REMAINING),
        ("baseline", "Sisa kumuh (Ha)", AT_FIRST),
        ("baseline", "Luas akhir (Ha)", AT_FIRST),
    ],
)
def test_a_single_column_of_the_other_kind_is_asked_about(
    client, programme, villages, kind, heading, text
):
    year = 2017 if kind == "angka" else programme.baseline_year
    run = bring(
        client, programme, ["Desa", "Tahun", heading], ["Balokang", year, 18], kind=kind
    )  # fmt: skip
    field = questions(client, run)[text]
    assert field.initial == ""
    answer(client, run, {text: "-"})
    assert "Tetapkan kolom mana yang berisi luas kumuh" in text_of(look(client, run))
    answer(client, run, {text: "2"})
    assert areas_of(client, run) == ["18,00"]


def test_a_decrees_list_with_its_year_beside_another_area(client, programme, villages):
    head = ["Desa", "Luas (Ha)", "Luas kumuh 2016 (Ha)"]
    run = bring(client, programme, head, ["Balokang", 300, 21], kind="baseline")
    answer(client, run, {AT_FIRST: "2"})
    assert areas_of(client, run) == ["21,00"]


@pytest.mark.parametrize(
    ("kind", "headings", "text", "value", "outcome"),
    [
        ("angka", ["Desa", "Nama wilayah", "Tahun", "Luas (Ha)"],
         "Kolom mana yang berisi Nama desa/kelurahan?", "0", "baru"),
        ("angka", ["Kode", "Kode desa", "Tahun", "Luas (Ha)"],
         "Kolom mana yang berisi Kode Kemendagri?", "1", "salah"),
        ("angka", ["Desa", "Tahun data", "Tahun", "Luas (Ha)"],
         "Kolom mana yang berisi Tahun?", "2", "baru"),
        ("baseline", ["Desa", "Catatan", "Keterangan", "Luas (Ha)"],
         "Kolom mana yang berisi Catatan?", "-", "berubah"),
    ],
)  # fmt: skip
def test_two_columns_of_any_other_meaning_are_asked_about(
    client, programme, villages, kind, headings, text, value, outcome
):
    second = {"Nama wilayah": "Blok A", "Kode desa": "x", "Tahun data": 2018}.get(headings[1], "a")
    third = 2017 if "Tahun" in headings[2] else "b"
    code = villages[0].village.code
    first = code if headings[0] == "Kode" else "Balokang"
    run = bring(client, programme, headings, [first, second, third, 18], kind=kind)
    assert counts(client, run) in ({}, {outcome: 1})
    assert not look(client, run).context["can_apply"]
    answer(client, run, {text: value})
    assert counts(client, run) == {outcome: 1}


def test_two_columns_of_one_year_are_asked_about(client, programme, villages):
    run = bring(client, programme, ["Desa", "2017 (Ha)", "Sisa kumuh 2017"], ["Balokang", 19, 18])
    text = "Kolom mana yang berisi luas akhir 2017?"
    assert questions(client, run)[text].initial == "2"
    answer(client, run, {text: "2"})
    assert [(row[1], row[2]) for row in outcomes(client, run)] == [("2017", "baru")]
    assert areas_of(client, run) == ["18,00"]


def test_a_column_for_a_year_and_a_year_in_each_row_are_asked_about(client, programme, villages):
    head = ["Desa", "Tahun", "Luas kumuh 2017 (Ha)", "Sisa (Ha)"]
    run = bring(client, programme, head, ["Balokang", 2018, 19, 18])
    answer(client, run, {"Di mana angka yang dibaca?": "panjang"})
    assert [row[1] for row in outcomes(client, run)] == ["2018"]
    assert areas_of(client, run) == ["18,00"]
    answer(client, run, {"Di mana angka yang dibaca?": "lebar"})
    assert [row[1] for row in outcomes(client, run)] == ["2017"]
    assert areas_of(client, run) == ["19,00"]


def test_a_baseline_beside_a_long_table_is_not_a_year_of_its_own(client, programme, villages):
    head = ["Desa", "Tahun", "Baseline 2016 (Ha)", "Sisa (Ha)"]
    run = bring(client, programme, head, ["Balokang", 2018, 20, 18])
    assert outcomes(client, run) == [("Desa Balokang", "2018", "baru", "")]
    assert "Kolom yang tidak dibaca: C “Baseline 2016 (Ha)”." in text_of(look(client, run))


def test_an_empty_column_is_no_rival(client, programme, villages):
    head = ["Desa", "Tahun", "Luas (Ha)", "Sisa kumuh (Ha)", "Catatan", "Keterangan"]
    run = bring(client, programme, head, ["Balokang", 2017, None, 18, None, "ya"])
    assert questions(client, run) == {}
    assert areas_of(client, run) == ["18,00"]


def test_the_answer_is_part_of_what_is_applied(client, programme, villages):
    head = ["Desa", "Tahun", "Luas (Ha)", "Luas Kumuh (Ha)"]
    run = bring(client, programme, head, ["Balokang", 2017, 18, 18])
    answer(client, run, {REMAINING: "2"})
    digest = look(client, run).context["digest"]
    answer(client, run, {REMAINING: "3"})
    response = client.post(f"{START}{run.pk}/penerapan/", {"digest": digest})
    assert response.status_code == 409
    assert YearlyFigure.objects.count() == 0


def test_what_is_assigned_by_hand_is_not_asked_about(client, programme, villages):
    head = ["Desa", "Tahun", "Luas (Ha)", "Luas Kumuh (Ha)"]
    run = bring(client, programme, head, ["Balokang", 2017, 19, 18])
    typed = {"lembar": "Data", "baris_judul": 1, "kolom-0": "nama", "kolom-1": "tahun",
             "kolom-3": "luas"}  # fmt: skip
    assert client.post(f"{START}{run.pk}/susunan/", typed).status_code == 302
    assert questions(client, run) == {}
    assert areas_of(client, run) == ["18,00"]


# Our own files, in any order of their columns.


def shuffled(content: bytes, seed: int) -> bytes:
    """Return a workbook whose first sheet has its columns in another order."""
    book = load_workbook(io.BytesIO(content))
    rows = list(book.worksheets[0].values)
    order = list(range(len(rows[0])))
    random.Random(seed).shuffle(order)
    return workbook([[row[column] for column in order] for row in rows])


@pytest.fixture
def recorded(villages):
    """Figures in every state; the drafts have no area, a note of two lines, a reason."""
    first, second = villages
    return [
        YearlyFigureFactory(baseline=first, year=2017, area_ha=18, verified=True),
        YearlyFigureFactory(baseline=first, year=2018, area_ha=25, is_confirmed=True, reason="Banjir."),
        YearlyFigureFactory(baseline=first, year=2019, area_ha=None),
        YearlyFigureFactory(baseline=second, year=2017, area_ha=28, returned=True),
        YearlyFigureFactory(baseline=second, year=2018, area_ha=27, note="=1+1\nDua baris.  Ya."),
        YearlyFigureFactory(baseline=second, year=2019, area_ha=26, submitted=True),
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_the_staff_export_brought_back_unchanged_is_the_same(client, programme, recorded, seed):
    response = client.get(f"/data/isian.xlsx?periode={programme.slug}")
    content = shuffled(b"".join(response.streaming_content), seed)
    before = list(YearlyFigure.objects.order_by("pk").values())
    run = steps.upload(client, programme, content)
    assert questions(client, run) == {}
    assert counts(client, run) == {"sama": 6}
    assert apply(client, run).status_code in (409, 422)
    assert list(YearlyFigure.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("form", ["csv", "excel.csv"])
def test_the_staff_export_as_csv_is_the_same(client, programme, recorded, form):
    response = client.get(f"/data/isian.{form}?periode={programme.slug}")
    content = b"".join(response.streaming_content)
    run = steps.upload(client, programme, content, name=f"isian.{form}")
    assert counts(client, run) == {"sama": 6}


def test_a_baseline_moved_forward_replaces_no_figure(client, programme, recorded):
    rows = [["kode_desa", "desa_kelurahan", "tahun", "baseline_ha", "sisa_ha"]]
    rows += [
        [each.baseline.village.code, each.baseline.village.full_name, each.year,
         each.baseline.area_ha, each.area_ha]
        for each in recorded
    ]  # fmt: skip
    run = bring(client, programme, *rows)
    assert questions(client, run) == {}
    assert counts(client, run) == {"sama": 6}


@pytest.mark.parametrize("key", ["angka-tahunan", "angka-lebar"])
def test_open_data_in_any_order_asks_nothing(client, programme, recorded, key):
    response = client.get(f"/data/{key}.xlsx?periode={programme.slug}")
    content = shuffled(b"".join(response.streaming_content), 7)
    run = steps.upload(client, programme, content)
    assert questions(client, run) == {}
    assert counts(client, run)["sama"] == 1
    assert {"baru", "berubah", "salah"}.isdisjoint(counts(client, run))


@pytest.mark.parametrize(("kind", "seed"), list(itertools.product(ImportRun.Kind.values, range(3))))
def test_templates_in_any_order_ask_nothing(client, programme, villages, kind, seed):
    NeighbourhoodFactory(village=villages[0].village, rt=3, rw=1)
    content = shuffled(template_workbook(programme, KINDS[kind]), seed)
    run = steps.upload(client, programme, content, kind=kind)
    assert questions(client, run) == {}
    assert look(client, run).context["problem"] == ""


def test_a_draft_whose_area_changes_is_handed_in_with_its_own_note(client, programme, recorded):
    draft = recorded[4]
    head = ["kode_desa", "tahun", "sisa_ha", "catatan"]
    run = bring(client, programme, head,
                [draft.baseline.village.code, 2018, 26.5, "'=1+1 Dua baris. Ya."])  # fmt: skip
    assert counts(client, run) == {"berubah": 1}
    assert apply(client, run).status_code == 302
    draft.refresh_from_db()
    assert (draft.status, draft.area_ha) == ("submitted", Decimal("26.50"))
    assert draft.note == "=1+1\nDua baris.  Ya."


def test_another_note_of_what_is_official_is_said_not_to_be_taken(client, programme, recorded):
    head = ["kode_desa", "tahun", "sisa_ha", "catatan"]
    run = bring(client, programme, head, [recorded[0].baseline.village.code, 2017, 18, "Lain."])
    ((_, _, outcome, sentence),) = outcomes(client, run)
    assert outcome == "sama"
    assert (
        sentence == "Tanggal, catatan, atau alasan di berkas berbeda; yang tercatat tidak diubah."
    )


def test_an_empty_area_is_wrong_where_the_record_knows_one(client, programme, recorded):
    head = ["kode_desa", "tahun", "sisa_ha"]
    code = recorded[3].baseline.village.code
    run = bring(client, programme, head, [code, 2017, None], [code, 2020, None])
    assert [(row[2], "kosong" in row[3]) for row in outcomes(client, run)] == [("salah", True)] * 2


# Units and other columns.


@pytest.mark.parametrize(
    ("heading", "value", "area", "words"),
    [
        ("Sisa kumuh (m2)", 182500, "18,25", "dari m² ke hektare (dibagi 10.000)"),
        ("Sisa kumuh (m²)", "182500", "18,25", "dari m²"),
        ("Luas kumuh dalam meter persegi", 182500, "18,25", "dari m²"),
        ("Luas kumuh (m^2)", "182.500,00", "18,25", "dari m²"),
        ("Luas (are)", 1825, "18,25", "dari are ke hektare (dibagi 100)"),
        ("Luas kumuh (km²)", "0,18", "18,00", "dari km² ke hektare (dikali 100)"),
    ],
)
def test_the_unit_of_a_heading_counts(client, programme, villages, heading, value, area, words):
    run = bring(client, programme, ["Desa", "Tahun", heading], ["Balokang", 2017, value])
    page = text_of(look(client, run))
    assert f"Angka di kolom C “{heading}” diubah {words}" in page
    assert areas_of(client, run) == [area]
    assert apply(client, run).status_code == 302


def test_square_metres_by_year_and_in_the_total(client, programme, villages):
    run = bring(
        client, programme, ["Desa", "2017 (m2)", "2018 (Ha)"],
        ["Balokang", 182500, 17], ["Jumlah", 182500, 17],
    )  # fmt: skip
    assert areas_of(client, run) == ["18,25", "17,00"]
    assert [line.difference for line in look(client, run).context["sums"]] == ["tidak ada"] * 2


def test_square_metres_that_are_no_hundredth_of_a_hectare_are_asked_about(
    client, programme, villages
):
    run = bring(client, programme, ["Desa", "Tahun", "Luas (m2)"], ["Balokang", 2017, 182549])
    (text,) = questions(client, run)
    assert "lebih dari dua angka di belakang koma" in text
    answer(client, run, {text: "ya"})
    assert areas_of(client, run) == ["18,25"]


def test_hectares_typed_below_square_metres_are_wrong(client, programme, villages):
    run = bring(client, programme, ["Desa", "Tahun", "Luas (m2)"], ["Balokang", 2017, "18,25 Ha"])
    ((_, _, outcome, sentence),) = outcomes(client, run)
    assert outcome == "salah"
    assert "Tulis luas dalam meter persegi" in sentence


@pytest.mark.parametrize("heading", ["Luas (tumbak)", "Luas kumuh [bata]", "Luas (m2/Ha)"])
def test_an_unknown_unit_is_asked_about(client, programme, villages, heading):
    run = bring(client, programme, ["Desa", "Tahun", heading], ["Balokang", 2017, 18])
    text = f"Apa satuan angka di kolom C “{heading}”?"
    assert choices_of(questions(client, run)[text])[0] == "Hektare (Ha)"
    assert apply(client, run).status_code == 409
    answer(client, run, {text: "Ha"})
    assert areas_of(client, run) == ["18,00"]
    answer(client, run, {text: "-"})
    assert "Tetapkan kolom mana yang berisi luas kumuh" in text_of(look(client, run))


@pytest.mark.parametrize("heading", ["Kumuh (%)", "Luas kumuh (persen)", "2018 (%)", "% kumuh"])
def test_a_percentage_is_never_hectares(client, programme, villages, heading):
    head = ["Desa", "Tahun", heading, "Sisa (Ha)"]
    run = bring(client, programme, head, ["Balokang", 2017, 45, 18])
    assert questions(client, run) == {}
    assert areas_of(client, run) == ["18,00"]
    assert f"C “{heading}” (persen, bukan luas)" in text_of(look(client, run))
    typed = {"lembar": "Data", "baris_judul": 1, "kolom-0": "nama", "kolom-1": "tahun",
             "kolom-2": "luas"}  # fmt: skip
    response = client.post(f"{START}{run.pk}/susunan/", typed)
    assert response.status_code == 422
    assert "Kolom ini berisi persen, bukan sisa luas kumuh" in text_of(response)


@pytest.mark.parametrize("heading", ["Kode BPS", "kd_bps", "Kode desa (BPS)", "BPS"])
def test_a_bps_code_is_ignored_and_named(client, programme, villages, heading):
    head = [heading, "Desa", "Tahun", "Sisa (Ha)"]
    run = bring(client, programme, head, [3279010003, "Balokang", 2017, 18])
    assert counts(client, run) == {"baru": 1}
    named = f"Kolom yang tidak dibaca: A “{heading}” (kode BPS, bukan kode Kemendagri)."
    assert named in text_of(look(client, run))


def test_every_column_that_is_not_read_is_named(client, programme, villages):
    head = ["No", "Desa", "Penduduk", "2017", "2018", "Jumlah"]
    run = bring(client, programme, head, [1, "Balokang", 900, 18, 17, 35])
    assert "Kolom yang tidak dibaca: C “Penduduk”, F “Jumlah”." in text_of(look(client, run))


# Assessments.

GROUND = ["Luas RT (Ha)", "Jumlah bangunan", "Penduduk", "KK", "Jalan ideal (m)", "Drainase ideal"]
HEADER = ["Desa", "RT", "RW", "Tahun", "Penilai", *GROUND, *(each.key for each in CURRENT.criteria)]
VALUES = ["Balokang", 3, 1, 2018, "BKM", 2.66, 33, 168, 42, 400, 0, *map(float, WUNGU.values())]


def assess(client, programme, header, *rows):
    return steps.upload(client, programme, workbook([header, *rows]), kind="penilaian")


def test_units_of_an_assessment_are_converted(client, programme, villages):
    header = [
        {"Luas RT (Ha)": "Luas RT (m2)", "Jalan ideal (m)": "Jalan ideal (km)"}.get(text, text)
        for text in HEADER
    ]
    values = [*VALUES]
    values[5], values[9] = 26600, 0.4
    run = assess(client, programme, header, values)
    assert counts(client, run) == {"baru": 1}
    assert "dari km ke meter (dikali 1.000)" in text_of(look(client, run))
    assert apply(client, run).status_code == 302
    stored = Assessment.objects.get()
    assert (stored.area_ha, stored.ideal_road_m, stored.total) == (Decimal("2.66"), 400, 24)


def test_percentages_and_scores_beside_a_volume_are_not_read(client, programme, villages):
    header = [*HEADER, "1a (%)", "1a Nilai", "3b Skor"]
    run = assess(client, programme, header, [*VALUES, 0, 0, 5])
    assert questions(client, run) == {}
    assert counts(client, run) == {"baru": 1}
    assert "AB “1a (%)” (persen, bukan luas), AC “1a Nilai”, AD “3b Skor”" in text_of(
        look(client, run)
    )


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("Luas wilayah RT", "Kolom mana yang berisi Luas RT (Ha)?"),
        ("3a volume", "Kolom mana yang berisi 3a Ketersediaan akses aman air minum (KK)?"),
        ("Surveyor", "Kolom mana yang berisi Penilai?"),
        ("Nomor RT", "Kolom mana yang berisi RT?"),
    ],
)
def test_two_columns_of_an_assessment_are_asked_about(client, programme, villages, heading, text):
    run = assess(client, programme, [*HEADER, heading], [*VALUES, 1])
    field = questions(client, run)[text]
    assert len(choices_of(field)) == 3
    assert apply(client, run).status_code == 409
    answer(client, run, {text: field.field.choices[0][0]})
    assert counts(client, run) == {"baru": 1}


def test_an_unknown_unit_of_a_length_is_asked_about(client, programme, villages):
    header = [text.replace("Drainase ideal", "Drainase ideal (depa)") for text in HEADER]
    run = assess(client, programme, header, VALUES)
    answer(client, run, {"Apa satuan angka di kolom K “Drainase ideal (depa)”?": "m"})
    assert counts(client, run) == {"baru": 1}


@pytest.mark.parametrize("trait", [{}, {"returned": True}])
def test_an_unchanged_assessment_stays_a_draft(client, programme, villages, trait):
    rt = NeighbourhoodFactory(village=villages[0].village, rt=3, rw=1)
    assessment = AssessmentFactory(neighbourhood=rt, **trait)
    run = assess(client, programme, HEADER, VALUES)
    ((_, _, outcome, sentence),) = outcomes(client, run)
    state = assessment.get_status_display()
    assert (outcome, sentence) == ("sama", f"Penilaian berstatus {state} tidak berubah.")
    changed = [*VALUES[:-1], 32]
    assert counts(client, assess(client, programme, HEADER, changed)) == {"berubah": 1}


def test_a_csv_with_the_same_headings_twice(client, programme, villages):
    rows = [["Desa", "Tahun", "Luas", "Desa", "Tahun", "Luas"],
            ["Balokang", 2017, "18", "Binangun", 2017, "28"]]  # fmt: skip
    run = steps.upload(client, programme, csv_bytes(rows), name="dua.csv")
    assert len(questions(client, run)) == 3
    assert Baseline.objects.count() == 2


def test_shown_samples_are_those_of_many_villages(client, programme, villages):
    third = BaselineFactory(programme=programme, village__name="Cibeureum")
    names = ["Balokang", "Binangun", third.village.name, "Balokang"]
    rows = [[name, 2017 + number // 3, number, number + 1] for number, name in enumerate(names)]
    run = bring(client, programme, ["Desa", "Tahun", "Luas", "Luas kumuh"], *rows)
    assert choices_of(questions(client, run)[REMAINING])[0] == "Kolom C “Luas”: 0 · 1 · 2"
