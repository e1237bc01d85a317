"""Totals wherever a sheet writes them, sums without what is wrong, and who imported what."""

import pytest

from areas.importing.row_kinds import TOTAL_WORDS
from areas.models import (
    AssessmentEvent,
    Baseline,
    BaselineEvent,
    FigureEvent,
    ImportRun,
    YearlyFigure,
)
from tests.areas.importing import steps
from tests.areas.importing.books import workbook
from tests.areas.importing.steps import START, apply, look, outcomes, page_of
from tests.areas.importing.test_import_assessments import HEADER, row
from tests.areas.public.pages import text_of
from tests.factories import UserFactory, YearlyFigureFactory

HEADS = ["No", "Kode", "Kecamatan", "Desa/Kelurahan", "Tahun", "Luas (Ha)"]
VILLAGES = {"Balokang": 17.13, "Binangun": 28.4}
# Of 17,13 and 28,40 Ha; as their sum, a counted total would show at once.
SUM = "45,53\u00a0Ha"
ORDERS = {"numbers last": [0, 1, 2, 3, 4, 5], "numbers first": [5, 4, 0, 2, 3, 1]}


@pytest.fixture
def client(client_of, bappeda):
    return client_of(bappeda)


@pytest.fixture
def villages(baseline, other_baseline):
    """Balokang with 20 Ha, Binangun with 30."""
    return [baseline, other_baseline]


def bring(client, programme, *rows, kind="angka"):
    return steps.upload(client, programme, workbook(rows), kind=kind)


def table(order, *ends):
    """Return a table of both villages, and rows that have a label in a column and an area."""
    rows = [HEADS]
    rows += [
        [number, None, None, name, 2017, area]
        for number, (name, area) in enumerate(VILLAGES.items(), 1)
    ]
    for label, column, area in ends:
        rows.append([*[None] * 5, area])
        rows[-1][column] = label
    return [[cells[column] for column in order] for cells in rows]


def columns_for_labels(order):
    """Return the columns in which a label is read: code and name, and all left of the area."""
    left = order[: order.index(HEADS.index("Luas (Ha)"))]
    return sorted({*left, HEADS.index("Kode"), HEADS.index("Desa/Kelurahan")})


PLACES = [(name, column) for name, order in ORDERS.items() for column in columns_for_labels(order)]


def summed(client, run):
    return [
        (line.name, line.rows, line.summed, line.stated)
        for line in look(client, run).context["sums"]
    ]


@pytest.mark.parametrize(("order", "column"), PLACES)
def test_a_total_in_any_cell_is_compared_and_not_added(client, programme, villages, order, column):
    for word in TOTAL_WORDS:
        label = f"{word.title()} (Ha)" if word == "jumlah luas" else word.upper()
        rows = table(ORDERS[order], (label, column, 45.53))
        run = bring(client, programme, *rows)
        assert summed(client, run) == [("2017", "2", SUM, SUM)], (label, HEADS[column])
        assert [line[2] for line in outcomes(client, run)] == ["baru", "baru"]
    apply(client, run)
    assert YearlyFigure.objects.count() == 2


@pytest.mark.parametrize(("order", "column"), PLACES)
def test_a_subtotal_in_any_cell_is_neither(client, programme, villages, order, column):
    words = ("Subtotal", "Sub total", "Jumlah Kecamatan Uji", "Total Kec. Uji", "Rata-rata")
    rows = table(ORDERS[order], *((word, column, 22.77) for word in words), ("Jumlah", 3, 45.53))
    run = bring(client, programme, *rows)
    assert summed(client, run) == [("2017", "2", SUM, SUM)]
    assert [line[2] for line in outcomes(client, run)] == ["baru", "baru", *["dilewati"] * 5]


# Wrong rows.


def test_wrong_figures_are_outside_the_sums(client, programme, villages):
    YearlyFigureFactory(baseline=villages[1], year=2018, submitted=True)
    run = bring(
        client,
        programme,
        HEADS[3:],
        ["Balokang", 2017, 17.13],
        ["Balokang", 2017, 3.31],
        ["Sukasari", 2017, 5.07],
        ["Binangun", 2031, 7.7],
        ["Balokang", 2018, 16.02],
        ["Binangun", 2018, 9.9],
    )
    assert [line[2] for line in outcomes(client, run)].count("salah") == 4
    assert summed(client, run) == [
        ("2017", "1", "17,13\u00a0Ha", "–"),
        ("2018", "1", "16,02\u00a0Ha", "–"),
    ]
    assert "Baris yang salah tidak ikut dijumlahkan." in text_of(look(client, run))


def test_wrong_baselines_are_outside_the_sum(client, programme, villages):
    head = ["Desa/Kelurahan", "Luas kumuh awal (Ha)"]
    rows = [["Balokang", 21.13], ["Balokang", 4.04], ["Sukasari", 5.07], ["Binangun", "banyak"]]
    run = bring(client, programme, head, *rows, kind="baseline")
    assert summed(client, run) == [("Baseline", "1", "21,13\u00a0Ha", "–")]


def test_wrong_assessments_are_outside_the_sums(client, programme, villages):
    alone = bring(client, programme, HEADER, row(), kind="penilaian")
    expected = summed(client, alone)
    assert expected[0][:2] == ("2018", "1")
    assert expected[0][2] != "0,00\u00a0Ha"
    wrong = [row(), row("Sukasari"), row(rt=4, year=1999), row(rt=5, v7a=99_999)]
    run = bring(client, programme, HEADER, row(), *wrong, kind="penilaian")
    assert [line[2] for line in outcomes(client, run)] == ["baru", *["salah"] * 4]
    assert summed(client, run) == expected


# Who did it.


@pytest.fixture
def importer():
    """A person of Bappeda who does nothing else."""
    return UserFactory(bappeda=True, full_name="Imas Pengimpor")


IMPORTED = {
    "angka": (FigureEvent, [HEADS[3:], ["Balokang", 2017, 17.13]]),
    "baseline": (BaselineEvent, [["Desa/Kelurahan", "Luas kumuh awal (Ha)"], ["Balokang", 21.13]]),
    "penilaian": (AssessmentEvent, [HEADER, row()]),
}


@pytest.mark.parametrize("kind", ImportRun.Kind.values)
def test_the_history_names_who_imported(
    client_of, programme, villages, importer, second_bappeda, kind
):
    events, rows = IMPORTED[kind]
    client = client_of(importer)
    run = bring(client, programme, *rows, kind=kind)
    before = set(events.objects.values_list("pk", flat=True))
    assert apply(client, run, reason="Data baru.", is_confirmed="on").status_code == 302
    (event,) = events.objects.exclude(pk__in=before)
    assert event.actor == importer
    assert event.source.startswith(f"{run.name}, lembar Data")
    for page in (START, page_of(run)):
        assert "Imas Pengimpor" in text_of(client_of(second_bappeda).get(page))


def test_pages_of_a_figure_name_who_imported_it(
    client_of, programme, villages, importer, second_bappeda
):
    client = client_of(importer)
    apply(client, bring(client, programme, *IMPORTED["angka"][1]))
    figure = YearlyFigure.objects.get()
    assert figure.entered_by == figure.submitted_by == importer
    reviewer = client_of(second_bappeda)
    for page in (f"/verifikasi/{figure.pk}/", f"/desa/{villages[0].village.code}/"):
        assert "Imas Pengimpor" in text_of(reviewer.get(page)), page


def test_an_admin_who_imports_as_verified_is_named_as_the_verifier(
    client_of, programme, villages, admin
):
    YearlyFigureFactory(baseline=villages[0], year=2017, verified=True)
    client = client_of(admin)
    rows = [HEADS[3:], ["Balokang", 2017, 16.6], ["Binangun", 2018, 27.7]]
    run = bring(client, programme, *rows)
    typed = {"reason": "Berita acara.", "is_confirmed": "on"}
    assert apply(client, run, "?verifikasi=1", **typed).status_code == 302
    by = {
        (event.figure.year, event.kind): event.actor
        for event in FigureEvent.objects.select_related("figure", "actor")
    }
    assert by[2017, "corrected"] == by[2018, "verified"] == admin
    assert by[2018, "imported"] != admin
    assert Baseline.objects.count() == 2
