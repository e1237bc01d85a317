"""Send mail about something that is stored already, so that a failure of mail changes nothing."""

import logging
import smtplib

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from kotaku.text import clean_text

logger = logging.getLogger(__name__)
FAILURES = (OSError, smtplib.SMTPException, ValueError)
# Backends that write mail somewhere instead of sending it.
WRITTEN_DOWN = (".console.EmailBackend", ".dummy.EmailBackend", ".filebased.EmailBackend")
# The reply of a server that ends the connection (RFC 5321), and how much of a reply is kept.
CLOSING, LONGEST_REASON = 421, 500
NO_SERVER = "Situs ini belum dapat mengirim email karena server emailnya belum diatur; minta admin mengurusnya."


def has_server() -> bool:
    """Whether mail leaves this machine; without a server no page offers to send any."""
    return not settings.EMAIL_BACKEND.endswith(WRITTEN_DOWN)


def send_after_commit(messages: list[EmailMessage]) -> None:
    """Send the messages once the transaction is committed; failures are only logged."""
    if messages:
        transaction.on_commit(lambda: send_or_log(messages), robust=True)


def send_or_log(messages: list[EmailMessage]) -> None:
    """Send the messages over one connection, which is opened again if the server drops it.

    A refused message does not stop the others; a server that cannot be reached is tried once.
    """
    with MailLine() as line:
        for message in messages:
            # Programs show a no-break space of a number as an unknown character.
            message.body = message.body.replace("\u00a0", " ")
            try:
                line.send(message)
            except (Refused, Dropped) as error:
                logger.warning("A message was refused: %s", error)
            except Unreachable as error:
                logger.warning("Mail was not sent: %s", error)
                return


class NotSent(Exception):
    """A message was not sent; its text is the server's reason."""


class Refused(NotSent):
    """The server refused this message, for ever or (`is_for_now`) until later."""

    def __init__(self, words: str, *, is_for_now: bool = False):
        super().__init__(words)
        self.is_for_now = is_for_now


class Dropped(NotSent):
    """The server ended the connection twice while it was given this message."""


class Unreachable(NotSent):
    """The server cannot be reached, does not respond in time, or takes no mail from this site."""


class MailLine:
    """A connection for many messages. `timeout` limits each step of the server, in seconds."""

    def __init__(self, timeout: int | None = None):
        self._timeout = timeout
        self._connection = None

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._close()

    def send(self, message: EmailMessage) -> None:
        """Send one message; if the connection drops, once more over a new one. Raises NotSent."""
        try:
            self._send(message)
        except Dropped:
            self._send(message)

    def _send(self, message):
        self._open()
        try:
            self._connection.send_messages([message])
        except smtplib.SMTPRecipientsRefused as error:
            code, words = next(iter(error.recipients.values()))
            self._judge(code, words)
        except smtplib.SMTPSenderRefused as error:
            # The server takes no mail from this site, whomever it is for.
            self._close()
            problem = Dropped if error.smtp_code == CLOSING else Unreachable
            raise problem(_reply(error.smtp_code, error.smtp_error)) from error
        except smtplib.SMTPResponseException as error:
            self._judge(error.smtp_code, error.smtp_error)
        except smtplib.SMTPNotSupportedError as error:
            raise Refused(_words(error)) from error
        except OSError as error:
            self._close()
            # smtplib calls a server that takes too long disconnected, too.
            is_down = isinstance(error, ConnectionRefusedError) or _is_late(error)
            raise (Unreachable if is_down else Dropped)(_words(error)) from error
        except ValueError as error:
            raise Refused(_words(error)) from error

    def _open(self):
        if self._connection is not None:
            return
        limits = {"timeout": self._timeout} if self._timeout else {}
        connection = get_connection(**limits)
        try:
            connection.open()
        except (OSError, smtplib.SMTPException, ValueError) as error:
            raise Unreachable(_words(error)) from error
        self._connection = connection

    def _judge(self, code, words):
        reply = _reply(code, words)
        if code == CLOSING:
            self._close()
            raise Dropped(reply)
        raise Refused(reply, is_for_now=400 <= code < 500)

    def _close(self):
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.close()
            except FAILURES as error:
                logger.debug("The mail connection was gone already: %s", error)


def _is_late(error) -> bool:
    return any(isinstance(each, TimeoutError) for each in (error, error.__context__))


def _reply(code, words) -> str:
    return f"{code} {_text(words)}"


def _words(error) -> str:
    return _text(" ".join(str(part) for part in error.args)) or type(error).__name__


def _text(words) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    return clean_text(" ".join(text.replace("\x00", "").split()))[:LONGEST_REASON]
