"""Calendar files: they parse, carry the right instants, and show nobody another's items."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from meetings.models import CalendarFeed, Meeting, MeetingState
from meetings.papers.calendar import feed_calendar, meeting_calendar
from tests.areas.public.pages import text_of
from tests.factories import (
    DecisionFactory,
    FollowUpFactory,
    MeetingFactory,
    ParticipantFactory,
    UserFactory,
)


def events(content):
    return list(Calendar.from_ical(content).walk("VEVENT"))


def titles(content):
    return {str(event["summary"]) for event in events(content)}


def test_nine_oclock_in_jakarta_is_two_oclock_in_utc(client_of, viewer):
    zone = timezone.get_default_timezone()
    meeting = MeetingFactory(
        title="Rakor; koma, dan\nbaris",
        starts_at=datetime(2016, 11, 8, 9, tzinfo=zone),
        ends_at=datetime(2016, 11, 8, 12, tzinfo=zone),
    )
    response = client_of(viewer).get(f"/rakor/{meeting.pk}/rakor.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    (event,) = events(response.content)
    assert event.decoded("dtstart") == datetime(2016, 11, 8, 2, tzinfo=UTC)
    assert event.decoded("dtend") == datetime(2016, 11, 8, 5, tzinfo=UTC)
    assert b"DTSTART:20161108T020000Z" in response.content
    assert str(event["summary"]) == "Rakor; koma, dan\nbaris"
    assert str(event["status"]) == "CONFIRMED"
    assert f"/rakor/{meeting.pk}/" in str(event["url"])


def test_changes_keep_the_uid_and_raise_the_sequence(bappeda):
    meeting = MeetingFactory()
    (before,) = events(meeting_calendar(meeting))
    meeting.cancel(by=bappeda, version=1, reason="Banjir.")
    (after,) = events(meeting_calendar(meeting, method="CANCEL"))
    assert before["uid"] == after["uid"]
    assert int(after["sequence"]) > int(before["sequence"])
    assert str(after["status"]) == "CANCELLED"
    assert str(after["summary"]).startswith("BATAL: ")
    assert "Banjir." in str(after["description"])


def test_saving_the_form_raises_the_sequence(client_of, bappeda):
    meeting = MeetingFactory()
    typed = {
        "title": "Pindah jam",
        "kind": "routine",
        "day": "2016-11-08",
        "starts": "13.00",
        "place": "Aula",
        "organiser": "Bappeda",
        "version": 1,
        **{
            f"{prefix}-{n}_FORMS": 0
            for prefix in ("acara", "peserta")
            for n in ("TOTAL", "INITIAL")
        },
    }
    client_of(bappeda).post(f"/rakor/{meeting.pk}/ubah/", typed)
    (event,) = events(meeting_calendar(Meeting.objects.get()))
    assert int(event["sequence"]) == 2
    assert event.decoded("dtstart") == datetime(2016, 11, 8, 6, tzinfo=UTC)
    # No end is known, and no item of the agenda has a length.
    assert event.decoded("dtend") == datetime(2016, 11, 8, 8, tzinfo=UTC)
    assert "s.d. selesai" in str(event["description"])


def test_meeting_without_a_time_is_a_whole_day(db):
    (event,) = events(meeting_calendar(MeetingFactory(is_time_known=False, ends_at=None)))
    assert event.decoded("dtstart") == date(2016, 11, 8)
    assert event.decoded("dtend") == date(2016, 11, 9)


@pytest.fixture
def now(db):
    """Today's calendar date at noon, so that the feed's horizon holds it."""
    return datetime.now(UTC)


@pytest.fixture
def mine(baseline, now):
    """A meeting about the officer's village, and its deadline."""
    meeting = MeetingFactory(title="Tentang Balokang", starts_at=now, ends_at=None)
    meeting.villages.add(baseline.village)
    FollowUpFactory(
        decision=DecisionFactory(meeting=meeting), village=baseline.village, what="Tugas Balokang"
    )
    return meeting


def test_feed_holds_what_concerns_its_owner_and_nothing_of_others(
    officer, other_officer, viewer, bappeda, mine, now, other_baseline
):
    other = MeetingFactory(title="Tentang Binangun", starts_at=now, ends_at=None)
    ParticipantFactory(meeting=other, village=other_baseline.village)
    FollowUpFactory(
        decision=DecisionFactory(meeting=other),
        village=other_baseline.village,
        what="Tugas Binangun",
    )
    MeetingFactory(title="Rencana", state=MeetingState.DRAFT, starts_at=now, ends_at=None)
    assert titles(feed_calendar(officer)) == {
        "Tentang Balokang",
        "Batas tindak lanjut: Tugas Balokang",
    }
    assert titles(feed_calendar(other_officer)) == {
        "Tentang Binangun",
        "Batas tindak lanjut: Tugas Binangun",
    }
    assert titles(feed_calendar(viewer)) == {"Tentang Balokang", "Tentang Binangun"}
    assert titles(feed_calendar(bappeda)) == {
        "Tentang Balokang",
        "Tentang Binangun",
        "(Draf) Rencana",
    }


def test_invited_account_has_the_meeting_in_its_feed(mine, now):
    guest = UserFactory(officer=True)
    assert titles(feed_calendar(guest)) == set()
    ParticipantFactory(meeting=mine, user=guest)
    assert titles(feed_calendar(guest)) == {"Tentang Balokang"}


def test_token_opens_its_owners_feed_whoever_asks(client_of, officer, other_officer, mine):
    feed = CalendarFeed.renew(officer)
    address = f"/kalender/{feed.token}/kotaku.ics"
    for visitor in (None, other_officer):
        response = client_of(visitor).get(address)
        assert "Tentang Balokang" in titles(response.content)
    assert client_of().get("/kalender/salah/kotaku.ics").status_code == 404


def test_renewal_ends_the_old_address(client_of, officer, mine):
    browser = client_of(officer)
    assert "Buat alamat kalender" in text_of(browser.get("/kalender/"))
    browser.post("/kalender/pembaruan/")
    old = CalendarFeed.objects.get().token
    assert old in text_of(browser.get("/kalender/"))
    browser.post("/kalender/pembaruan/")
    new = CalendarFeed.objects.get().token
    assert old != new
    assert browser.get(f"/kalender/{old}/kotaku.ics").status_code == 404
    assert browser.get(f"/kalender/{new}/kotaku.ics").status_code == 200


def test_feed_of_a_dismissed_person_ends(client_of, officer, mine):
    token = CalendarFeed.renew(officer).token
    officer.is_active = False
    officer.save()
    assert client_of().get(f"/kalender/{token}/kotaku.ics").status_code == 404


# Start and end in Jakarta, None for no end, and whether the time of day is known.
SHAPES = [
    ("2026-11-08 00:30", "2026-11-08 02:00", True),
    ("2026-11-08 13:30", "2026-11-08 16:15", True),
    ("2026-11-08 22:30", "2026-11-09 00:15", True),
    ("2026-12-31 23:30", None, True),
    ("2026-11-08 00:00", None, False),
    ("2026-02-28 13:30", None, False),
]


# A discarded draft is in no calendar and has no page.
@pytest.mark.parametrize("state", [each for each in MeetingState if each != MeetingState.DISCARDED])
def test_every_event_of_every_file_ends_after_it_starts(client_of, viewer, mailoutbox, state):
    zone = timezone.get_default_timezone()
    cancelled = {"cancel_reason": "Banjir."} if state == MeetingState.CANCELLED else {}
    held = {}
    for number, (starts, ends, is_known) in enumerate(SHAPES):
        start, end = (
            each and datetime.fromisoformat(each).replace(tzinfo=zone) for each in (starts, ends)
        )
        meeting = MeetingFactory(
            title=f"Rapat {number}", state=state, starts_at=start, ends_at=end,
            is_time_known=is_known, **cancelled,
        )  # fmt: skip
        held[meeting.title] = meeting, start, end
    last = meeting
    FollowUpFactory(decision=DecisionFactory(), responsible_user=viewer, due_on=date(2026, 12, 31))
    # Drafts are seen by Bappeda only.
    reader = UserFactory(bappeda=True)
    client = client_of(reader)
    feed = CalendarFeed.renew(viewer if state != MeetingState.DRAFT else reader)
    files = [client.get(f"/rakor/{each.pk}/rakor.ics").content for each, _, _ in held.values()]
    files.append(client.get(f"/kalender/{feed.token}/kotaku.ics").content)
    ParticipantFactory(meeting=last, user=viewer, email="pembaca@example.org", is_invited=True)
    client.post(f"/rakor/{last.pk}/surel-undangan/")
    files += [
        content
        for mail in mailoutbox
        for _, content, kind in mail.attachments
        if "calendar" in kind
    ]
    found = [event for content in files for event in events(content)]
    assert len(found) >= 2 * len(SHAPES)
    for event in found:
        begins = event.decoded("dtstart")
        ends = event.decoded("dtend")
        assert ends > begins, event
        title = str(event["summary"]).removeprefix("BATAL: ").removeprefix("(Draf) ")
        if title not in held:
            assert (begins, ends) == (date(2026, 12, 31), date(2027, 1, 1))
            continue
        meeting, start, end = held[title]
        if meeting.is_time_known:
            assert (begins, ends) == (start, end or start + timedelta(hours=2))
        else:
            assert (begins, ends) == (start.date(), start.date() + timedelta(days=1))
