"""Public pages stay readable while the database cannot be reached, as copies that say so."""

import hashlib
import time
import zlib
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import caches
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone

from kotaku.formats import format_moment, format_time

# A page is copied at most this often by each process, so that copying costs visitors nothing.
SECONDS_BETWEEN_COPIES = 60
MAX_BYTES = 500_000
# The copy says what it is right above the page's content.
PLACE = b'<main id="isi"'


def survives_outage(view):
    """Mark a public view whose last good answer may be shown while the database is away."""
    view.survives_outage = True
    return view


@dataclass(frozen=True)
class Copy:
    """A page as visitors without an account saw it."""

    made_at: datetime
    content: bytes
    content_type: str


class LastGoodCopy:
    """Keeps copies of what anonymous visitors get, and hands them out when the database is gone.

    A request with a session cookie is never copied, whoever it may belong to, nor is an answer that
    sets a cookie. A copy is handed to everybody: it holds nothing that is not public.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self._copied_at = {}

    def __call__(self, request):
        response = self.get_response(request)
        if not getattr(request, "survives_outage", False):
            return response
        if getattr(response, "database_is_gone", False):
            return self._copy_of(request) or response
        if self._is_worth_a_copy(request, response):
            self._keep(request, response)
        return response

    def process_view(self, request, view_func, view_args, view_kwargs):
        """Remember whether the view wants this, before anything can fail."""
        request.survives_outage = request.method in ("GET", "HEAD") and getattr(
            view_func, "survives_outage", False
        )

    def _is_worth_a_copy(self, request, response) -> bool:
        copied_at = self._copied_at.get(request.path)
        return (
            request.method == "GET"
            # An address without a question has few variants; nobody can crowd the others out.
            and not request.META.get("QUERY_STRING")
            and response.status_code == 200
            and not response.streaming
            and not request.COOKIES
            and not response.cookies
            and (copied_at is None or time.monotonic() - copied_at > SECONDS_BETWEEN_COPIES)
            and len(response.content) <= MAX_BYTES
            and response.content.count(PLACE) == 1
        )

    def _keep(self, request, response):
        content = zlib.compress(response.content, 1)
        copy = Copy(timezone.now(), content, response["Content-Type"])
        caches["last-good-copy"].set(_key(request.path), copy)
        if len(self._copied_at) > 1000:
            self._copied_at.clear()
        self._copied_at[request.path] = time.monotonic()

    def _copy_of(self, request) -> HttpResponse | None:
        copy = caches["last-good-copy"].get(_key(request.get_full_path()))
        if copy is None:
            return None
        band = render_to_string("last_good_copy.html", {"moment": _moment(copy.made_at)})
        content = zlib.decompress(copy.content).replace(PLACE, band.encode() + PLACE)
        response = HttpResponse(content, content_type=copy.content_type)
        # Nobody on the way may keep what is out of date.
        response["Cache-Control"] = "no-store"
        return response


def _key(path) -> str:
    """Addresses may be long and hold anything; keys may not."""
    return hashlib.sha256(path.encode()).hexdigest()


def _moment(made_at) -> str:
    made_at = timezone.localtime(made_at)
    if made_at.date() == timezone.localdate():
        return f"pukul {format_time(made_at)}"
    return format_moment(made_at)
