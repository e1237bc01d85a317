"""The matrix of follow-ups: page with filters in the address, sheet, landscape print."""

import io
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from meetings.models import Letterhead, MeetingState
from tests.areas.public.pages import text_of
from tests.factories import DecisionFactory, FollowUpFactory, MeetingFactory, UserFactory, city
from tests.meetings.follow_ups.test_assignment import approve

PAGE = "/tindak-lanjut/matriks/"
SHEET, PAPER = f"{PAGE}tindak-lanjut.xlsx", f"{PAGE}cetak/"


@pytest.fixture
def meeting():
    """A meeting of 8 November 2016."""
    return held(2016, "Rakor triwulan")


def held(year, title):
    starts = datetime(year, 11, 8, 13, tzinfo=timezone.get_default_timezone())
    return MeetingFactory(done=True, title=title, starts_at=starts, ends_at=None)


@pytest.fixture
def task(meeting, baseline, officer):
    """What the officer's village has to do, with two reports."""
    decision = DecisionFactory(meeting=meeting, text="Drainase didahulukan.")
    task = FollowUpFactory(
        decision=decision, village=baseline.village, organisation="", what="Perbaiki saluran"
    )
    task.report(by=officer, version=1, text="Bahan dibeli.")
    task.report(by=officer, version=2, text="Sudah digali.")
    return task


def rows_of(response):
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    header, *rows = book.worksheets[0].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows], book


def test_page_has_all_columns_of_a_report_to_the_mayor(client_of, bappeda, task):
    page = text_of(client_of(bappeda).get(PAGE))
    for text in (
        "Rakor triwulan, 8 November 2016", "Drainase didahulukan.", "Perbaiki saluran",
        "Desa Balokang", "31 Desember 2016 (lewat", "Terlambat", "Sudah digali.",
    ):  # fmt: skip
        assert text in page
    assert "Bahan dibeli." not in page


def test_sheet_has_real_days_and_numbers(client_of, bappeda, task):
    (row,), book = rows_of(client_of(bappeda).get(SHEET))
    assert row["tanggal_rapat"].date() == date(2016, 11, 8)
    assert row["batas_waktu"].date() == date(2016, 12, 31)
    assert row["tanggal_catatan"].date() == timezone.localdate()
    assert row["lewat_hari"] == (timezone.localdate() - date(2016, 12, 31)).days
    assert (row["keputusan"], row["penanggung_jawab"]) == ("Drainase didahulukan.", "Desa Balokang")
    assert (row["keadaan"], row["catatan_terakhir"]) == ("Terlambat", "Sudah digali.")
    about = " ".join(
        str(cell) for line in book.worksheets[1].iter_rows(values_only=True) for cell in line
    )
    assert str(bappeda) in about


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("", {"Perbaiki saluran", "Jauh", "Beres"}),
        ("?keadaan=terlambat", {"Perbaiki saluran"}),
        ("?keadaan=konfirmasi", {"Beres"}),
        ("?tahun=2016", {"Perbaiki saluran"}),
        ("?tahun=1999", {"Perbaiki saluran", "Jauh", "Beres"}),
        ("?rapat={0}", {"Perbaiki saluran"}),
        ("?rapat=x&cari=jauh", {"Jauh"}),
        ("?cari=didahulukan", {"Perbaiki saluran"}),
        ("?desa=32.79.99.9999", {"Perbaiki saluran"}),
    ],
)
def test_page_sheet_and_print_follow_the_filters_in_the_address(
    client_of, bappeda, task, baseline, query, seen
):
    later = DecisionFactory(meeting=held(2017, "Rakor lain"), text="Lain.")
    FollowUpFactory(decision=later, what="Jauh", due_on=timezone.localdate() + timedelta(days=9))
    FollowUpFactory(decision=later, what="Beres", done=True)
    query = query.format(task.meeting.pk).replace("32.79.99.9999", baseline.village.code)
    office = client_of(bappeda)
    for address in (PAGE, PAPER):
        page = text_of(office.get(address + query))
        assert {what for what in ("Perbaiki saluran", "Jauh", "Beres") if what in page} == seen
    rows, _ = rows_of(office.get(SHEET + query))
    assert {row["tindak_lanjut"] for row in rows} == seen
    shown = office.get(PAGE + query).content.decode()
    if query:
        assert f"{SHEET}{query.replace('&', '&amp;')}" in shown


def test_print_is_landscape_with_the_letterhead(client_of, bappeda, task):
    Letterhead.objects.create(
        region=city(), government="Pemerintah Kota Banjar", office="Bappeda", city="Banjar"
    )
    page = client_of(bappeda).get(f"{PAPER}?keadaan=terlambat")
    text = text_of(page)
    for words in ("Pemerintah Kota Banjar", "Bappeda", "Saringan: Keadaan: Terlambat."):
        assert words in text
    assert 'class="lined matrix"' in page.content.decode()


def test_print_names_what_it_leaves_out(client_of, bappeda, task, monkeypatch):
    monkeypatch.setattr("meetings.follow_ups.matrix_views.PRINTED", 1)
    FollowUpFactory(what="Kedua")
    assert "1 tindak lanjut lain tidak dicetak." in text_of(client_of(bappeda).get(PAPER))


def test_a_village_reads_no_decision_before_the_minutes_are_approved(
    client_of, officer, bappeda, task
):
    village, word = client_of(officer), "didahulukan"
    for address in (PAGE, PAPER):
        text = text_of(village.get(address))
        assert "Perbaiki saluran" in text
        assert word not in text
        assert "dapat dibaca setelah notulen disahkan" in text
    (row,), _ = rows_of(village.get(SHEET))
    assert not row["keputusan"]
    # Nor are its words found, one by one, by what the filter lists.
    for address in (PAGE, "/tindak-lanjut/"):
        assert "Perbaiki saluran" not in text_of(village.get(f"{address}?cari={word}"))
        assert "Perbaiki saluran" in text_of(village.get(f"{address}?cari=saluran"))
    approve(task, bappeda)
    for address in (PAGE, PAPER, f"{PAGE}?cari={word}"):
        assert "Drainase didahulukan." in text_of(village.get(address))
    (row,), _ = rows_of(village.get(SHEET))
    assert row["keputusan"] == "Drainase didahulukan."


def test_drafts_and_other_regions_are_in_no_matrix(client_of, viewer, task):
    draft = DecisionFactory(meeting=MeetingFactory(state=MeetingState.DRAFT))
    FollowUpFactory(decision=draft, what="Belum dibahas")
    elsewhere = UserFactory(username="ciamis", region=city("32.07", "Ciamis"))
    for address in (PAGE, PAPER):
        assert "Belum dibahas" not in text_of(client_of(viewer).get(address))
        assert "Perbaiki saluran" not in text_of(client_of(elsewhere).get(address))
    assert "Belum ada tindak lanjut" in text_of(client_of(elsewhere).get(PAGE))


@pytest.mark.parametrize("count", [5, 300])
def test_matrix_takes_the_same_queries_for_any_number(
    client_of, bappeda, task, count, django_assert_num_queries
):
    FollowUpFactory.create_batch(count, decision=DecisionFactory())
    office = client_of(bappeda)
    office.get(PAGE)
    with django_assert_num_queries(9):
        office.get(PAGE)
    with django_assert_num_queries(6):
        office.get(PAPER)
