"""Mail reminders to villages whose figure was not handed in, each once a day."""

import logging
import smtplib
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string

from areas.figures.to_do import entry_url
from areas.figures.unreported import UnreportedRow
from areas.models import FigureReminder
from kotaku.formats import format_date
from kotaku.requests.site_address import site_address

logger = logging.getLogger(__name__)
FAILURES = (OSError, smtplib.SMTPException, ValueError)


@dataclass(frozen=True)
class Reminded:
    """How many villages were reminded, and how many could not be because mail failed."""

    sent: int
    failed: int


def remind(rows: list[UnreportedRow], year: int, *, by) -> Reminded:
    """Mail the people of these villages; who cannot be reminded or was today is left out.

    The reminder is stored before its mail, so that it is not sent twice, and deleted again if the
    mail fails.
    """
    claimed = [
        (row, reminder)
        for row in rows
        if row.can_be_reminded
        and (
            reminder := FigureReminder.claim(
                programme=row.baseline.programme,
                village=row.baseline.village,
                year=year,
                addresses=len(row.addresses),
                by=by,
            )
        )
    ]
    if not claimed:
        return Reminded(0, 0)
    sent = []
    try:
        with get_connection() as connection:
            for row, reminder in claimed:
                if sum(_is_sent(message, connection) for message in _messages(row, year, by)):
                    sent.append(reminder.pk)
    except FAILURES as error:
        logger.warning("Reminders were not sent: %s", error)
    unsent = [reminder.pk for _, reminder in claimed if reminder.pk not in sent]
    FigureReminder.objects.filter(pk__in=unsent).delete()
    return Reminded(len(sent), len(unsent))


def _is_sent(message, connection) -> bool:
    """Send one message; a refused address does not stop the others, a lost server does."""
    try:
        return bool(connection.send_messages([message]))
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, ValueError) as error:
        logger.warning("A reminder was refused: %s", error)
        return False


def _messages(row, year, by) -> list[EmailMessage]:
    baseline = row.baseline
    context = {
        "village": baseline.village,
        "year": year,
        "status": row.status,
        "due": format_date(baseline.programme.due_date(year)),
        "by": by,
        "is_sample": baseline.programme.is_sample,
        "url": site_address() + entry_url(baseline, year),
    }
    return [
        EmailMessage(
            f"Belum diajukan: luas kumuh {baseline.village} tahun {year}",
            render_to_string(
                "areas/figures/mail/reminder.txt", context | {"person": contact.name}
            ).replace("\u00a0", " "),
            settings.DEFAULT_FROM_EMAIL,
            [contact.email],
        )
        for contact in row.contacts
        if contact.email
    ]
