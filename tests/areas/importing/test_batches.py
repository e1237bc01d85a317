"""A large spreadsheet is read in batches, left and come back to, and applied once."""

from datetime import timedelta
from decimal import Decimal
from threading import Thread

import pytest
from django.db import OperationalError, connection

from areas.importing import applying, batches
from areas.importing.stored_json import dumps, loads
from areas.models import (
    Assessment,
    AssessmentEvent,
    Entry,
    FigureEvent,
    ImportPart,
    ImportReading,
    ImportRun,
    YearlyFigure,
)
from kotaku.spreadsheets.sheets import MAX_ROWS
from tests.areas.importing import steps
from tests.areas.importing.books import csv_bytes, workbook
from tests.areas.importing.steps import START, apply, counts, look
from tests.areas.importing.test_import_assessments import HEADER, row
from tests.areas.public.pages import text_of
from tests.factories import BaselineFactory, DistrictFactory, YearlyFigureFactory

LONG = ["Desa/Kelurahan", "Tahun", "Luas (Ha)"]
FIVE = [["Balokang", year, 2035 - year] for year in range(2017, 2022)]


@pytest.fixture
def client(bappeda, client_of):
    """Bappeda's browser."""
    return client_of(bappeda)


@pytest.fixture
def in_batches(monkeypatch):
    """Two rows a request, for every file."""
    monkeypatch.setattr(batches, "MOST_AT_ONCE", 0)
    monkeypatch.setattr(batches, "BATCH_ROWS", 2)
    monkeypatch.setattr(batches, "SHARE_SECONDS", 0)


def bring(client, programme, *rows, kind="angka", dress=None):
    return steps.upload(client, programme, workbook(rows, dress=dress), kind=kind)


def read_on(client, run):
    """Press "Teruskan membaca"; return the page that follows."""
    return client.post(f"{START}{run.pk}/pembacaan/", follow=True)


def read_all(client, run):
    """Read on until the preview is there; return how many requests that took."""
    requests = 0
    while "% terbaca" in (page := text_of(look(client, run))):
        assert requests < 20, page
        requests += 1
        read_on(client, run)
    return requests


def shown(client, run):
    """Return what a preview says."""
    context = look(client, run, "?tampil=semua").context
    names = ("lines", "sums", "left_out", "conversions", "absent", "problem", "verdict", "digest")
    questions = [(each.label, each.help_text) for each in context["questions"]]
    return [context[name] for name in names], questions


def test_a_small_sheet_is_shown_at_once(client, programme, baseline):
    run = bring(client, programme, LONG, *FIVE)
    assert counts(client, run) == {"baru": 5}
    assert not ImportReading.objects.exists()


def test_a_large_sheet_says_how_much_is_read_and_is_come_back_to(
    client, client_of, bappeda, programme, baseline, in_batches
):
    run = bring(client, programme, LONG, *FIVE)
    page = text_of(look(client, run))
    assert "Terbaca 40 %" in page
    assert "boleh ditinggalkan" in page
    assert "diteruskan dari 40 %" in page
    assert "Terapkan" not in page
    # Looking at it changes nothing; it goes on from another device.
    assert "Terbaca 40 %" in text_of(look(client, run))
    phone = client_of(bappeda)
    assert run.name in text_of(phone.get(START))
    assert "Terbaca 80 %" in text_of(read_on(phone, run))
    page = text_of(read_on(client, run))
    assert "5 baris baru siap diterapkan" in page
    assert apply(client, run).status_code == 302
    assert YearlyFigure.objects.count() == 5
    assert not ImportPart.objects.exists()
    assert read_on(client, run).status_code == 200


def test_nothing_is_applied_before_all_is_read(client, programme, baseline, in_batches):
    run = bring(client, programme, LONG, *FIVE)
    typed = {"digest": "a" * 64, "reason": "Alasan.", "is_confirmed": "on"}
    response = client.post(f"{START}{run.pk}/penerapan/", typed, follow=True)
    assert "Terbaca 40 %" in text_of(response)
    assert not YearlyFigure.objects.exists()


def merge(sheet):
    sheet.merge_cells("A3:A6")


ROWS = {
    "angka": [
        ["Kecamatan", *LONG],
        [1, 2, 3, 4],
        ["Uji", "Balokang", 2017, 18],
        [None, "Balokang", 2018, "17,555"],
        [None, "Balokang", 2017, 16],
        [None, "Banjar", 2017, 9],
        [None, "Jumlah", None, 18],
        [None, "Banjar", 2017, 4],
        ["", "Balokank", 2019, 15],
        [None, "Jumlah", None, 40],
        [None, "Banjar", 2018, "x"],
    ],
    "baseline": [
        ["Kode", "Desa/Kelurahan", "Luas kumuh awal (Ha)"],
        [None, "Balokang", 21],
        [None, "Binangun", None],
        [None, "Rata-rata", 12],
        [None, "Balokang", 22],
        [None, "Total", 43],
    ],
    "penilaian": [
        HEADER,
        row(),
        row(rt=4, v7a=0, v7b=0),
        row(rt=4),
        ["Jumlah", "", "", "", "", 2.66],
        row(rt="x"),
        row(rt=5, year=2017),
    ],
}


@pytest.mark.parametrize("kind", ROWS)
def test_read_in_batches_it_is_the_same(
    client, programme, baseline, other_baseline, monkeypatch, kind
):
    banjar = DistrictFactory(code="32.79.07", name="Banjar")
    BaselineFactory(programme=programme, village__name="Banjar", village__district=banjar)
    dress = merge if kind == "angka" else None
    district = baseline.village.district.name
    rows = [[district if cell == "Uji" else cell for cell in cells] for cells in ROWS[kind]]
    at_once = bring(client, programme, *rows, kind=kind, dress=dress)
    expected = shown(client, at_once)
    monkeypatch.setattr(batches, "MOST_AT_ONCE", 0)
    monkeypatch.setattr(batches, "SHARE_SECONDS", 0)
    for size in (1, 2, 4):
        monkeypatch.setattr(batches, "BATCH_ROWS", size)
        run = bring(client, programme, *rows, kind=kind, dress=dress)
        assert read_all(client, run) > 0
        assert shown(client, run) == expected


def test_answers_and_columns_are_read_with_again(client, programme, baseline, in_batches):
    run = bring(client, programme, LONG, ["Balokank", 2017, 18], *FIVE[1:])
    read_all(client, run)
    (question,) = look(client, run).context["questions"]
    answered = {question.html_name: baseline.village.code}
    response = client.post(f"{START}{run.pk}/susunan/", answered, follow=True)
    assert "Terbaca 40 %" in text_of(response)
    read_all(client, run)
    assert counts(client, run) == {"baru": 5}


def test_a_renamed_village_is_read_anew(client, programme, baseline, in_batches):
    run = bring(client, programme, LONG, *FIVE)
    read_on(client, run)
    baseline.village.name = "Cibeureum"
    baseline.village.save()
    assert "Terbaca 0 %" in text_of(look(client, run))
    read_all(client, run)
    assert counts(client, run) == {"salah": 5}


def test_what_was_typed_stays_when_the_file_is_read_anew(client, programme, baseline, in_batches):
    run = bring(client, programme, LONG, ["Balokang", 2017, 25], *FIVE[1:])
    read_all(client, run)
    context = look(client, run).context
    typed = {"digest": context["digest"], "reason": "Didata ulang.", "_owner": context["owner"]}
    ImportReading.objects.all().delete()
    response = client.post(f"{START}{run.pk}/penerapan/", typed, follow=True)
    assert "Terbaca 0 %" in text_of(response)
    read_all(client, run)
    assert "Didata ulang." in look(client, run).content.decode()
    assert not YearlyFigure.objects.exists()


def test_figures_changed_meanwhile_are_noticed(client, programme, baseline, officer, in_batches):
    figure = YearlyFigureFactory(baseline=baseline, entered_by=officer)
    run = bring(client, programme, LONG, *FIVE)
    read_all(client, run)
    digest = look(client, run).context["digest"]
    figure.enter(by=officer, version=1, entry=Entry(Decimal(14)))
    response = client.post(f"{START}{run.pk}/penerapan/", {"digest": digest})
    assert response.status_code == 409
    assert "Data di situs berubah" in text_of(response)
    assert YearlyFigure.objects.count() == 1
    # The interrupted application does not stand in the way of the next one.
    assert apply(client, run).status_code == 302
    assert YearlyFigure.objects.count() == 5


def test_a_cancelled_reading_is_gone(client, programme, baseline, in_batches):
    run = bring(client, programme, LONG, *FIVE)
    client.post(f"{START}{run.pk}/pembatalan/")
    assert not ImportReading.objects.exists()
    assert "dibatalkan" in text_of(read_on(client, run))


def test_other_people_do_not_read_on(client, client_of, second_bappeda, programme, in_batches):
    run = bring(client, programme, LONG, *FIVE)
    other = client_of(second_bappeda)
    assert other.post(f"{START}{run.pk}/pembacaan/").status_code == 404


def test_a_lost_file_says_so(client, programme, baseline, in_batches):
    run = bring(client, programme, LONG, *FIVE)
    ImportReading.objects.all().delete()
    run.file.storage.delete(run.file.name)
    response = read_on(client, run)
    assert response.status_code == 422
    assert "Berkasnya sudah tidak ada" in text_of(response)


def test_several_batches_are_read_within_one_share(client, programme, baseline, monkeypatch):
    assert MAX_ROWS * len(LONG) > batches.MOST_AT_ONCE
    monkeypatch.setattr(batches, "MOST_AT_ONCE", 200 * len(LONG))
    monkeypatch.setattr(batches, "BATCH_ROWS", 100)
    monkeypatch.setattr(batches, "SHARE_SECONDS", 1000)
    lines = [LONG, *(["Balokang", 2017, 18] for _ in range(250))]
    run = steps.upload(client, programme, csv_bytes(lines), name="besar.csv")
    assert counts(client, run) == {"baru": 1, "salah": 249}
    parts = ImportPart.objects.order_by("number").values_list("rows", "is_read")
    assert list(parts) == [(100, True), (100, True), (50, True)]


# Two requests at once, each step of one between steps of the other.


def in_between(monkeypatch, owner, name, other):
    """Let another request come through before this step, once."""
    step, left = getattr(owner, name), [other]

    def run(request):
        request()
        connection.close()

    def late(*args, **kwargs):
        if left:
            thread = Thread(target=run, args=[left.pop()])
            thread.start()
            thread.join()
        return step(*args, **kwargs)

    monkeypatch.setattr(owner, name, late)


@pytest.mark.django_db(transaction=True)
def test_two_tabs_do_no_batch_twice(client, client_of, bappeda, programme, baseline, monkeypatch):
    monkeypatch.setattr(batches, "MOST_AT_ONCE", 0)
    monkeypatch.setattr(batches, "BATCH_ROWS", 1)
    monkeypatch.setattr(batches, "SHARE_SECONDS", 0)
    run = bring(client, programme, LONG, *FIVE, ["Jumlah", None, 5])
    tab = client_of(bappeda)
    in_between(monkeypatch, ImportReading, "store", lambda: read_on(tab, run))
    assert "Terbaca 33 %" in text_of(read_on(client, run))
    read_all(client, run)
    assert counts(client, run) == {"baru": 5}
    assert ImportReading.objects.get().done_rows == 6


@pytest.mark.django_db(transaction=True)
def test_two_tabs_begin_the_same_reading(
    client, client_of, bappeda, programme, baseline, monkeypatch
):
    monkeypatch.setattr(batches, "MOST_AT_ONCE", 0)
    monkeypatch.setattr(batches, "BATCH_ROWS", 2)
    monkeypatch.setattr(batches, "SHARE_SECONDS", 0)
    run = bring(client, programme, LONG, *FIVE)
    ImportReading.objects.all().delete()
    tab = client_of(bappeda)
    in_between(monkeypatch, batches, "_begin", lambda: read_on(tab, run))
    read_on(client, run)
    read_all(client, run)
    assert counts(client, run) == {"baru": 5}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", ["_plan", "_write"])
def test_a_second_click_joins_the_first(
    client, client_of, bappeda, programme, baseline, monkeypatch, step
):
    """The second one comes while the first compares (before or in its transaction) or writes."""
    run = bring(client, programme, LONG, *FIVE)
    digest = look(client, run).context["digest"]
    tab, answers = client_of(bappeda), []
    address = f"{START}{run.pk}/penerapan/"

    def click():
        answers.append(tab.post(address, {"digest": digest}, follow=True))

    in_between(monkeypatch, applying, step, click)
    first = client.post(address, {"digest": digest}, follow=True)
    (second,) = answers
    assert (first.status_code, second.status_code) == (200, 200)
    assert "Diterapkan: 5 baru" in text_of(first)
    said = "Sedang diterapkan" if step == "_write" else "Diterapkan: 5 baru"
    assert said in text_of(second)
    assert FigureEvent.objects.count() == YearlyFigure.objects.count() == 5


def test_while_it_is_applied_its_pages_say_so(client, programme, baseline):
    run = bring(client, programme, LONG, *FIVE)
    digest = look(client, run).context["digest"]
    assert run.begin_applying()
    page = look(client, run)
    assert "Sedang diterapkan" in text_of(page)
    assert 'http-equiv="refresh"' in page.content.decode()
    for address in ("penerapan", "pembatalan", "susunan", "pembacaan"):
        typed = {"digest": digest, "lembar": "Data", "baris_judul": 1}
        assert client.post(f"{START}{run.pk}/{address}/", typed).status_code == 302
    run.refresh_from_db()
    assert (run.state, run.layout) == (ImportRun.State.PREVIEWED, {})
    assert not YearlyFigure.objects.exists()


def test_a_second_click_joins_while_the_first_keeps_the_database(
    client, programme, baseline, monkeypatch
):
    """SQLite: the first one has begun and writes for longer than the second may wait."""
    run = bring(client, programme, LONG, *FIVE)
    digest = look(client, run).context["digest"]
    begin = ImportRun.begin_applying

    def is_locked(second):
        begin(second)
        raise OperationalError("database is locked")

    monkeypatch.setattr(ImportRun, "begin_applying", is_locked)
    response = client.post(f"{START}{run.pk}/penerapan/", {"digest": digest}, follow=True)
    assert "Sedang diterapkan" in text_of(response)


def test_an_application_that_was_cut_off_can_be_done_again(client, programme, baseline):
    run = bring(client, programme, LONG, *FIVE)
    run.begin_applying()
    ImportRun.objects.update(applying_since=run.applying_since - timedelta(minutes=16))
    assert apply(client, run).status_code == 302
    assert YearlyFigure.objects.count() == 5


def test_a_failure_while_writing_stores_nothing(client, programme, baseline, monkeypatch):
    run = bring(client, programme, HEADER, row(), row(rt=4), kind="penilaian")

    def fails(events):
        # RTs and assessments are written by now.
        assert Assessment.objects.count() == 2
        raise RuntimeError("disk")

    with monkeypatch.context() as patch:
        patch.setattr(AssessmentEvent.objects, "bulk_create", fails)
        with pytest.raises(RuntimeError):
            apply(client, run)
    assert not Assessment.objects.exists()
    assert apply(client, run).status_code == 302
    assert Assessment.objects.count() == 2


def test_stored_json_returns_what_was_stored():
    from datetime import date, datetime, time

    from areas.importing.columns import Layout
    from areas.importing.file_questions import Choice, Question
    from kotaku.spreadsheets.sheets import Oddity, Row, Sheet

    cells = (None, "x\x00é", 0.1 + 0.2, 7, True, Decimal("18.50"), date(2020, 1, 2),
             datetime(2020, 1, 2, 13, 4),  # noqa: DTZ001
             time(13, 4), timedelta(hours=30), Oddity("#N/A", "galat"))  # fmt: skip
    values = [
        Row(3, cells),
        Sheet("Data", (Row(1, ("a",)),), ((1, 1, 2, 2),), 3, hidden_rows=frozenset({4, 5})),
        Layout(2, {0: "kode", 3: "2018"}, {3: "m2"}),
        Question("k", "t", (Choice("a", "A"),)),
    ]
    found = loads(dumps(values))
    found[1] = found[1].__class__(
        **{**vars(found[1]), "merged": tuple(map(tuple, found[1].merged))}
    )
    assert found == values
    assert repr(found[0]) == repr(values[0])
    with pytest.raises(TypeError):
        dumps(object())
