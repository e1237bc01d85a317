"""Send mail about something that is stored already, so that a failure of mail changes nothing."""

import logging
import smtplib

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction

logger = logging.getLogger(__name__)
FAILURES = (OSError, smtplib.SMTPException, ValueError)
# Backends that write mail somewhere instead of sending it.
WRITTEN_DOWN = (".console.EmailBackend", ".dummy.EmailBackend", ".filebased.EmailBackend")
NO_SERVER = "Situs ini belum dapat mengirim email karena server emailnya belum diatur; minta admin mengurusnya."


def has_server() -> bool:
    """Whether mail leaves this machine; without a server no page offers to send any."""
    return not settings.EMAIL_BACKEND.endswith(WRITTEN_DOWN)


def send_after_commit(messages: list[EmailMessage]) -> None:
    """Send the messages once the transaction is committed; failures are only logged."""
    if messages:
        transaction.on_commit(lambda: send_or_log(messages), robust=True)


def send_or_log(messages: list[EmailMessage]) -> None:
    """Send the messages over one connection.

    A refused message does not stop the others; a server that cannot be reached is tried once.
    """
    try:
        with get_connection() as connection:
            for message in messages:
                # Programs show a no-break space of a number as an unknown character.
                message.body = message.body.replace("\u00a0", " ")
                _send(connection, message)
    except FAILURES as error:
        logger.warning("Mail was not sent: %s", error)


def _send(connection, message) -> None:
    try:
        connection.send_messages([message])
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, ValueError) as error:
        logger.warning("A message was refused: %s", error)
