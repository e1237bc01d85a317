"""Meetings of several days: form, texts, agenda per day, calendar, and when they are over."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.core import mail
from icalendar import Calendar

from kotaku.day_ranges import format_days, format_long_days
from meetings.detail.schedule import Slot, item_times, misfits
from meetings.models import Meeting
from meetings.papers.calendar import meeting_calendar
from meetings.recap.counting import recap
from meetings.recap.sheet import table
from tests.areas.public.pages import text_of
from tests.factories import AgendaItemFactory, MeetingFactory, ParticipantFactory
from tests.meetings.planning.test_planning import form

JAKARTA = ZoneInfo("Asia/Jakarta")


def at(day, hour=9, minute=0):
    return datetime(2016, 11, day, hour, minute, tzinfo=JAKARTA)


@pytest.fixture
def client(bappeda, client_of):
    """Bappeda's browser."""
    return client_of(bappeda)


@pytest.fixture
def long(db):
    """A scheduled meeting from 8 to 9 November 2016 with two items on each day."""
    meeting = MeetingFactory(title="Rakor dua hari", starts_at=at(8), ends_at=at(9, 12))
    for order, (title, day, start) in enumerate(
        [("Buka", 1, None), ("Bahas", 1, None), ("Lanjut", 2, "08:30"), ("Tutup", 2, None)], 1
    ):
        AgendaItemFactory(
            meeting=meeting, order=order, title=title, day=day, starts_at=start, length_minutes=60
        )
    return meeting


@pytest.mark.parametrize(
    ("first", "last", "short", "full"),
    [
        ((2016, 11, 8), (2016, 11, 8), "8 November 2016", "Selasa, 8 November 2016"),
        ((2016, 11, 8), (2016, 11, 9), "8–9 November 2016", "Selasa–Rabu, 8–9 November 2016"),
        (
            (2016, 11, 30), (2016, 12, 1),
            "30 November–1 Desember 2016", "Rabu–Kamis, 30 November–1 Desember 2016",
        ),
        (
            (2016, 12, 30), (2017, 1, 1),
            "30 Desember 2016–1 Januari 2017", "Jumat–Minggu, 30 Desember 2016–1 Januari 2017",
        ),
    ],
)  # fmt: skip
def test_days_are_written_once_where_they_agree(first, last, short, full):
    days = (date(*first), date(*last))
    assert format_days(*days) == short
    assert format_long_days(*days) == full


def agenda(*days):
    return [{"title": f"Acara {day}", "day": str(day)} for day in days]


def test_bappeda_plans_two_days_with_an_agenda_for_each(client):
    typed = form(agenda(1, 2), last_day="2030-05-15", ends="11.00")
    page = text_of(client.post("/rakor/baru/", typed, follow=True))
    assert "Selasa–Rabu, 14–15 Mei 2030" in page
    assert "14 Mei pukul 09.00 s.d. 15 Mei pukul 11.00 WIB" in page
    assert "Hari ke-1, Selasa, 14 Mei 2030" in page
    assert "Hari ke-2, Rabu, 15 Mei 2030" in page
    meeting = Meeting.objects.get()
    assert meeting.ends_at == datetime(2030, 5, 15, 11, tzinfo=JAKARTA)
    assert [item.day for item in meeting.agenda.all()] == [1, 2]
    opened = client.get(f"/rakor/{meeting.pk}/ubah/").content.decode()
    assert 'value="2030-05-15"' in opened
    assert "Hari ke-" in opened
    assert "14–15 Mei 2030" in text_of(client.get("/rakor/"))


def test_a_meeting_that_becomes_shorter_takes_its_agenda_along(client):
    client.post("/rakor/baru/", form(agenda(1, 3), last_day="2030-05-16"))
    meeting = Meeting.objects.get()
    last = meeting.agenda.last()
    left = [{"title": "Acara 3", "day": "1", "pk": str(last.pk)}]
    address = f"/rakor/{meeting.pk}/ubah/"
    response = client.post(address, form([{**left[0], "day": "3"}], version=1))
    assert response.status_code == 422
    assert "Rapat ini satu hari." in text_of(response)
    # The row of the first item was not sent, as if it came from another user meanwhile.
    assert client.post(address, form(left, version=1)).status_code == 302
    assert [item.day for item in meeting.agenda.order_by("pk")] == [1, 1]
    # The days grow together with the day of an item, too.
    left[0]["day"] = "2"
    typed = form(left, version=2, last_day="2030-05-15")
    assert client.post(address, typed).status_code == 302
    assert [item.day for item in meeting.agenda.order_by("pk")] == [1, 2]
    # An item that was not sent stays within the days.
    assert client.post(address, form([], version=3)).status_code == 302
    assert [item.day for item in meeting.agenda.order_by("pk")] == [1, 1]


def test_end_of_the_last_day_may_be_earlier_than_the_start(client):
    client.post("/rakor/baru/", form(last_day="2030-05-15", ends="08.00"))
    assert Meeting.objects.get().ends_at == datetime(2030, 5, 15, 8, tzinfo=JAKARTA)


@pytest.mark.parametrize(
    ("starts", "time"),
    [("09.00", "14 Mei pukul 09.00 WIB s.d. selesai"), ("", "jam belum ditentukan")],
)
def test_unknown_end_keeps_its_day(client, starts, time):
    typed = form(last_day="2030-05-16", starts=starts, ends="")
    page = text_of(client.post("/rakor/baru/", typed, follow=True))
    assert "Selasa–Kamis, 14–16 Mei 2030" in page
    assert time in page
    meeting = Meeting.objects.get()
    assert (meeting.is_end_known, meeting.last_day) == (False, date(2030, 5, 16))
    # Saving what the form shows changes nothing.
    opened = client.get(f"/rakor/{meeting.pk}/ubah/").content.decode()
    assert 'value="2030-05-16"' in opened
    assert 'name="ends" value=' not in opened
    event = event_of(meeting)
    end = event.decoded("dtend")
    if starts:
        assert end == datetime(2030, 5, 17, tzinfo=JAKARTA)
    else:
        assert (event.decoded("dtstart"), end) == (date(2030, 5, 14), date(2030, 5, 17))


BAD = [
    ({"last_day": "2030-05-13"}, "id_last_day", "tidak boleh sebelum hari pertama rapat."),
    ({"last_day": "2030-06-14"}, "id_last_day", "Rapat berlangsung paling lama 31 hari."),
    ({"last_day": "kapan"}, "id_last_day", "Tulis tanggal, misalnya 08-11-2016."),
    ({"last_day": "2030-05-14", "ends": "08.00"}, "id_ends", "sesudah waktu mulai."),
    ({"agenda": agenda(2)}, "id_acara-0-day", "Rapat ini satu hari."),
    ({"agenda": agenda(3), "last_day": "2030-05-15"}, "id_acara-0-day", "Tulis hari 1 sampai 2."),
    ({"agenda": agenda(0), "last_day": "2030-05-15"}, "id_acara-0-day", "adalah hari ke-1."),
]


@pytest.mark.parametrize(("facts", "field", "sentence"), BAD)
def test_days_that_do_not_fit_are_refused_at_their_field(client, facts, field, sentence):
    response = client.post("/rakor/baru/", form(**facts))
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert f'href="#{field}"' in response.content.decode()
    assert f'id="{field}"' in response.content.decode()
    assert not Meeting.objects.exists()


def test_same_last_day_is_a_meeting_of_one_day(client):
    client.post("/rakor/baru/", form(last_day="2030-05-14", ends=""))
    meeting = Meeting.objects.get()
    assert (meeting.ends_at, meeting.is_end_known, meeting.day_count) == (None, True, 1)


def test_days_of_the_agenda_are_asked_for_without_saving(client):
    assert "Hari ke-" not in text_of(client.get("/rakor/baru/"))
    page = client.post("/rakor/baru/", form(agenda(1), last_day="2030-05-15", aksi="hari"))
    assert "Hari ke-" in text_of(page)
    assert not Meeting.objects.exists()


def test_agenda_has_times_and_misfits_per_day():
    slots = [Slot(None, 60), Slot(None, 60), Slot(None, 30, day=2), Slot(at(9, 8).time(), 60, 2)]
    first, last = at(8).time(), at(9, 12).time()
    assert item_times(first, slots) == ["09.00–10.00", "10.00–11.00", "", "08.00–09.00"]
    # Before the start and after the end of the meeting, but on other days.
    late = [Slot(at(8, 15).time(), 60), Slot(at(9, 8).time(), 60, 2)]
    assert misfits(first, last, late, 2) == []
    odd = [Slot(at(8, 8).time()), Slot(at(9, 12, 30).time(), 10, 2), Slot(day=1), Slot(day=3)]
    assert [index for index, _ in misfits(first, last, odd, 2)] == [0, 1, 2, 3]
    assert misfits(first, last, odd, 2)[2][1] == "di hari ke-1, padahal acara di atasnya hari ke-2"
    assert misfits(first, last, odd, 2)[3][1] == "di hari ke-3, padahal rapatnya 2 hari"


def event_of(meeting):
    (event,) = Calendar.from_ical(meeting_calendar(meeting)).walk("VEVENT")
    return event


def test_calendar_ends_on_the_last_day(long):
    event = event_of(long)
    assert event.decoded("dtstart") == datetime(2016, 11, 8, 2, tzinfo=UTC)
    assert event.decoded("dtend") == datetime(2016, 11, 9, 5, tzinfo=UTC)
    assert "Selasa–Rabu, 8–9 November 2016" in str(event["description"])
    other = vobject.readOne(meeting_calendar(long).decode()).vevent
    assert [other.dtstart.value, other.dtend.value] == [at(8), at(9, 12)]
    Meeting.objects.update(is_time_known=False)
    event = event_of(Meeting.objects.get())
    assert b"DTSTART;VALUE=DATE:20161108" in event.to_ical()
    assert b"DTEND;VALUE=DATE:20161110" in event.to_ical()


def test_papers_name_the_days(client, long):
    ParticipantFactory(meeting=long, name="Ani")
    letter = text_of(client.get(f"/rakor/{long.pk}/cetak/undangan/"))
    assert "Selasa–Rabu, 8–9 November 2016" in letter
    assert "Hari ke-2, Rabu, 9 November 2016" in letter
    paper = text_of(client.get(f"/rakor/{long.pk}/cetak/daftar-hadir/"))
    assert "Tanda tangan 08-11 Tanda tangan 09-11" in paper
    assert "1. 1." in paper
    minutes = text_of(client.get(f"/rakor/{long.pk}/cetak/notulen/"))
    assert "Hari ke-1, Selasa, 8 November 2016" in minutes
    Meeting.objects.update(ends_at=at(11))
    paper = text_of(client.get(f"/rakor/{long.pk}/cetak/daftar-hadir/"))
    assert "satu lembar setiap hari" in paper
    assert "Tanda tangan 08-11" not in paper


def send(client, meeting):
    version = Meeting.objects.get(pk=meeting.pk).version
    client.post(f"/rakor/{meeting.pk}/surel-undangan/", {"version": version})
    messages = list(mail.outbox)
    mail.outbox.clear()
    return messages


def change(meeting, **facts):
    version = Meeting.objects.get(pk=meeting.pk).version
    Meeting.objects.filter(pk=meeting.pk).update(version=version + 1, **facts)


def test_mail_tells_the_days_and_their_change(client, long):
    ParticipantFactory(meeting=long, email="ani@contoh.id")
    (message,) = send(client, long)
    assert "Selasa–Rabu, 8–9 November 2016" in message.subject
    assert "Waktu: 8 November pukul 09.00 s.d. 9 November pukul 12.00 WIB" in message.body
    assert "Hari ke-2, Rabu, 9 November 2016\n3. 08.30–09.30 Lanjut" in message.body
    change(long, ends_at=at(10, 12))
    (message,) = send(client, long)
    news = "tanggal Selasa–Rabu, 8–9 November 2016 → Selasa–Kamis, 8–10 November 2016"
    assert f"({news})" in message.subject
    long.agenda.filter(order=4).update(day=3)
    change(long)
    (message,) = send(client, long)
    assert message.subject.endswith("(susunan acara)")


def test_a_meeting_is_held_on_its_last_day_only(client, bappeda, freeze_today):
    meeting = MeetingFactory(starts_at=freeze_today, ends_at=freeze_today + timedelta(days=1))
    page = text_of(client.get(f"/rakor/{meeting.pk}/"))
    assert "Tandai selesai" not in page
    assert "Catat kehadiran" in page
    address = f"/rakor/{meeting.pk}/penyelesaian/"
    answer = text_of(client.post(address, {"version": 1}, follow=True))
    assert "Tandai selesai pada hari terakhirnya" in answer
    Meeting.objects.update(
        starts_at=freeze_today - timedelta(days=1), ends_at=freeze_today + timedelta(minutes=1)
    )
    assert "Tandai selesai" in text_of(client.get(f"/rakor/{meeting.pk}/"))
    client.post(address, {"version": 1})
    assert Meeting.objects.get().state == "done"


@pytest.fixture
def freeze_today(db):
    """Today at noon in Jakarta."""
    return datetime.now(JAKARTA).replace(hour=12, minute=0, second=0, microsecond=0)


def test_a_meeting_is_coming_until_a_day_after_its_end(freeze_today):
    def day(number):
        return freeze_today + timedelta(days=number)

    running = MeetingFactory(starts_at=day(-5), ends_at=day(1))
    MeetingFactory(starts_at=day(-5), ends_at=day(-3))
    whole = MeetingFactory(starts_at=day(-5), ends_at=day(0), is_end_known=False)
    assert set(Meeting.objects.upcoming()) == {running, whole}


def test_recap_counts_a_meeting_of_two_periods_once(bappeda):
    MeetingFactory(
        done=True,
        starts_at=datetime(2016, 12, 30, 9, tzinfo=JAKARTA),
        ends_at=datetime(2017, 1, 2, 9, tzinfo=JAKARTA),
    )
    years = [recap(bappeda, date(year, 1, 1), date(year, 12, 31)) for year in (2016, 2017)]
    assert [len(found.rows) for found in years] == [1, 0]
    (row,) = table(years[0]).rows
    assert row[:2] == [date(2016, 12, 30), date(2017, 1, 2)]


def test_search_finds_the_first_and_the_last_day(client, long):
    for words, is_found in (("8 November 2016", True), ("9-11-2016", True), ("10-11-2016", False)):
        assert ("Rakor dua hari" in text_of(client.get("/cari/", {"q": words}))) == is_found, words


def test_copy_keeps_the_days_of_the_agenda_for_the_new_dates(client, long):
    page = client.get(f"/rakor/baru/?salin={long.pk}").content.decode()
    assert 'name="acara-2-day" value="2"' in page
    assert 'name="last_day" value=' not in page
