"""Cache rendered public pages until the data they show change.

Each process caches a page by URL, together with the day and the data version it was rendered
from (`kotaku.caching.data_version`). Anonymous requests get the cached page without a view, a
session or a template; once the version changes, the page is rendered again. So it is never
stale and needs no expiry. A view opts in with `@kept`: what it shows to anonymous users must
depend only on the URL, the database, the day and the settings.

Views with `@kept(survives_outage=True)` stay readable while the database is unreachable, as
copies marked as such (`LastGoodCopy`).
"""

import gzip
import hashlib
import threading
import time
import zlib
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial, wraps

import brotli
from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError, connections, router
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from kotaku.caching import data_version
from kotaku.caching.replica import do_without, reading_for_the_public
from kotaku.formats import format_moment, format_time
from kotaku.models import DataVersion

# Headers that the outer middleware adds to every response, or that describe one encoded body.
NOT_KEPT_HEADERS = ("Content-Length", "Content-Encoding", "ETag", "Vary")
# Strong compression pays off: a page is compressed once and sent many times.
PACKERS = {
    "br": lambda body: brotli.compress(body, quality=6),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
}

# Each process copies a page at most this often, so that copying does not slow down visitors.
SECONDS_BETWEEN_COPIES = 60
MAX_BYTES = 500_000
# The notice that a page is a copy goes before this.
PLACE = b'<main id="isi"'


@dataclass
class Page:
    """A response; `bodies` maps encoding to body: "" is plain, others are made on demand."""

    version: tuple
    headers: dict[str, str]
    etag: str
    bodies: dict[str, bytes] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Memory in bytes; the two compressed bodies are estimated at half the plain one each."""
        return 2 * len(self.bodies[""])

    def packed(self, encoding: str) -> bytes:
        """Return the body in this encoding ("" for plain)."""
        if encoding not in self.bodies:
            self.bodies[encoding] = PACKERS[encoding](self.bodies[""])
        return self.bodies[encoding]


class Store:
    """The cached pages of this process; the least recently used are evicted first."""

    def __init__(self):
        self._pages: OrderedDict[tuple, Page] = OrderedDict()
        self._lock = threading.Lock()
        self._size = 0

    def get(self, key) -> Page | None:
        """Return the cached page of this key, in any version."""
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
            return self._pages.get(key)

    def put(self, key, page: Page) -> None:
        """Cache a page, replacing an older one of this key, within PAGE_CACHE_BYTES."""
        with self._lock:
            self._forget(key)
            if page.size > settings.PAGE_CACHE_BYTES // 4:
                return
            self._pages[key] = page
            self._size += page.size
            while self._size > settings.PAGE_CACHE_BYTES:
                self._forget(next(iter(self._pages)))

    def clear(self) -> None:
        """Remove all pages."""
        with self._lock:
            self._pages.clear()
            self._size = 0

    def __len__(self):
        return len(self._pages)

    def _forget(self, key):
        old = self._pages.pop(key, None)
        if old:
            self._size -= old.size


store = Store()


def kept(view=None, *, survives_outage=False):
    """Cache a view's responses to anonymous visitors until the data change.

    With `survives_outage` its last good response may be shown while the database is unreachable.
    """
    if view is None:
        return partial(kept, survives_outage=survives_outage)

    @wraps(view)
    def keeping(request, *args, **kwargs):
        if not _is_for_everybody(request):
            return view(request, *args, **kwargs)
        with reading_for_the_public():
            # Read before the view reads: a change in between makes the page outdated at once, so it
            # is rendered again, and never stored under a newer version than its data.
            version = _version()
            response = view(request, *args, **kwargs)
        response.kept_version = version
        return response

    keeping.survives_outage = survives_outage
    return keeping


class KeptPages:
    """Middleware: respond with cached pages, and cache the responses of views with `@kept`."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not _is_for_everybody(request):
            return self.get_response(request)
        key = (request.scheme, request.get_host(), request.get_full_path())
        page = store.get(key)
        if page and page.version == _version_now():
            return _answer(request, page)
        response = self.get_response(request)
        version = getattr(response, "kept_version", None)
        if version is None or not _may_be_kept(response):
            return response
        page = _page(response, version)
        store.put(key, page)
        return _answer(request, page)


def _is_for_everybody(request) -> bool:
    """Whether this is an anonymous GET request outside of a transaction, with the cache enabled."""
    personal = request.COOKIES.keys() & {settings.SESSION_COOKIE_NAME, "messages"}
    if request.method != "GET" or personal or not settings.PAGE_CACHE_BYTES:
        return False
    # A transaction may see changes that are rolled back later.
    with reading_for_the_public():
        return not connections[router.db_for_read(DataVersion)].in_atomic_block


def _version() -> tuple:
    """Return the day and the data version; being the first query, it detects a lost replica."""
    try:
        return timezone.localdate(), data_version.current()
    except DatabaseError:
        if not do_without():
            raise
        return timezone.localdate(), data_version.current()


def _version_now() -> tuple | None:
    """Return the version; None if the database is unreachable, so that `LastGoodCopy` responds."""
    try:
        with reading_for_the_public():
            return _version()
    except DatabaseError:
        return None


def _may_be_kept(response) -> bool:
    """Whether the response is complete and without a cookie (such as CSRF's), so not personal."""
    return response.status_code == 200 and not response.streaming and not response.cookies


def _page(response, version) -> Page:
    body = response.content
    if not response.has_header("Cache-Control"):
        # Browsers and proxies may cache it too, but must revalidate it each time.
        response["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Accept-Encoding", "Cookie"])
    headers = {name: value for name, value in response.items() if name not in NOT_KEPT_HEADERS} | {
        "Vary": response["Vary"]
    }
    # Weak, because it is the same for every encoding of the page.
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    return Page(version, headers, etag, {"": body})


def _encoding(accepted: str) -> str:
    """Return the best encoding that the browser accepts, "" for none; q=0 rejects one."""
    wishes = dict(_wish(part) for part in accepted.lower().split(","))
    return next((name for name in PACKERS if wishes.get(name, 0) > 0), "")


def _wish(part: str) -> tuple[str, float]:
    name, _, rest = part.partition(";")
    digits = rest.replace(" ", "").removeprefix("q=")
    return name.strip(), float(digits) if digits.replace(".", "", 1).isdecimal() else 1


def _answer(request, page) -> HttpResponse:
    encoding = _encoding(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    response = HttpResponse(page.packed(encoding), headers=page.headers)
    response["ETag"] = page.etag
    response["Content-Length"] = str(len(response.content))
    if encoding:
        response["Content-Encoding"] = encoding
    return response


@dataclass(frozen=True)
class Copy:
    """A page as anonymous visitors saw it; `content` is compressed (zlib)."""

    made_at: datetime
    content: bytes
    content_type: str


class LastGoodCopy:
    """Middleware: store copies of public pages and send them while the database is unreachable.

    Every visitor may get a copy, so it must be public: requests with cookies and responses that
    set one are never copied.
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
        """Note whether the view allows copies, before anything can fail."""
        request.survives_outage = request.method in ("GET", "HEAD") and getattr(
            view_func, "survives_outage", False
        )

    def _is_worth_a_copy(self, request, response) -> bool:
        copied_at = self._copied_at.get(request.path)
        return (
            request.method == "GET"
            # Without query strings there are few URLs, so visitors cannot fill the cache.
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
        # No proxy or browser may cache an outdated page.
        response["Cache-Control"] = "no-store"
        return response


def _key(path) -> str:
    """Return a valid cache key: a path may be too long or contain forbidden characters."""
    return hashlib.sha256(path.encode()).hexdigest()


def _moment(made_at) -> str:
    made_at = timezone.localtime(made_at)
    if made_at.date() == timezone.localdate():
        return f"pukul {format_time(made_at)}"
    return format_moment(made_at)
