"""Write an access line for each request, and give all its log lines the same id."""

import logging
import re
import time
import uuid
from contextvars import ContextVar

from kotaku.requests.site_address import answering

access_log = logging.getLogger("kotaku.access")
# Ids accepted from a proxy: short, and unable to forge a line or a header.
SANE = re.compile(r"[A-Za-z0-9._-]{1,64}")
_current_id: ContextVar[str] = ContextVar("request_id", default="")


def current_request_id() -> str:
    """Return the id of this thread's current request, "" outside of requests."""
    return _current_id.get()


def safe_path(request) -> str:
    """Return the path without its query and with secret tokens masked."""
    match = getattr(request, "resolver_match", None)
    path = request.path
    if match and (token := match.kwargs.get("token")):
        path = path.replace(str(token), "***")
    return path


class RequestLog:
    """Outermost middleware: set the request id, return it in a header, write the access line."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        asked = request.headers.get("X-Request-ID", "")
        request.id = asked if SANE.fullmatch(asked) else uuid.uuid4().hex
        token = _current_id.set(request.id)
        started = time.perf_counter()
        try:
            with answering(request):
                response = self.get_response(request)
            response["X-Request-ID"] = request.id
            access_log.info(
                "%s %s %s",
                request.method,
                safe_path(request),
                response.status_code,
                extra={"access": _facts(request, response, time.perf_counter() - started)},
            )
            return response
        finally:
            _current_id.reset(token)


def _facts(request, response, seconds):
    return {
        "method": request.method,
        "path": safe_path(request),
        "status": response.status_code,
        "duration_ms": round(seconds * 1000, 1),
        "user_id": _known_user_id(request),
    }


def _known_user_id(request):
    """Return the user's id if the request has loaded the user; the log makes no query."""
    user = request.__dict__.get("_cached_user")
    return user.pk if user else None
