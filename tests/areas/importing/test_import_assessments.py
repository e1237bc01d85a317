"""Sheets of assessments: one row per RT, through the same preview as every import."""

import io

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from areas.importing.columns import role_of
from areas.importing.kinds.assessment_columns import assessments
from areas.models import Assessment, FigureEvent, Neighbourhood, Status
from areas.rules.criteria import CURRENT
from tests.areas.importing import steps
from tests.areas.importing.books import csv_bytes, workbook
from tests.areas.importing.steps import (
    answer,
    apply,
    counts,
    look,
    outcomes,
    questions,
)
from tests.areas.public.pages import text_of
from tests.factories import WUNGU, AssessmentFactory, NeighbourhoodFactory

GROUND = ["Luas RT (Ha)", "Jumlah bangunan", "Penduduk", "KK", "Jalan ideal (m)", "Drainase ideal"]
HEADER = ["Desa", "RT", "RW", "Tahun", "Penilai", *GROUND, *(each.key for each in CURRENT.criteria)]
VOLUMES = [float(value) for value in WUNGU.values()]


def row(village="Balokang", rt=3, rw=1, year=2018, ground=(2.66, 33, 168, 42, 400, 0), **volumes):
    changed = [
        volumes.get(f"v{each.key}", value)
        for each, value in zip(CURRENT.criteria, VOLUMES, strict=True)
    ]
    return [village, rt, rw, year, "BKM", *ground, *changed]


@pytest.fixture
def client(client_of, bappeda):
    return client_of(bappeda)


def upload(client, baseline, rows, header=HEADER):
    content = workbook([["PENILAIAN 2018"], header, *rows, ["Jumlah", "", "", "", "", 2.66]])
    return steps.upload(client, baseline.programme, content, kind="penilaian")


def test_rows_become_rts_and_submitted_assessments(client, client_of, second_bappeda, baseline):
    run = upload(client, baseline, [row(), row(rt=4, v7a=0, v7b=0)])
    assert outcomes(client, run) == [
        ("Desa Balokang, RT 003/RW 001", "2018", "baru", "Kumuh ringan, nilai 24."),
        ("Desa Balokang, RT 004/RW 001", "2018", "baru", "Tidak kumuh, nilai 14."),
    ]
    assert Neighbourhood.objects.count() == Assessment.objects.count() == 0
    assert "2,66 Ha" in text_of(look(client, run))
    response = apply(client, run)
    assert response.status_code == 302, text_of(response)
    first, second = Assessment.objects.order_by("neighbourhood__rt")
    assert (first.status, first.total, first.assessor) == (Status.SUBMITTED, 24, "BKM")
    assert second.total == 14
    (event,) = first.events.all()
    assert event.source == "rekap.xlsx, lembar Data, baris 3"
    assert event.kind == FigureEvent.Kind.IMPORTED
    page = text_of(client_of(second_bappeda).get("/penilaian/"))
    assert "2 penilaian menunggu verifikasi" in page


def test_the_same_file_again_changes_nothing(client, baseline):
    apply(client, upload(client, baseline, [row()]))
    again = upload(client, baseline, [row()])
    assert counts(client, again) == {"sama": 1}
    assert apply(client, again).status_code in (409, 422)
    assert Assessment.objects.get().events.count() == 1


def test_next_year_cannot_be_assessed_yet(client, baseline):
    this_year = timezone.localdate().year
    rows = [row(rt=1, year=this_year), row(rt=2, year=this_year + 1)]
    found = outcomes(client, upload(client, baseline, rows))
    assert [(year, outcome) for _, year, outcome, _ in found] == [
        (str(this_year), "baru"),
        (str(this_year + 1), "salah"),
    ]


def test_the_sum_adds_what_each_village_would_have(client, baseline, other_baseline):
    """Each village's hectares are rounded once, as its figure is: 1,24 + 1,24 and not 2,47."""
    ground = (1.235, 33, 168, 42, 400, 0)
    rows = [row(ground=ground), row(village=other_baseline.village.name, ground=ground)]
    assert "2,48" in text_of(look(client, upload(client, baseline, rows)))


def test_what_a_village_has_begun_is_replaced_and_what_is_official_is_not(client, baseline):
    rt = NeighbourhoodFactory(village=baseline.village, rt=3, rw=1)
    AssessmentFactory(neighbourhood=rt, begun=True)
    run = upload(client, baseline, [row()])
    ((_, _, outcome, sentence),) = outcomes(client, run)
    assert (outcome, "berstatus Draf (belum lengkap)" in sentence) == ("berubah", True)
    apply(client, run)
    assessment = Assessment.objects.get()
    assert (assessment.status, assessment.total, assessment.version) == (Status.SUBMITTED, 24, 2)
    ((_, _, outcome, sentence),) = outcomes(client, upload(client, baseline, [row(v7a=0)]))
    assert (outcome, "sedang menunggu verifikasi" in sentence) == ("salah", True)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (row(v3a=43), "sel Q3 terlalu besar. 3a Ketersediaan akses aman air minum: 43 KK melebihi"),
        (row(v3a=-1), "sel Q3 berisi -1. Jumlah tidak boleh kurang dari 0."),
        (row(v3a="tiga"), "sel Q3 berisi “tiga”. Tulis bilangan bulat, misalnya 33."),
        (row(v3a=1.5), "sel Q3 berisi 1,5. Tulis bilangan bulat"),
        (row(v3a="1,000"), "sel Q3 berisi “1,000”. 1,000 bisa berarti 1 atau 1.000 KK."),
        (row(v3a="2 ribu"), "sel Q3 berisi “2 ribu”. Tulis angkanya lengkap, tanpa “ribu”."),
        (row(v3a="5k"), "sel Q3 berisi “5k”. Tulis angkanya lengkap, tanpa “k”."),
        (row(v3a="12 m2"), "“12 m2” bersatuan m², bukan KK."),
        (row(v2b="12 Ha"), "“12 Ha” bersatuan Ha, bukan m."),
        (row(v3a=None), "sel Q3 kosong. Tulis jumlahnya; tulis 0 bila tidak ada."),
        (row(v2b="1.250"), "sel P3 berisi “1.250”. 1.250 bisa berarti 1,25 atau 1.250 m."),
        (row(v2b="#REF!"), "galat rumus #REF!"),
        (row(ground=(0, 33, 168, 42, 400, 0)), "sel F3 berisi 0. Luas RT harus lebih dari 0 Ha."),
        (row(rt=0), "sel B3 berisi “0”. Tulis nomornya dari 1 sampai 999"),
        (row(rt="A"), "sel B3 berisi “A”."),
        (row(year=1999), "tahun 1999 tidak dapat dinilai"),
        (row(year="entah"), "sel D3 berisi “entah”. Tulis tahunnya"),
        (row(village="Zzz"), "Zzz tidak dikenal"),
    ],
)
def test_each_oddity_names_its_cell_and_stops_the_file(client, baseline, changed, words):
    run = upload(client, baseline, [changed, row(rt=9)])
    found = outcomes(client, run)
    assert found[0][2] == "salah"
    assert words in found[0][3].replace("\N{MINUS SIGN}", "-")
    assert apply(client, run).status_code in (409, 422)
    assert Assessment.objects.count() == 0


ROUNDING = (
    "{} luas di lembar Data mempunyai lebih dari 12 angka di belakang koma. "
    "Bulatkan seperti ditampilkan?"
)


@pytest.mark.parametrize(
    ("ground", "volume", "stored"),
    [
        # A formula's 8/3 and 2/3: spreadsheets show 15 digits.
        (8 / 3, 2 / 3, ("2.666666666667", "0.666666666667")),
        ("2,6612345678901", "0,1234567890125", ("2.661234567890", "0.123456789013")),
        ("2.6612345678905 Ha", 0.1234567890125, ("2.661234567891", "0.123456789013")),
    ],
)
def test_a_thirteenth_decimal_of_hectares_is_one_question(client, baseline, ground, volume, stored):
    rows = [row(ground=(ground, 33, 168, 42, 400, 0), v1b=volume), row(rt=4)]
    run = upload(client, baseline, rows)
    assert list(questions(client, run)) == [ROUNDING.format(2)]
    assert not look(client, run).context["can_apply"]
    answer(client, run, {ROUNDING.format(2): "ya"})
    apply(client, run)
    assessment = Assessment.objects.get(neighbourhood__rt="003")
    assert (str(assessment.area_ha), str(assessment.building_density_ha)) == stored


def test_a_thirteenth_decimal_that_is_not_rounded_is_a_wrong_cell(client, baseline):
    run = upload(client, baseline, [row(ground=(8 / 3, 33, 168, 42, 400, 0)), row(rt=4)])
    answer(client, run, {ROUNDING.format(1): "tidak"})
    (_, _, outcome, sentence), other = outcomes(client, run)
    assert outcome == "salah"
    assert "sel F3 berisi 2,66666666666667 Ha, lebih dari 12 angka" in sentence
    assert other[2] == "baru"


def test_hectares_converted_to_more_than_twelve_decimals_are_asked_about(client, baseline):
    header = ["Luas RT (m²)" if text == "Luas RT (Ha)" else text for text in HEADER]
    run = upload(client, baseline, [row(ground=(80000 / 3, 33, 168, 42, 400, 0))], header)
    answer(client, run, {ROUNDING.format(1): "ya"})
    apply(client, run)
    assert str(Assessment.objects.get().area_ha) == "2.666666666667"


@pytest.mark.parametrize("ground", [0.1 + 0.2, 2.661234567891, "2,661234567891"])
def test_twelve_decimals_of_hectares_are_not_asked_about(client, baseline, ground):
    small = {f"v{each.key}": 0 for each in CURRENT.criteria}
    run = upload(client, baseline, [row(ground=(ground, 33, 168, 42, 400, 0), **small)])
    assert not questions(client, run)
    assert counts(client, run) == {"baru": 1}


def test_an_rt_stands_once_in_a_year(client, baseline):
    run = upload(client, baseline, [row(), row(), row(year=2017)])
    assert [outcome for _, _, outcome, _ in outcomes(client, run)] == ["baru", "salah", "baru"]


def test_missing_columns_are_named_and_assigned_by_hand(client, baseline):
    header = [*HEADER[:-1], "Kolom aneh"]
    run = upload(client, baseline, [row()], header)
    page = text_of(look(client, run))
    assert "Tetapkan kolom untuk: 7b Ketidaktersediaan sarana proteksi kebakaran (unit)." in page
    form = look(client, run).context["layout_form"]
    typed = {name: form[name].initial for name in form.fields} | {f"kolom-{len(header) - 1}": "7b"}
    response = client.post(f"/data/impor/{run.pk}/susunan/", typed)
    assert response.status_code == 302
    assert counts(client, run) == {"baru": 1}


def test_headings_are_the_criteria_in_many_spellings():
    known = assessments()
    for each in CURRENT.criteria:
        spellings = (each.key, f"{each.key} {each.name}", f"{each.key[0]}.{each.key[1]} {each.name} ({each.unit})",
                     each.key.upper(), each.name, known.labels[each.key])  # fmt: skip
        for heading in spellings:
            assert role_of(heading, known) == each.key, heading
    in_template = {role: label for role, label in known.labels.items() if role not in ("", "jenis")}
    for role, label in in_template.items():
        assert role_of(label, known) == role, label


def test_the_template_comes_in_again_once_it_is_filled_in(client, baseline):
    NeighbourhoodFactory(village=baseline.village, rt=3, rw=1)
    address = f"/data/impor/templat.xlsx?jenis=penilaian&periode={baseline.programme.slug}"
    book = load_workbook(io.BytesIO(client.get(address).content))
    sheet = book["Data"]
    assert [cell.value for cell in sheet[2]][:4] == [
        baseline.village.code,
        "Desa Balokang",
        "003",
        "001",
    ]
    for column, value in enumerate([2018, "BKM", 2.66, 33, 168, 42, 400, 0, *VOLUMES], start=6):
        sheet.cell(2, column).value = value
    file = io.BytesIO()
    book.save(file)
    run = steps.upload(client, baseline.programme, file.getvalue(), kind="penilaian")
    assert counts(client, run) == {"baru": 1}


def test_a_csv_of_an_office_works_too(client, baseline):
    texts = [["balokang", "03", "01", "2018", "BKM", "2,66 Ha", "33", "168", "42 KK", "400", "0"]]
    texts[0] += [f"{value:g}".replace(".", ",") for value in VOLUMES]
    content = csv_bytes([HEADER, *texts], encoding="cp1252")
    run = steps.upload(client, baseline.programme, content, kind="penilaian", name="x.csv")
    assert counts(client, run) == {"baru": 1}


def test_a_sample_period_gets_sample_rts(client, baseline):
    baseline.programme.is_sample = True
    baseline.programme.save()
    apply(client, upload(client, baseline, [row()]))
    assert Neighbourhood.objects.get().is_sample


def test_a_change_after_the_preview_stops_the_file(client, baseline):
    rt = NeighbourhoodFactory(village=baseline.village, rt=3, rw=1)
    assessment = AssessmentFactory(neighbourhood=rt)
    run = upload(client, baseline, [row(v7a=0)])
    digest = look(client, run).context["digest"]
    assessment.fill(by=assessment.entered_by, version=1, step="x", values={"people": 1})
    response = client.post(f"/data/impor/{run.pk}/penerapan/", {"digest": digest})
    assert response.status_code == 409
    assessment.refresh_from_db()
    assert assessment.status == Status.DRAFT


def test_lengths_of_drainage_may_be_empty_where_none_is_needed(client, baseline):
    without = (2.66, 33, 168, 42, 400, 0)
    some = (2.66, 33, 168, 42, 400, 300)
    empty = {"v4b": None, "v4c": None}
    run = upload(client, baseline, [row(**empty, ground=without), row(rt=4, **empty, ground=some)])
    right, wrong = outcomes(client, run)
    assert right[2:] == ("baru", "Kumuh ringan, nilai 24.")
    assert "sel T4 kosong" in wrong[3]
    run = upload(client, baseline, [row(**empty, ground=without)])
    assert apply(client, run).status_code == 302
    stored = Assessment.objects.get()
    assert (stored.drainage_missing_m, stored.drainage_poor_m, stored.total) == (0, 0, 24)
