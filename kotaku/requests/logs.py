"""How log lines leave the process: as JSON, one object a line, and as mail without personal data."""

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
    """Mask addresses that open a door by themselves in Django's lines, which name whole paths."""

    def filter(self, record):
        """Put the safe path in the place of the one that was asked for; let every record pass."""
        request = getattr(record, "request", None)
        if path := getattr(request, "path", ""):
            record.msg, record.args = record.getMessage().replace(path, safe_path(request)), ()
        return True


class RequestId(logging.Filter):
    """Give every record the id of the request that it belongs to."""

    def filter(self, record):
        """Add `request_id`, and let every record pass."""
        record.request_id = current_request_id()
        return True


class JsonLines(logging.Formatter):
    """A record as one line of JSON; line breaks in what strangers send cannot forge a second one."""

    def format(self, record):
        """Return the line: time (UTC), level, logger, message, request id, access facts, traceback."""
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
        return json.dumps(line, ensure_ascii=False)


class FaultMail(AdminEmailHandler):
    """Mail to ADMINS about a fault: where it happened, never what was sent or who sent it.

    Django's own mail holds the form's values, cookies, local variables and the exception's words,
    and each of them may name a person. One fault is mailed once in ten minutes by each process,
    so that an outage does not fill the mailbox that is to tell of it.
    """

    quiet_seconds = 600

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._mailed_at = {}

    def emit(self, record):
        """Send the mail, unless nobody wants it or the same fault was mailed just now."""
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
    """The request's method and route: a route is the pattern, so it holds nobody's values."""
    if request is None:
        return []
    match = getattr(request, "resolver_match", None)
    return [f"Request: {request.method} {match.route if match else '(no such page)'}"]


def _places(error) -> list[str]:
    """File, line and function of each frame, without the values that it worked with."""
    if error is None:
        return []
    return [
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
