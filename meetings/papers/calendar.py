"""Calendar files (RFC 5545) of one meeting or of all events that concern a user."""

from datetime import UTC, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress, vText

from kotaku.requests.site_address import site_address
from kotaku.text import clean_text
from meetings.detail import labels
from meetings.models import FollowUp, Meeting, MeetingState

STATUSES = {
    MeetingState.DRAFT: "TENTATIVE",
    MeetingState.SCHEDULED: "CONFIRMED",
    MeetingState.DONE: "CONFIRMED",
    MeetingState.CANCELLED: "CANCELLED",
}
FEED_DAYS = 400


def meeting_calendar(meeting, *, method: str = "PUBLISH") -> bytes:
    """Return the file of one meeting. `method` is REQUEST or CANCEL in mail."""
    calendar = _calendar(method)
    calendar.add_component(meeting_event(meeting))
    return calendar.to_ical()


def feed_calendar(user) -> bytes:
    """Return the user's meetings from 400 days ago on, and the deadlines of open follow-ups."""
    calendar = _calendar("PUBLISH")
    calendar.add("x-wr-calname", clean_text(f"{settings.SITE_NAME} — {user}"))
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    since = timezone.now() - timedelta(days=FEED_DAYS)
    for meeting in Meeting.objects.concerning(user).filter(starts_at__gte=since).order_by("pk"):
        calendar.add_component(meeting_event(meeting))
    for follow_up in FollowUp.objects.of(user).open().loaded().order_by("pk"):
        calendar.add_component(_deadline(follow_up))
    return calendar.to_ical()


def _calendar(method):
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.SITE_NAME}//rakor//ID")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar


def meeting_event(meeting) -> Event:
    """Return a meeting as an event: times in UTC, SEQUENCE from the version, a permanent UID.

    A meeting without a known time of day is an all-day event.
    """
    event = Event()
    event.add("uid", f"{meeting.uid}@{_domain()}")
    event.add("sequence", meeting.version)
    event.add("dtstamp", meeting.changed_at.astimezone(UTC))
    event.add("last-modified", meeting.changed_at.astimezone(UTC))
    event.add("summary", clean_text(_summary(meeting)))
    event.add("location", clean_text(meeting.place))
    event.add("status", STATUSES[meeting.state])
    event.add("description", _description(meeting))
    event.add("url", _absolute(reverse("meetings:meeting-detail", args=[meeting.pk])))
    if not meeting.is_from_news:
        event["organizer"] = _organizer(meeting)
    if meeting.is_time_known:
        event.add("dtstart", meeting.starts_at.astimezone(UTC))
        if meeting.ends_at:
            event.add("dtend", meeting.ends_at.astimezone(UTC))
    else:
        event.add("dtstart", meeting.day)
        event.add("dtend", meeting.day + timedelta(days=1))
    return event


def _organizer(meeting):
    organizer = vCalAddress(f"mailto:{settings.DEFAULT_FROM_EMAIL}")
    organizer.params["cn"] = vText(clean_text(meeting.organiser))
    return organizer


def _summary(meeting):
    prefix = {MeetingState.CANCELLED: "BATAL: ", MeetingState.DRAFT: "(Draf) "}
    return prefix.get(meeting.state, "") + meeting.title


def _description(meeting):
    lines = [f"{labels.day_text(meeting)}, {labels.time_text(meeting)}", meeting.place]
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
