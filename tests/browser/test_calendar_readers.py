"""Calendar files as a program in a browser reads them: ical.js agrees with icalendar and vobject."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.utils import timezone

from meetings.models import CalendarFeed, Meeting
from tests.factories import AgendaItemFactory, MeetingFactory, ParticipantFactory
from tests.harness import in_ci
from tests.meetings.deliveries.calendar_readers import TEXTS, by_icalendar, by_vobject

ICAL_JS = Path(settings.BASE_DIR, ".venv/npm/node_modules/ical.js/dist/ical.es5.cjs")
MUCH = "Nama yang panjang, dengan koma; titik koma\\garis – “kutip” é 🏘️ " * 3

READ = """([text, names]) => new ICAL.Component(ICAL.parse(text))
    .getAllSubcomponents("vevent")
    .map((event) => {
        const value = (name) => event.getFirstPropertyValue(name) ?? "";
        const moment = (time) =>
            time.isDate ? time.toString() : time.toJSDate().toISOString().replace(".000Z", "Z");
        return {
            ...Object.fromEntries(names.map((name) => [name, String(value(name))])),
            sequence: Number(value("sequence")),
            start: moment(value("dtstart")),
            end: moment(value("dtend")),
            names: event.getFirstProperty("attendee")?.getParameter("cn") ?? "",
            conference: String(value("conference")),
        };
    })
    .sort((one, other) => (one.uid < other.uid ? -1 : 1))"""


@pytest.fixture
def by_ical_js(new_context):
    """Return the events of a calendar file as ical.js reads them in a page."""
    if not ICAL_JS.exists():
        (pytest.fail if in_ci() else pytest.skip)("ical.js is not installed: make test needs npm")
    page = new_context().new_page()
    page.add_script_tag(path=ICAL_JS)
    return lambda text: page.evaluate(READ, [text, list(TEXTS)])


def meetings():
    """Facts of scheduled meetings, as different as they come."""
    day = datetime(2016, 11, 8, 2, tzinfo=UTC)
    several = {"title": "Beberapa hari", "ends_at": day + timedelta(days=2, hours=1)}
    # No comma: vobject does not know CONFERENCE and takes it for a list of texts.
    access = {"link": "https://rapat.contoh.id/j/1?a=1;b=2&c=%2C", "online_id": "12 34"}
    for facts in (
        {"title": "Biasa", "ends_at": day + timedelta(hours=3)},
        {"title": MUCH[:200], "place": MUCH[:200], "ends_at": None},
        several,
        several | {"title": "Jam belum diketahui", "is_time_known": False},
        {"title": "Lewat tengah malam", "starts_at": day.replace(hour=15)}
        | {"ends_at": day.replace(hour=18)},
        {"title": "Hibrida", "way": "hybrid"} | access,
        {"title": "Daring", "way": "online", "place": ""} | access,
    ):
        yield {"starts_at": day} | facts


def files_in_mail() -> list[str]:
    """Return each calendar of each mail sent."""
    parts = [part for each in mail.outbox for part in each.message().walk()]
    return [
        part.get_payload(decode=True).decode()
        for part in parts
        if part.get_content_type() == "text/calendar"
    ]


@pytest.mark.usefixtures("transactional_db")
def test_three_readers_agree_on_every_calendar(client_of, bappeda, viewer, by_ical_js):
    client, texts = client_of(bappeda), []

    def send(meeting, version):
        Meeting.objects.filter(pk=meeting.pk).update(version=version)
        client.post(f"/rakor/{meeting.pk}/surel-undangan/", {"version": version})

    for facts in meetings():
        meeting = MeetingFactory(**facts)
        AgendaItemFactory(meeting=meeting, title=MUCH[:120], length_minutes=45)
        ParticipantFactory(meeting=meeting, name=MUCH[:100].strip(), email="ani@contoh.id")
        goes = ParticipantFactory(meeting=meeting, name="Budi", email="budi@contoh.id")
        send(meeting, 1)
        goes.remove()
        send(meeting, 2)
        texts.append(client.get(f"/rakor/{meeting.pk}/rakor.ics").content.decode())
        meeting.refresh_from_db()
        meeting.cancel(by=bappeda, version=2, reason=MUCH)
        send(meeting, 3)
    Meeting.objects.update(starts_at=timezone.now(), ends_at=None)
    reader = client_of(viewer)
    reader.post("/kalender/pembaruan/")
    feed = f"/kalender/{CalendarFeed.objects.get(user=viewer).token}/kotaku.ics"
    texts += [reader.get(feed).content.decode(), *files_in_mail()]

    for text in texts:
        read = by_icalendar(text)
        assert read
        assert by_vobject(text) == read
        assert by_ical_js(text) == read
    assert {text.partition("METHOD:")[2].split()[0] for text in texts} == {
        "PUBLISH", "REQUEST", "CANCEL",
    }  # fmt: skip
