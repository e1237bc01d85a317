"""What a row of a file is: a village's, a total, or something around the table."""

from decimal import Decimal

import pytest

from areas.models import Assessment, Baseline, BaselineEvent, YearlyFigure
from areas.rules.land_area import polygons_ha
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
from tests.areas.importing.test_import_columns import (
    HEADER,
    VALUES,
    areas_of,
    assess,
)
from tests.areas.public.pages import text_of
from tests.factories import (
    BaselineFactory,
    BoundaryFactory,
    DistrictFactory,
    NeighbourhoodFactory,
    YearlyFigureFactory,
)

LONG = ["Kode", "Desa/Kelurahan", "Tahun", "Luas (Ha)"]


@pytest.fixture
def client(client_of, bappeda):
    return client_of(bappeda)


@pytest.fixture
def villages(programme, baseline, other_baseline):
    """Balokang with 20 Ha, Binangun with 30."""
    return [baseline, other_baseline]


@pytest.fixture
def banjar(programme, villages):
    """A kelurahan that is called like its kecamatan."""
    district = DistrictFactory(code="32.79.01", name="Banjar")
    return BaselineFactory(
        programme=programme, area_ha=40, village__name="Banjar", village__kind="kelurahan",
        village__code="32.79.01.1001", village__district=district,
    )  # fmt: skip


def bring(client, programme, *rows, kind="angka", **options):
    return steps.upload(client, programme, workbook(rows, **options), kind=kind)


def bring_csv(client, programme, text, kind="angka"):
    return steps.upload(client, programme, text.encode(), kind=kind, name="rekap.csv")


def left_out(client, run):
    return [row[3] for row in outcomes(client, run) if row[2] == "dilewati"]


# Cells beyond the headings.


@pytest.mark.parametrize("value", ["7,5", "7,50", "12,05"])
def test_a_number_cut_at_its_comma_is_a_wrong_row(client, programme, villages, value):
    code = villages[0].village.code
    run = bring_csv(
        client, programme, f"Kode,Desa,Tahun,Luas (Ha)\n{code},Balokang,2017,{value}\n"
    )  # fmt: skip
    ((_, _, outcome, sentence),) = outcomes(client, run)
    assert outcome == "salah"
    assert "baris 2 berisi 5 sel, padahal judul kolomnya hanya 4; sel E2 berisi" in sentence
    assert "apit angkanya dengan tanda kutip" in sentence
    assert apply(client, run).status_code == 409
    assert YearlyFigure.objects.count() == 0


def test_a_quoted_number_is_read(client, programme, villages):
    code = villages[0].village.code
    run = bring_csv(
        client, programme, f'Kode,Desa,Tahun,Luas (Ha)\n{code},Balokang,2017,"7,5"\n'
    )  # fmt: skip
    assert areas_of(client, run) == ["7,50"]


def test_a_number_cut_into_its_note_is_a_wrong_row(client, programme, villages):
    run = bring_csv(client, programme, "Desa,Tahun,Luas (Ha),Catatan\nBalokang,2017,7,5\n")
    ((_, _, outcome, sentence),) = outcomes(client, run)
    assert outcome == "salah"
    assert "sel D2 hanya berisi “5”, tepat di kanan angka bulat" in sentence


def test_a_total_cut_at_its_comma_is_a_wrong_row(client, programme, villages):
    text = 'Desa,Tahun,Luas (Ha)\nBalokang,2017,"7,5"\nJumlah,,7,5\n'
    run = bring_csv(client, programme, text)
    assert [row[2] for row in outcomes(client, run)] == ["baru", "salah"]


def test_a_cell_beyond_the_headings_of_a_workbook_is_named(client, programme, villages):
    run = bring(client, programme, LONG, [None, "Balokang", 2017, 18, None, "cek lagi"])
    ((_, _, outcome, sentence),) = outcomes(client, run)
    assert outcome == "salah"
    assert "sel F2 berisi “cek lagi”" in sentence


@pytest.mark.parametrize("tail", [",", ",,,", ", ,"])
def test_empty_cells_behind_the_headings_do_not_matter(client, programme, villages, tail):
    text = f"Desa,Tahun,Luas (Ha)\nBalokang,2017,7.5{tail}\n"
    assert counts(client, bring_csv(client, programme, text)) == {"baru": 1}


def test_headings_that_are_merged_over_several_columns_cover_them(client, programme, villages):
    rows = [["Desa", 2017, None, 2018, None], [None, "Ha", "%", "Ha", "%"],
            ["Balokang", 19, 95, 18, 90]]  # fmt: skip

    def merge(sheet):
        sheet.merge_cells("B1:C1")
        sheet.merge_cells("D1:E1")

    run = bring(client, programme, *rows, dress=merge)
    assert [row[1:3] for row in outcomes(client, run) if row[2] != "dilewati"] == [
        ("2017", "baru"), ("2018", "baru"),
    ]  # fmt: skip
    assert [text for text in areas_of(client, run) if text] == ["19,00", "18,00"]


# Notes that begin like totals.


@pytest.mark.parametrize(
    "note",
    ["Total sudah diverifikasi", "Jumlah", "Subtotal per RT", "Rata-rata 3 RT", "Kec. Banjar"],
)
def test_a_villages_row_is_one_whatever_its_note_says(client, programme, villages, note):
    head = [*LONG, "Catatan", "Status"]
    run = bring(client, programme, head, [None, "Balokang", 2017, 18, note, note])
    assert counts(client, run) == {"baru": 1}
    apply(client, run)
    assert YearlyFigure.objects.get().note == note


def test_a_misspelt_village_with_such_a_note_is_wrong_and_not_left_out(client, programme, villages):
    head = ["Catatan", "Desa", "Tahun", "Luas (Ha)"]
    run = bring(client, programme, head, ["Total sudah diverifikasi", "Balokan", 2017, 18])
    assert counts(client, run) == {"salah": 1}


def test_a_misspelt_village_with_words_for_an_area_is_wrong(client, programme, villages):
    run = bring(client, programme, LONG, [None, "Balokan", 2017, "lima"])
    assert counts(client, run) == {"salah": 1}


def test_an_assessment_is_one_whatever_its_note_says(client, programme, villages):
    run = assess(client, programme, [*HEADER, "Catatan"], [*VALUES, "Jumlah sudah dicek"])
    assert counts(client, run) == {"baru": 1}


# Rows around the table.


def test_what_stands_around_a_table_is_left_out_with_the_reason(client, programme, villages):
    rows = [
        LONG,
        [None, "Balokang", 2017, 18],
        LONG,
        [1, 2, 3, 4],
        [None, "Binangun", 2017, 28],
        [None, "Jumlah", None, 46],
        [None, "Rata-rata", None, 23],
        [None, None, None, "Banjar, 3 Januari 2024"],
        [None, None, None, "3 Januari 2024"],
        [None, "Kepala Bidang", None, None],
        [None, "H. Ujang Suparman", None, "Ditetapkan di Banjar"],
        ["NIP. 19650101 199003 1 005", None, None, None],
        ["196501011990031005", None, None, None],
        [None, "*) data sementara", None, None],
    ]
    run = bring(client, programme, *rows)
    assert counts(client, run) == {"baru": 2, "dilewati": 11 - 1}
    assert left_out(client, run) == [
        "Judul kolom yang berulang.", "Nomor kolom.", "Baris rata-rata.",
        "Bukan baris desa/kelurahan.", "Bukan baris desa/kelurahan.",
        *["Judul atau keterangan tanpa luas."] * 5,
    ]  # fmt: skip
    assert apply(client, run).status_code == 302
    assert YearlyFigure.objects.count() == 2


def test_the_second_row_of_repeated_headings_is_left_out(client, programme, villages):
    rows = [["Desa", "Luas kumuh (Ha)", None], [None, 2017, 2018], ["Balokang", 18, 17],
            ["Desa", "Luas kumuh (Ha)", None], [None, 2017, 2018], ["Binangun", 28, 27]]  # fmt: skip
    run = bring(client, programme, *rows)
    assert counts(client, run) == {"baru": 4, "dilewati": 2}


@pytest.mark.parametrize(
    "row",
    [
        [None, None, 2017, 18],
        [None, "Sukamanah", 2017, 18],
        [None, None, None, "12,5 Ha"],
        ["32.79.01.20O3", "Sukamanah", 2017, None],
    ],
)
def test_a_row_with_a_number_or_a_code_is_never_left_out(client, programme, villages, row):
    assert counts(client, bring(client, programme, LONG, row)) == {"salah": 1}


def test_a_second_table_with_other_columns_is_wrong(client, programme, villages):
    rows = [["Desa", "Tahun", "Luas (Ha)"], ["Balokang", 2017, 18],
            ["Luas (Ha)", "Tahun", "Desa"], [28, 2017, "Binangun"]]  # fmt: skip
    run = bring(client, programme, *rows)
    found = outcomes(client, run)
    assert [row[2] for row in found] == ["baru", "salah", "dilewati"]
    assert "baris 3 memulai tabel lain" in found[1][3]


def test_several_rows_of_totals_leave_the_last_one(client, programme, villages):
    rows = [LONG, [None, "Balokang", 2017, 18], ["Jumlah", None, None, 18],
            [None, "Binangun", 2017, 28], ["Jumlah", None, None, 46]]  # fmt: skip
    run = bring(client, programme, *rows)
    (total,) = look(client, run).context["sums"]
    assert (total.stated, total.difference) == ("46,00\u00a0Ha", "tidak ada")
    assert left_out(client, run) == ["Baris jumlah sebagian."]


def test_signatures_below_a_sheet_of_assessments_do_not_block_it(client, programme, villages):
    width = len(HEADER)
    rows = [VALUES, [""] * (width - 1) + ["Banjar, 3 Januari 2024"], ["Surveyor,"],
            ["NIP. 19650101 199003 1 005"], HEADER]  # fmt: skip
    run = assess(client, programme, HEADER, *rows)
    assert counts(client, run) == {"baru": 1, "dilewati": 4}


# A kecamatan and a village of one name.

BANJAR = "“Banjar” di baris 2 adalah"


def test_a_name_of_both_is_asked_about(client, programme, banjar):
    rows = [["Desa", "Tahun", "Luas (Ha)"], ["Banjar", 2017, 70], ["Banjar", 2017, 39],
            ["Balokang", 2017, 18]]  # fmt: skip
    run = bring(client, programme, *rows)
    asked = questions(client, run)
    assert list(asked) == [BANJAR, "“Banjar” di baris 3 adalah"]
    assert [label for _, label in asked[BANJAR].field.choices] == [
        "Kelurahan Banjar, Kec. Banjar", "Kecamatan Banjar (baris jumlah, dilewati)",
    ]  # fmt: skip
    answer(client, run, {BANJAR: "kecamatan", "“Banjar” di baris 3 adalah": "32.79.01.1001"})
    assert [row[::2] for row in outcomes(client, run)] == [
        ("Banjar", "dilewati"), ("Kelurahan Banjar", "baru"), ("Desa Balokang", "baru"),
    ]  # fmt: skip
    assert apply(client, run).status_code == 302
    assert YearlyFigure.objects.get(baseline=banjar).area_ha == 39


def test_the_years_of_a_long_table_are_one_question(client, programme, banjar):
    rows = [["Banjar", year, 39] for year in (2017, 2018, 2019)]
    run = bring(client, programme, ["Desa", "Tahun", "Luas (Ha)"], *rows)
    answer(client, run, {BANJAR: "32.79.01.1001"})
    assert counts(client, run) == {"baru": 3}


@pytest.mark.parametrize(
    ("head", "row", "outcome"),
    [
        (["Kode", "Desa"], ["32.79.01.1001", "Banjar"], "baru"),
        (["Kode", "Desa"], ["32.79.01", "Banjar"], "dilewati"),
        (["Jenis", "Desa"], ["Kelurahan", "Banjar"], "baru"),
        (["Jenis", "Desa"], ["Kecamatan", "Banjar"], "dilewati"),
        (["Kecamatan", "Desa"], ["Banjar", "Banjar"], "baru"),
        (["No", "Desa"], [1, "Kel. Banjar"], "baru"),
        (["No", "Desa"], ["A", "Kec. Banjar"], "dilewati"),
    ],
)
def test_code_kind_and_kecamatan_decide(client, programme, banjar, head, row, outcome):
    run = bring(client, programme, [*head, "Tahun", "Luas (Ha)"], [*row, 2017, 39])
    assert questions(client, run) == {}
    assert counts(client, run) == {outcome: 1}


def test_a_merged_kecamatan_decides_for_all_its_rows(client, programme, banjar):
    rows = [["Kecamatan", "Desa", "2017"], ["Banjar", "Balokang", 18], [None, "Banjar", 39]]
    villages = {"Balokang": "Banjar"}
    balokang = Baseline.objects.get(village__name__in=villages).village
    balokang.district = banjar.village.district
    balokang.save()
    # Below the merged cells no kecamatan is named: Binangun lies in another one.
    rows.append([None, "Binangun", 28])
    run = bring(client, programme, *rows, dress=lambda sheet: sheet.merge_cells("A2:A3"))
    assert questions(client, run) == {}
    assert counts(client, run) == {"baru": 3}


def test_an_rt_of_a_village_called_like_its_kecamatan_is_not_asked_about(client, programme, banjar):
    run = assess(client, programme, HEADER, ["Banjar", *VALUES[1:]])
    assert questions(client, run) == {}
    assert counts(client, run) == {"baru": 1}


# The decree, only beside what is whole.


def test_a_part_of_the_villages_is_not_compared_with_the_decree(client, programme, villages):
    programme.declared_ha = 50
    programme.save()
    rows = [["Desa", "2017", "2018"], ["Balokang", 18, 17], ["Binangun", 28, None]]
    lines = look(client, bring(client, programme, *rows)).context["sums"]
    assert [(line.name, line.declared, line.declared_difference) for line in lines] == [
        ("2017", "50,00\u00a0Ha", "kurang 4,00\u00a0Ha"), ("2018", "–", "–"),
    ]  # fmt: skip


def test_a_year_with_a_wrong_row_is_not_whole(client, programme, villages):
    programme.declared_ha = 50
    programme.save()
    run = bring(client, programme, ["Desa", "2017"], ["Balokang", 18], ["Binangun", "x"])
    (line,) = look(client, run).context["sums"]
    assert (line.declared, line.declared_difference) == ("–", "–")


# Areas that cannot be.


def test_a_village_larger_than_its_boundary_takes_a_tick_and_a_reason(client, programme, villages):
    village = villages[0].village
    boundary = BoundaryFactory(village=village)
    land = polygons_ha(boundary.polygons)
    too_large = land + 1
    rows = [["Kode", "Luas kumuh awal (Ha)"], [village.code, float(too_large)]]
    run = bring(client, programme, *rows, kind="baseline")
    assert "Lebih luas daripada wilayah Desa Balokang menurut batasnya" in text_of(
        look(client, run)
    )
    assert apply(client, run, reason="SK.").status_code == 422
    assert apply(client, run, is_confirmed="on").status_code == 422
    assert apply(client, run, is_confirmed="on", reason="Menurut SK.").status_code == 302
    assert BaselineEvent.objects.get(after_ha=too_large).reason == "Menurut SK."


@pytest.mark.parametrize(("area", "asks"), [(5000, False), (5000.01, True), (26600, True)])
def test_a_village_without_a_boundary_has_a_bound(client, programme, villages, area, asks):
    new = BaselineFactory().village
    run = bring(client, programme, ["Kode", "Luas (Ha)"], [new.code, area], kind="baseline")
    page = look(client, run)
    assert ("Lebih dari 5.000,00 Ha untuk satu desa/kelurahan" in text_of(page)) is asks
    assert page.context["form"].asks_confirmation is asks


def test_a_figure_beyond_the_land_is_asked_about_even_below_its_baseline(
    client, programme, villages
):
    Baseline.objects.filter(pk=villages[0].pk).update(area_ha=9000)
    run = bring(client, programme, ["Desa", "2017"], ["Balokang", 8000])
    assert apply(client, run, reason="Benar.").status_code == 422
    assert apply(client, run, is_confirmed="on", reason="Benar.").status_code == 302
    figure = YearlyFigure.objects.get()
    assert (figure.reason, figure.is_confirmed) == ("Benar.", False)


@pytest.mark.parametrize("area", [266, 26600])
def test_an_rt_of_thousands_of_hectares_takes_a_tick(client, programme, villages, area):
    values = [*VALUES]
    values[5] = area
    run = assess(client, programme, HEADER, values)
    assert "Luas RT lebih dari 100,00 Ha" in text_of(look(client, run))
    assert apply(client, run).status_code == 422
    assert Assessment.objects.count() == 0
    assert apply(client, run, is_confirmed="on").status_code == 302


def test_an_rt_larger_than_its_village_takes_a_tick(client, programme, villages):
    village = villages[0].village
    boundary = BoundaryFactory(village=village)
    boundary.polygons = [[[[108.54, -7.37], [108.541, -7.37], [108.541, -7.369], [108.54, -7.369]]]]
    boundary.save()
    assert polygons_ha(boundary.polygons) == Decimal("1.22")
    NeighbourhoodFactory(village=village, rt=3, rw=1)
    run = assess(client, programme, HEADER, VALUES)
    assert "Luas RT melebihi wilayah Desa Balokang menurut batasnya, 1,22 Ha" in text_of(
        look(client, run)
    )
    assert apply(client, run).status_code == 422


def test_what_is_recorded_already_is_not_asked_about_again(client, programme, villages):
    Baseline.objects.filter(pk=villages[0].pk).update(area_ha=9000)
    YearlyFigureFactory(baseline=villages[0], year=2017, area_ha=8000, verified=True)
    run = bring(client, programme, ["Desa", "2017", "2018"], ["Balokang", 8000, 4000])
    assert look(client, run).context["form"].asks_confirmation is False


def test_a_hole_is_no_land():
    square = [[0, 0], [0.01, 0], [0.01, 0.01], [0, 0.01], [0, 0]]
    hole = [[0.002, 0.002], [0.007, 0.002], [0.007, 0.007], [0.002, 0.007], [0.002, 0.002]]
    whole = polygons_ha([[square]])
    assert whole == Decimal("123.09")
    assert abs(polygons_ha([[square, hole]]) - whole * 3 / 4) < Decimal("0.02")


def test_a_csv_of_a_portal_with_all_of_it(client, programme, banjar):
    rows = [
        ["REKAPITULASI LUAS KUMUH"],
        ["No", "Kode BPS", "Desa/Kelurahan", "Luas (m2)", "Kumuh (%)", "Tahun", "Ket."],
        ["1", "3279010001", "Kelurahan Banjar", "390.000,00", "12,5", "2017", "Total 3 RT"],
        ["", "", "Rata-rata", "390.000,00", "12,5", "", ""],
        ["", "", "", "Banjar, 3 Januari 2024"],
    ]
    content = csv_bytes(rows)
    run = steps.upload(client, programme, content, name="portal.csv")
    assert questions(client, run) == {}
    assert counts(client, run) == {"baru": 1, "dilewati": 2}
    assert (
        client.post(
            f"{START}{run.pk}/penerapan/", {"digest": look(client, run).context["digest"]}
        ).status_code
        == 302
    )
    assert YearlyFigure.objects.get().area_ha == 39
