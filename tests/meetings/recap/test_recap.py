"""The recap of meetings, against a naive count of the same rows, on page, sheet and paper."""

import io
import re
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from meetings.models import FollowUp, Meeting, Participant
from meetings.models.person import Unsur
from tests.areas.public.pages import text_of
from tests.factories import (
    AgendaItemFactory,
    DecisionFactory,
    FollowUpFactory,
    MeetingFactory,
    MinutesFactory,
    ParticipantFactory,
    ProgrammeFactory,
    city,
)

YEAR = {"dari": "2016-01-01", "sampai": "2016-12-31"}


def at(*parts):
    return datetime(*parts, tzinfo=timezone.get_default_timezone())


def held(day, **more):
    return MeetingFactory(starts_at=day, ends_at=None, **{"state": "done"} | more)


@pytest.fixture
def year(baseline, viewer):
    """Meetings of 2016 of several kinds and states, with people, decisions and follow-ups."""
    first = held(at(2016, 1, 1, 0, 5), title="Awal tahun", kind="planning", minutes=None)
    last = held(at(2016, 12, 31, 23, 30), title="Akhir tahun", kind="coordination")
    off = held(
        at(2016, 5, 2, 9),
        title="Positif",
        kind="routine",
        state="cancelled",
        cancel_reason="Banjir.",
    )
    held(at(2016, 6, 2, 9), title="Nanti", kind="coordination", state="scheduled")
    # Where nobody could come, nobody stayed away.
    ParticipantFactory.create_batch(3, meeting=off, unsur="desa")
    held(at(2016, 6, 3, 9), title="Rencana", state="draft")
    held(at(2015, 12, 31, 23, 59), title="Tahun lalu")
    held(at(2017, 1, 1, 0, 0), title="Tahun depan")
    for number in range(23):
        ParticipantFactory(
            meeting=(first, last)[number % 2], unsur=list(Unsur)[number % 7],
            sex=("L", "P", "")[number % 3], is_present=number % 4 != 0,
        )  # fmt: skip
    today = timezone.localdate()
    items = {meeting: AgendaItemFactory(meeting=meeting) for meeting in (first, last)}
    for number, state in enumerate(["not_started", "running", "done", "cancelled"] * 2):
        meeting = (first, last, last)[number % 3]
        decision = DecisionFactory(meeting=meeting, agenda_item=items[meeting])
        is_done, is_confirmed = state == "done", state == "done" and number > 4
        FollowUpFactory(
            decision=decision, village=baseline.village, organisation="",
            due_on=today + timedelta(days=1 if number < 4 else -1),
            **({"done": True} if is_done else {"state": state}),
            **({"confirmed_by": viewer, "confirmed_at": timezone.now()} if is_confirmed else {}),
        )  # fmt: skip
    MinutesFactory(meeting=first, approved=True)
    return [first, last]


def page(client, **period):
    return client.get("/rakor/rekap/", YEAR | period)


def tables(response) -> dict[str, dict[str, list[int]]]:
    """Return each table by its name: row's heading → numbers."""
    found = {}
    html = response.content.decode()
    for name, table in re.findall(
        r'aria-label="([^"]+)"><table.*?<tbody>(.*?)</tbody>', html, re.DOTALL
    ):
        found[name] = {
            row[0]: [int(number) for number in re.findall(r'class="num">(\d+)<', row[1])]
            for row in re.findall(r'<th scope="row">([^<]+)</th>(.*?)</tr>', table, re.DOTALL)
        }
    return found


def test_page_says_what_a_naive_count_says(client_of, viewer, year):
    shown = tables(page(client_of(viewer)))
    people = list(Participant.objects.filter(meeting__in=year))
    wanted = {
        unsur.label: [
            sum(each.unsur == unsur for each in people),
            sum(each.unsur == unsur and each.is_present for each in people),
        ]
        for unsur in Unsur
    }
    wanted = {label: numbers for label, numbers in wanted.items() if any(numbers)}
    wanted["Jumlah"] = [len(people), sum(each.is_present for each in people)]
    assert shown["Peserta menurut unsur"] == wanted
    assert shown["Rapat menurut jenis"] == {
        "Rapat koordinasi (rakor)": [1, 1, 0, 2],
        "Sinkronisasi perencanaan": [0, 1, 0, 1],
        "Pertemuan rutin": [0, 0, 1, 1],
        "Jumlah": [1, 2, 1, 4],
    }
    assert shown["Keputusan"] == {
        "Notulennya disahkan": [3], "Notulennya belum disahkan": [5], "Jumlah": [8],
    }  # fmt: skip
    # Two are open beyond their day, one waits for a confirmation and one has it.
    assert shown["Tindak lanjut"] == {
        "Belum mulai": [1], "Berjalan": [1], "Terlambat": [2], "Menunggu konfirmasi": [1],
        "Selesai": [1], "Batal": [2], "Jumlah": [8],
    }  # fmt: skip
    assert FollowUp.objects.count() == 8
    text = text_of(page(client_of(viewer)))
    sexes = [sum(each.sex == sex and each.is_present for each in people) for sex in ("L", "P", "")]
    assert "laki-laki {}, perempuan {}, tidak dicatat {}.".format(*sexes) in text
    assert "4 rapat, 1 Januari 2016 s.d. 31 Desember 2016" in text


def sheet(client):
    response = client.get("/rakor/rekap/rapat.xlsx", YEAR)
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    header, *rows = book.worksheets[0].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_sheet_adds_up_to_the_page(client_of, bappeda, year):
    client = client_of(bappeda)
    rows, shown = sheet(client), tables(page(client))
    assert [row["rapat"] for row in rows] == ["Awal tahun", "Positif", "Nanti", "Akhir tahun"]
    assert rows[0]["tanggal"].date() == date(2016, 1, 1)
    assert "1 draf rapat tidak dihitung" in text_of(page(client))

    def total(column):
        return sum(row[column] or 0 for row in rows)

    assert [total("peserta"), total("hadir")] == shown["Peserta menurut unsur"]["Jumlah"]
    assert [row["peserta"] for row in rows if row["rapat"] == "Positif"] == [None]
    columns = [name for name in rows[0] if name.startswith("hadir_")][2:]
    assert len(columns) == len(Unsur)
    for unsur, column in zip(Unsur, columns, strict=True):
        wanted = shown["Peserta menurut unsur"].get(unsur.label, [0, 0])[1]
        assert total(column) == wanted
        assert column.split("_")[1] in unsur.label.lower()
    assert total("keputusan") == shown["Keputusan"]["Jumlah"][0]
    for label, (number,) in shown["Tindak lanjut"].items():
        column = "tindak_lanjut" if label == "Jumlah" else f"tindak_lanjut_{label.lower()}"
        assert total(column.replace(" ", "_")) == number
    paper = client.get("/rakor/rekap/cetak/", YEAR)
    assert tables(paper).items() >= shown.items()
    assert "Akhir tahun, Rapat koordinasi (rakor), selesai" in text_of(paper)


def test_positions_without_names_are_no_number_of_people(client_of, bappeda):
    meeting = held(at(2016, 3, 1, 9))
    ParticipantFactory(meeting=meeting, name="", position="Camat", is_present=True)
    client = client_of(bappeda)
    assert "1 rapat hanya mencatat jabatan" in text_of(page(client))
    assert tables(page(client))["Peserta menurut unsur"]["Jumlah"] == [0, 0]
    assert sheet(client)[0]["hadir"] is None


def test_invented_meetings_never_join_real_ones(client_of, bappeda):
    sample = ProgrammeFactory(is_sample=True)
    held(at(2016, 3, 1, 9), title="Contoh", programme=sample)
    alone = page(client_of(bappeda))
    assert "Data contoh" in text_of(alone)
    assert tables(alone)["Rapat menurut jenis"]["Jumlah"][-1] == 1
    held(at(2016, 3, 2, 9), title="Nyata")
    both = page(client_of(bappeda))
    assert tables(both)["Rapat menurut jenis"]["Jumlah"][-1] == 1
    assert "1 rapat contoh tidak dihitung" in text_of(both)
    assert [row["rapat"] for row in sheet(client_of(bappeda))] == ["Nyata"]


def test_other_regions_are_not_counted(client_of, bappeda):
    held(at(2016, 3, 1, 9), region=city("32.78", "Tasikmalaya"))
    assert "Tidak ada rapat dalam masa ini" in text_of(page(client_of(bappeda)))


def test_a_period_that_ends_before_it_begins_is_refused(client_of, bappeda):
    client = client_of(bappeda)
    for address in ("/rakor/rekap/", "/rakor/rekap/cetak/", "/rakor/rekap/rapat.xlsx"):
        answer = client.get(address, {"dari": "2017-01-01", "sampai": "2016-01-01"})
        assert answer.status_code == 422
        assert "tidak lebih awal dari" in text_of(answer)
        assert "2017-01-01" in answer.content.decode()


def test_without_days_it_is_this_year(client_of, bappeda):
    year = timezone.localdate().year
    text = text_of(client_of(bappeda).get("/rakor/rekap/"))
    assert f"1 Januari {year} s.d. 31 Desember {year}" in text
    text = text_of(client_of(bappeda).get("/rakor/rekap/?sampai=2016-06-30"))
    assert "1 Januari 2016 s.d. 30 Juni 2016" in text


@pytest.mark.parametrize("number", [1, 12])
def test_same_queries_for_any_number(client_of, bappeda, django_assert_num_queries, number):
    for day in range(1, number + 1):
        meeting = held(at(2016, 3, day, 9))
        ParticipantFactory.create_batch(3, meeting=meeting)
        FollowUpFactory(decision=DecisionFactory(meeting=meeting))
    client = client_of(bappeda)
    page(client)
    Meeting.objects.update(place="Aula")
    with django_assert_num_queries(8):
        page(client)
