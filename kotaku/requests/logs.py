"""Log output: JSON lines, and mail about faults without personal data."""

import json
import logging
import time
import traceback
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.utils.log import AdminEmailHandler

from kotaku.requests.request_log import current_request_id, safe_path


class MaskedPaths(logging.Filter):
    """Mask secret tokens in the paths of Django's own log lines."""

    def filter(self, record):
        """Replace the requested path by the masked one; pass every record."""
        request = getattr(record, "request", None)
        if path := getattr(request, "path", ""):
            record.msg, record.args = record.getMessage().replace(path, safe_path(request)), ()
        return True


class RequestId(logging.Filter):
    """Add the id of the current request to every record."""

    def filter(self, record):
        """Add `request_id`; pass every record."""
        record.request_id = current_request_id()
        return True


def one_line(text: str) -> str:
    """Return the text with characters that could break or disguise a line as JSON escapes."""
    return "".join(
        character if character.isprintable() else json.dumps(character)[1:-1] for character in text
    )


class PlainLines(logging.Formatter):
    """Format a record as one line of text, and a traceback below it."""

    def formatMessage(self, record):  # noqa: N802 (the name that logging calls)
        """Return the line, without line breaks from user input."""
        return one_line(super().formatMessage(record))


class JsonLines(logging.Formatter):
    """Format a record as one line of JSON; line breaks in user input cannot forge a line."""

    def format(self, record):
        """Return time (UTC), level, logger, message, request id, access facts and traceback."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id := getattr(record, "request_id", ""):
            line["request_id"] = request_id
        line |= getattr(record, "access", {})
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return one_line(json.dumps(line, ensure_ascii=False))


class FaultMail(AdminEmailHandler):
    """Mail ADMINS about a fault, without user input or names.

    Django's own mail contains form values, cookies, local variables and the exception's message,
    which may all be personal data. Each process mails the same fault once in ten minutes, so that
    an outage does not fill the mailbox.
    """

    quiet_seconds = 600

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._mailed_at = {}

    def emit(self, record):
        """Send the mail, unless there are no ADMINS or the same fault was mailed recently."""
        error = record.exc_info[1] if record.exc_info else None
        name = type(error).__name__ if error else record.levelname
        places = _places(error)
        fault = (name, places[-1] if places else record.name)
        if not settings.ADMINS or self._was_mailed(fault):
            return
        lines = [
            f"Fault: {name}",
            f"Logger: {record.name}",
            f"Time: {datetime.fromtimestamp(record.created, UTC):%Y-%m-%d %H:%M:%S} UTC",
            f"Request id: {getattr(record, 'request_id', '') or 'none'}",
            *_request_lines(getattr(record, "request", None)),
            "",
            "What was typed and by whom is left out on purpose. The server's log has the whole",
            "traceback in the lines with this request id.",
            "",
            *places,
        ]
        self.send_mail(f"{record.levelname}: {name}", "\n".join(lines), fail_silently=True)

    def _was_mailed(self, fault) -> bool:
        now = time.monotonic()
        last = self._mailed_at.get(fault)
        if last is not None and now - last < self.quiet_seconds:
            return True
        self._mailed_at[fault] = now
        return False


def _request_lines(request):
    """Return the request's method and route; the route is the URL pattern, without values."""
    if request is None:
        return []
    match = getattr(request, "resolver_match", None)
    return [f"Request: {request.method} {match.route if match else '(no such page)'}"]


def _places(error) -> list[str]:
    """Return file, line and function of each frame, without local variables."""
    if error is None:
        return []
    return [
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
