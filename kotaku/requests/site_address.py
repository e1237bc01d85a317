"""The address of the site for links that leave it: on paper, in mail, messages and calendars."""

from contextlib import contextmanager
from contextvars import ContextVar
from urllib.parse import urlsplit

from django.conf import settings

# The default of SITE_URL names a developer's own machine.
OWN_MACHINE = ("127.0.0.1", "localhost", "::1")
_current_request = ContextVar("request", default=None)


@contextmanager
def answering(request):
    """Let `site_address` know the request that this thread answers."""
    token = _current_request.set(request)
    try:
        yield
    finally:
        _current_request.reset(token)


def is_named() -> bool:
    """Return whether SITE_URL names the site and not only a developer's own machine."""
    return urlsplit(settings.SITE_URL).hostname not in OWN_MACHINE


def site_address() -> str:
    """Return the site's scheme and host: SITE_URL, or those of the current request if none was set.

    The request's host is one of ALLOWED_HOSTS. Outside of requests it is always SITE_URL.
    """
    request = _current_request.get()
    if request is None or is_named():
        return settings.SITE_URL
    return f"{request.scheme}://{request.get_host()}"
