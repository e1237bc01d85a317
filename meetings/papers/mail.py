"""Mail about meetings. Everyone gets a separate message, so that addresses stay private."""

import logging
import smtplib

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.urls import reverse

from kotaku.requests.site_address import site_address
from meetings.detail import labels, page
from meetings.models import MeetingState
from meetings.papers.calendar import meeting_calendar

logger = logging.getLogger(__name__)
FAILURES = (OSError, smtplib.SMTPException, ValueError)


def recipients(meeting, *, only_present=False) -> list[tuple[str, str]]:
    """Return (address, name) of the participants with an address, each address once."""
    found = {}
    for person in meeting.participants.select_related("user"):
        is_meant = person.is_present or (not only_present and person.is_invited)
        if is_meant and person.address:
            found.setdefault(person.address.lower(), (person.address, person.display_name))
    return list(found.values())


def send_invitation(meeting) -> int:
    """Send the invitation, or the notice of cancellation, with the calendar file.

    Returns the number of messages sent. Raises one of FAILURES if the server accepts none.
    """
    is_off = meeting.state == MeetingState.CANCELLED
    method = "CANCEL" if is_off else "REQUEST"
    ics = meeting_calendar(meeting, method=method)
    subject = f"{'Batal: ' if is_off else 'Undangan: '}{meeting.title}, {labels.day_text(meeting)}"
    context = _context(meeting) | {"agenda": page.agenda_lines(meeting)}
    messages = [
        _message("invitation", subject, address, context | {"name": name})
        for address, name in recipients(meeting)
    ]
    for message in messages:
        message.attach("rakor.ics", ics, f"text/calendar; method={method}; charset=utf-8")
    return _send(messages)


def send_minutes(meeting) -> int:
    """Send the approved minutes to the participants. Returns and raises as `send_invitation`."""
    decisions = page.decision_lines(meeting, as_approved=True)
    context = _context(meeting) | {
        "agenda": page.agenda_lines(meeting, decisions),
        "decisions": decisions,
        "minutes": meeting.minutes,
    }
    subject = f"Notulen: {meeting.title}, {labels.day_text(meeting)}"
    return _send(
        [
            _message("minutes", subject, address, context | {"name": name})
            for address, name in recipients(meeting)
        ]
    )


def _context(meeting):
    path = reverse("meetings:meeting-detail", args=[meeting.pk])
    return vars(page.facts(meeting)) | {"url": site_address() + path}


def _message(template, subject, address, context):
    body = render_to_string(f"meetings/papers/mail/{template}.txt", context).replace("\u00a0", " ")
    subject = " ".join(subject.split())
    return EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [address])


def _send(messages) -> int:
    """Send one by one, so that one refused address does not stop the other messages."""
    sent = 0
    failure = None
    with get_connection() as connection:
        for message in messages:
            try:
                sent += connection.send_messages([message]) or 0
            except FAILURES as error:
                failure = error
                logger.warning("Mail was not sent: %s", error)
    if failure and not sent:
        raise failure
    return sent
