"""Two readers of calendar files, each by its own library, that say what they read in one form."""

from datetime import UTC, date, datetime

import icalendar
import vobject

# Written in both, and by the reader in tests/browser/test_calendar_readers.py.
TEXTS = ("uid", "summary", "description", "location", "status", "organizer", "attendee")


def by_icalendar(text: str) -> list[dict]:
    """Return the events of a calendar file, by their UID."""
    found = []
    for event in icalendar.Calendar.from_ical(text).walk("VEVENT"):
        facts = {name: str(event.get(name, "")) for name in TEXTS}
        attendee = event.get("attendee")
        facts |= {
            "sequence": int(event.get("sequence", 0)),
            "start": moment(event.decoded("dtstart")),
            "end": moment(event.decoded("dtend")),
            "names": str(attendee.params["cn"]) if attendee else "",
            "conference": str(event.get("conference", "")),
        }
        found.append(facts)
    return sorted(found, key=lambda facts: facts["uid"])


def by_vobject(text: str) -> list[dict]:
    """Return the same as `by_icalendar`, read by vobject."""
    found = []
    for event in vobject.readOne(text).contents.get("vevent", []):

        def value(name, event=event, otherwise=""):
            return event.contents[name][0].value if name in event.contents else otherwise

        facts = {name: value(name) for name in TEXTS}
        facts |= {
            "sequence": int(value("sequence", otherwise=0)),
            "start": moment(value("dtstart")),
            "end": moment(value("dtend")),
            "names": event.attendee.params["CN"][0] if facts["attendee"] else "",
            "conference": value("conference"),
        }
        found.append(facts)
    return sorted(found, key=lambda facts: facts["uid"])


def moment(read: date | datetime) -> str:
    """Return a day as 2016-11-08, a moment as 2016-11-08T02:00:00Z."""
    if not isinstance(read, datetime):
        return read.isoformat()
    assert read.tzinfo, "a calendar file names moments, not the clock on a wall"
    return read.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
