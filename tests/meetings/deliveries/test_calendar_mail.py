"""The calendar in the mail, as it comes out of the server: for its recipient, read by two parsers."""

from datetime import UTC, datetime, timedelta

import pytest

from kotaku.models import Contact
from meetings.models import Meeting
from tests.factories import AgendaItemFactory, MeetingFactory, ParticipantFactory, UserFactory
from tests.meetings.deliveries.calendar_readers import by_icalendar, by_vobject, moment

MUCH = "Nama yang panjang, dengan koma; titik koma\\garis – “kutip” é " * 3


def send(client, meeting):
    version = Meeting.objects.get(pk=meeting.pk).version
    client.post(f"/rakor/{meeting.pk}/surel-undangan/", {"version": version})


def calendars(message):
    """Return (where, content type as it is in the header, text) of each calendar in a mail."""
    found = []
    for part in message.walk():
        if part.get_content_type() == "text/calendar":
            where = "attachment" if part.get_filename() else "alternative"
            found.append((where, part["Content-Type"], part.get_content()))
    return found


def event_in(text):
    """Return the only event of a calendar file, on which both readers agree."""
    (event,), other = by_icalendar(text), by_vobject(text)
    assert [event] == other
    return event


@pytest.fixture
def invited(client, meeting, sink):
    """Two people at one address and one alone."""
    for name, address in (
        ("Ani", "kantor@contoh.id"), ("Budi", "KANTOR@contoh.id"), ("Cici", "cici@contoh.id"),
    ):  # fmt: skip
        ParticipantFactory(meeting=meeting, name=name, email=address)
    return meeting


def test_each_mail_carries_its_own_calendar_twice_with_the_charset_once(client, invited, sink):
    send(client, invited)
    assert [addresses for addresses, _ in sink.taken] == [["kantor@contoh.id"], ["cici@contoh.id"]]
    for addresses, message in sink.taken:
        assert message.get_content_type() == "multipart/mixed"
        inner, attached = message.iter_parts()
        assert inner.get_content_type() == "multipart/alternative"
        assert [part.get_content_type() for part in inner.iter_parts()] == [
            "text/plain",
            "text/calendar",
        ]
        assert attached.get_filename() == "rakor.ics"
        found = calendars(message)
        assert [where for where, _, _ in found] == ["alternative", "attachment"]
        assert len({text for _, _, text in found}) == 1
        for _, header, text in found:
            assert header.lower().count("charset") == 1
            assert header.replace('"', "").count("method=REQUEST") == 1
            assert "METHOD:REQUEST" in text
            assert event_in(text)["attendee"] == f"mailto:{addresses[0]}"
    ours = event_in(calendars(sink.taken[0][1])[0][2])
    assert ours["names"] == "Ani dan Budi"
    assert "Yth. Ani dan Budi," in sink.taken[0][1].get_body(("plain",)).get_content()


@pytest.mark.parametrize("step", ["invited", "changed", "withdrawn", "cancelled"])
@pytest.mark.parametrize("is_long", [False, True])
def test_two_parsers_agree_on_every_calendar(client, bappeda, sink, step, is_long):
    words = MUCH if is_long else "Rakor"
    meeting = MeetingFactory(title=words[:200], place=f"Aula, {words}"[:200], ends_at=None)
    person = ParticipantFactory(meeting=meeting, name=words[:120].strip(), email="ani@contoh.id")
    send(client, meeting)
    if step == "changed":
        start = meeting.starts_at + timedelta(days=400, minutes=1)
        Meeting.objects.update(version=2, starts_at=start)
    elif step == "withdrawn":
        person.remove()
        Meeting.objects.update(version=2)
    elif step == "cancelled":
        meeting.cancel(by=bappeda, version=1, reason=words)
    if step != "invited":
        send(client, meeting)
        assert len(sink.taken) == 2
    (_, _, text), _ = calendars(sink.taken[-1][1])
    one = event_in(text)
    now = Meeting.objects.get()
    assert one["uid"].startswith(str(meeting.uid))
    assert one["sequence"] == now.version
    assert one["start"] == moment(now.starts_at)
    assert one["end"] == moment(now.starts_at + timedelta(hours=2))
    assert one["names"] == words[:120].strip()
    assert one["status"] == {"withdrawn": "", "cancelled": "CANCELLED"}.get(step, "CONFIRMED")
    assert ("METHOD:CANCEL" in text) == (step in ("withdrawn", "cancelled"))
    if step in ("invited", "changed"):
        assert "s.d. selesai" in one["description"]
        assert one["location"] == now.place


def test_an_account_with_another_address_gets_a_higher_sequence_each_time(
    client, meeting, sink, bappeda
):
    account = UserFactory(email="lama@contoh.id")
    ParticipantFactory(meeting=meeting, user=account)
    other = ParticipantFactory(meeting=meeting, name="Budi", email="budi@contoh.id")

    def said(address=""):
        """Return (address, method, SEQUENCE) of what was sent, in this order."""
        found = []
        for (to,), message in sink.taken:
            text = calendars(message)[0][2]
            method = text.partition("METHOD:")[2].split()[0]
            found.append((to, method, event_in(text)["sequence"]))
        return [each for each in found if each[0].startswith(address)]

    send(client, meeting)
    for email in ("baru@contoh.id", "lama@contoh.id"):
        account.email = email
        account.save()
        send(client, meeting)
    # The meeting is as it was, so the others got one mail.
    assert Meeting.objects.get().version == 1
    assert said("budi") == [("budi@contoh.id", "REQUEST", 1)]
    assert said("lama") == [
        ("lama@contoh.id", "REQUEST", 1),
        ("lama@contoh.id", "CANCEL", 2),
        ("lama@contoh.id", "REQUEST", 5),
    ]
    assert said("baru") == [("baru@contoh.id", "REQUEST", 3), ("baru@contoh.id", "CANCEL", 4)]
    # A change and the cancellation of the meeting are newer than all of it.
    meeting.change(by=bappeda, version=1, place="Aula Bappeda")
    send(client, meeting)
    assert said("lama")[-1] == ("lama@contoh.id", "REQUEST", 6)
    assert said("budi")[-1] == ("budi@contoh.id", "REQUEST", 2)
    other.remove()
    Meeting.objects.get().cancel(by=bappeda, version=2, reason="Banjir")
    send(client, meeting)
    assert said("lama")[-1] == ("lama@contoh.id", "CANCEL", 7)
    assert said("budi")[-1] == ("budi@contoh.id", "CANCEL", 3)


def test_the_feed_of_a_user_is_read_by_both(client_of, viewer, db):
    started = datetime.now(UTC)
    for number in range(3):
        meeting = MeetingFactory(title=f"Rapat {number}", starts_at=started, ends_at=None)
        AgendaItemFactory(meeting=meeting, length_minutes=30 * number or None)
    browser = client_of(viewer)
    browser.post("/kalender/pembaruan/")
    text = browser.get(f"/kalender/{viewer.calendar_feed.token}/kotaku.ics").content.decode()
    events = by_icalendar(text)
    assert events == by_vobject(text)
    ends = {event["summary"]: event["end"] for event in events}
    lengths = {"Rapat 0": 120, "Rapat 1": 30, "Rapat 2": 60}
    assert ends == {
        name: moment(started + timedelta(minutes=length)) for name, length in lengths.items()
    }


def test_the_likely_end_is_the_sum_of_the_agenda(client, meeting, sink):
    Meeting.objects.update(ends_at=None)
    AgendaItemFactory(meeting=meeting, order=2, title="Diskusi", length_minutes=75)
    AgendaItemFactory(meeting=meeting, order=3, title="Lain-lain", length_minutes=None)
    ParticipantFactory(meeting=meeting, email="ani@contoh.id")
    send(client, meeting)
    event = event_in(calendars(sink.taken[0][1])[0][2])
    assert event["end"] == moment(Meeting.objects.get().starts_at + timedelta(minutes=90))
    assert "Waktu: 13.30 WIB s.d. selesai" in sink.taken[0][1].get_body(("plain",)).get_content()


def test_the_organizer_is_a_bare_address_also_with_a_display_name(client, invited, sink, settings):
    settings.DEFAULT_FROM_EMAIL = "KOTAKU Banjar <kotaku@kota.contoh.id>"
    send(client, invited)
    for _, message in sink.taken:
        assert message["From"] == "KOTAKU Banjar <kotaku@kota.contoh.id>"
        for _, _, text in calendars(message):
            assert event_in(text)["organizer"] == "mailto:kotaku@kota.contoh.id"


def test_answers_go_to_the_office_and_robots_do_not_answer(
    client, meeting, bappeda, sink, settings
):
    settings.DEFAULT_FROM_EMAIL = "KOTAKU <kotaku@kota.contoh.id>"
    steps = [
        ("kotaku@kota.contoh.id", lambda: None),
        ("petugas@contoh.id", lambda: type(bappeda).objects.update(email="petugas@contoh.id")),
        (
            "bappeda@contoh.id",
            lambda: Contact.objects.create(
                region=meeting.region, office="Bappeda", email="bappeda@contoh.id"
            ),
        ),
    ]
    for number, (answers_to, step) in enumerate(steps):
        step()
        ParticipantFactory(meeting=meeting, name=f"P{number}", email=f"p{number}@contoh.id")
        send(client, meeting)
        (*_, (_, message)) = sink.taken
        assert message["To"] == f"p{number}@contoh.id"
        assert message["Reply-To"] == answers_to
        assert message["Auto-Submitted"] == "auto-generated"
        assert message.get_all("Auto-Submitted") == ["auto-generated"]


def test_an_account_reached_under_two_names_gets_one_mail(client, meeting, sink):
    account = UserFactory(email="budi@contoh.id")
    ParticipantFactory(meeting=meeting, name="Budi", user=account)
    ParticipantFactory(meeting=meeting, name="Plt. Camat", email="Budi@contoh.id")
    send(client, meeting)
    ((addresses, message),) = sink.taken
    assert len(addresses) == 1
    assert "Yth. Budi dan Plt. Camat," in message.get_body(("plain",)).get_content()
