"""Calendar files (RFC 5545) of one meeting or of all events that concern a user."""

from datetime import UTC, datetime, time, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress, vDatetime, vText, vUri

from kotaku.requests.site_address import site_address
from kotaku.text import clean_text
from meetings.detail import labels
from meetings.detail.access import access, access_lines
from meetings.models import FollowUp, Meeting, MeetingState

STATUSES = {
    MeetingState.DRAFT: "TENTATIVE",
    MeetingState.SCHEDULED: "CONFIRMED",
    MeetingState.DONE: "CONFIRMED",
    MeetingState.CANCELLED: "CANCELLED",
}
FEED_DAYS = 400
CONFERENCE = {"VALUE": "URI", "FEATURE": ["AUDIO", "VIDEO"], "LABEL": "Tautan rapat"}
# For calendars, which need an end: as long as a meeting of unknown length takes.
USUAL_LENGTH = timedelta(hours=2)


def meeting_calendar(
    meeting,
    *,
    method: str = "PUBLISH",
    attendee=None,
    is_withdrawn: bool = False,
    shows_access: bool = False,
    sequence: int | None = None,
) -> bytes:
    """Return the file of one meeting. `method` is REQUEST or CANCEL in mail (RFC 5546).

    `attendee` is the address and names of the mail's recipient. `is_withdrawn` takes the event from
    this attendee's calendar only; the meeting itself goes on. `shows_access` puts link and code of
    an online meeting into it, for those who may know them. `sequence` replaces the meeting's version
    where a recipient was sent more than one message about it.
    """
    event = meeting_event(meeting, shows_access=shows_access and not is_withdrawn)
    if attendee:
        event["dtstamp"] = vDatetime(timezone.now().astimezone(UTC))
        event.add("attendee", _attendee(*attendee), encode=False)
    if sequence is not None:
        del event["sequence"]
        event.add("sequence", sequence)
    if is_withdrawn:
        for name in ("status", "location", "description"):
            del event[name]
    calendar = _calendar(method)
    calendar.add_component(event)
    return calendar.to_ical()


def feed_calendar(user) -> bytes:
    """Return the user's meetings from 400 days ago on, and the deadlines of open follow-ups."""
    calendar = _calendar("PUBLISH")
    calendar.add("x-wr-calname", clean_text(f"{settings.SITE_NAME} — {user}"))
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    since = timezone.now() - timedelta(days=FEED_DAYS)
    meetings = Meeting.objects.concerning(user).filter(starts_at__gte=since).order_by("pk")
    joinable = set(Meeting.objects.joinable_by(user).exclude(link="").values_list("pk", flat=True))
    for meeting in meetings.prefetch_related("agenda"):
        calendar.add_component(meeting_event(meeting, shows_access=meeting.pk in joinable))
    for follow_up in FollowUp.objects.of(user).open().loaded().order_by("pk"):
        calendar.add_component(_deadline(follow_up))
    return calendar.to_ical()


def _calendar(method):
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.SITE_NAME}//rakor//ID")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar


def meeting_event(meeting, *, shows_access: bool = False) -> Event:
    """Return a meeting as an event: times in UTC, SEQUENCE from the version, a permanent UID.

    A meeting without a known time of day is an all-day event. The access to an online meeting is
    a CONFERENCE (RFC 7986), and text for calendar programs that do not know it.
    """
    known = access(meeting) if shows_access and meeting.state != MeetingState.CANCELLED else None
    event = Event()
    event.add("uid", f"{meeting.uid}@{_domain()}")
    event.add("sequence", meeting.version)
    event.add("dtstamp", meeting.changed_at.astimezone(UTC))
    event.add("last-modified", meeting.changed_at.astimezone(UTC))
    event.add("summary", clean_text(_summary(meeting)))
    event.add("location", clean_text(_location(meeting, known)))
    if known:
        event.add("conference", vUri(known.link), parameters=CONFERENCE)
    event.add("status", STATUSES[meeting.state])
    event.add("description", _description(meeting, known))
    event.add("url", _absolute(reverse("meetings:meeting-detail", args=[meeting.pk])))
    if not meeting.is_from_news:
        event["organizer"] = _organizer(meeting)
    if meeting.is_time_known:
        event.add("dtstart", meeting.starts_at.astimezone(UTC))
        event.add("dtend", _end(meeting).astimezone(UTC))
    else:
        event.add("dtstart", meeting.day)
        event.add("dtend", meeting.last_day + timedelta(days=1))
    return event


def _end(meeting):
    """Return the end of a meeting, as far as known: else the end of the last of several days."""
    if labels.knows_end(meeting):
        return meeting.ends_at
    if meeting.day_count == 1:
        return _likely_end(meeting)
    return timezone.make_aware(datetime.combine(meeting.last_day + timedelta(days=1), time.min))


def _likely_end(meeting):
    """Return the end of a meeting without one: after its agenda, else after the usual length."""
    minutes = sum(item.length_minutes or 0 for item in meeting.agenda.all())
    return meeting.starts_at + (timedelta(minutes=minutes) or USUAL_LENGTH)


def _attendee(address, names):
    attendee = vCalAddress(f"mailto:{address}")
    attendee.params["cn"] = vText(clean_text(names))
    attendee.params["role"] = vText("REQ-PARTICIPANT")
    attendee.params["partstat"] = vText("NEEDS-ACTION")
    # Answers would go to the site's own address, which nobody reads.
    attendee.params["rsvp"] = vText("FALSE")
    return attendee


def _organizer(meeting):
    organizer = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    organizer.params["cn"] = vText(clean_text(meeting.organiser))
    return organizer


def _summary(meeting):
    prefix = {MeetingState.CANCELLED: "BATAL: ", MeetingState.DRAFT: "(Draf) "}
    return prefix.get(meeting.state, "") + meeting.title


def _location(meeting, known) -> str:
    """Return the place; for a meeting without one the link, which many programs open from there."""
    return known.link if known and not meeting.place else labels.place_text(meeting)


def _description(meeting, known):
    days = f"{labels.day_text(meeting)}, {labels.time_text(meeting)}"
    lines = [days, labels.place_text(meeting), *access_lines(known)]
    if meeting.state == MeetingState.CANCELLED:
        lines.append(f"Dibatalkan: {meeting.cancel_reason}")
    if meeting.is_from_news:
        lines.append(f"{meeting.get_source_display()}.")
    return clean_text("\n".join(lines).replace("\u00a0", " "))


def _deadline(follow_up) -> Event:
    event = Event()
    event.add("uid", f"tindak-lanjut-{follow_up.pk}@{_domain()}")
    event.add("sequence", follow_up.version)
    event.add("dtstamp", follow_up.changed_at.astimezone(UTC))
    event.add("summary", clean_text(f"Batas tindak lanjut: {follow_up.what[:120]}"))
    description = f"{follow_up.owner_text}. Keputusan {follow_up.meeting}."
    event.add("description", clean_text(description))
    event.add("url", _absolute(reverse("meetings:follow-up", args=[follow_up.pk])))
    event.add("dtstart", follow_up.due_on)
    event.add("dtend", follow_up.due_on + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    return event


def _domain():
    return settings.SITE_URL.partition("://")[2].partition("/")[0].partition(":")[0]


def _absolute(path):
    return site_address() + path
