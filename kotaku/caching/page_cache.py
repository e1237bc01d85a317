"""Public pages kept as they were drawn, for as long as nothing that they show has changed.

A page is kept per process and address, with the day and the version of the record that it was
drawn from (`kotaku.data_version`). Whoever asks again, signed in to nothing, gets it without a
view, a session or a template; as soon as the version is another one it is drawn anew. So it is
never stale, and needs no time to live. Views say `@kept` and promise in return that what they show
to strangers depends on the address, the record, the day and the settings alone.
"""

import gzip
import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import wraps

import brotli
from django.conf import settings
from django.db import DatabaseError, connections, router
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from kotaku.caching import data_version
from kotaku.caching.replica import do_without, reading_for_the_public
from kotaku.models import DataVersion

# What the middlewares above add themselves to every answer, or what is only about one body.
NOT_KEPT_HEADERS = ("Content-Length", "Content-Encoding", "ETag", "Vary")
# Good compression is affordable: a page is packed once and sent many times.
PACKERS = {
    "br": lambda body: brotli.compress(body, quality=6),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
}


@dataclass
class Page:
    """An answer ready to be sent; `bodies` has it plain under "" and packed once asked for."""

    version: tuple
    headers: dict[str, str]
    etag: str
    bodies: dict[str, bytes] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Bytes it takes; the packed bodies that may come are counted at half each."""
        return 2 * len(self.bodies[""])

    def packed(self, encoding: str) -> bytes:
        """Return the body in this encoding ("" for plain)."""
        if encoding not in self.bodies:
            self.bodies[encoding] = PACKERS[encoding](self.bodies[""])
        return self.bodies[encoding]


class Store:
    """The kept pages of this process, the longest unused ones given up first."""

    def __init__(self):
        self._pages: OrderedDict[tuple, Page] = OrderedDict()
        self._lock = threading.Lock()
        self._size = 0

    def get(self, key) -> Page | None:
        """Return the page of this address, of whatever version."""
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
            return self._pages.get(key)

    def put(self, key, page: Page) -> None:
        """Keep a page instead of what was kept of its address, within PAGE_CACHE_BYTES."""
        with self._lock:
            self._forget(key)
            if page.size > settings.PAGE_CACHE_BYTES // 4:
                return
            self._pages[key] = page
            self._size += page.size
            while self._size > settings.PAGE_CACHE_BYTES:
                self._forget(next(iter(self._pages)))

    def clear(self) -> None:
        """Give up everything."""
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


def kept(view):
    """Let strangers' answers of a view be kept until the record changes."""

    @wraps(view)
    def keeping(request, *args, **kwargs):
        if not _is_for_everybody(request):
            return view(request, *args, **kwargs)
        with reading_for_the_public():
            # Asked before the view reads: what changes meanwhile makes this page old, not wrong.
            version = _version()
            response = view(request, *args, **kwargs)
        response.kept_version = version
        return response

    return keeping


class KeptPages:
    """Answer with kept pages, and keep those that their views allow to be kept."""

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
    """Whether a stranger asks, and what is read is what the database has stored for all."""
    personal = request.COOKIES.keys() & {settings.SESSION_COOKIE_NAME, "messages"}
    if request.method != "GET" or personal or not settings.PAGE_CACHE_BYTES:
        return False
    # Within a transaction one sees what may never become true.
    with reading_for_the_public():
        return not connections[router.db_for_read(DataVersion)].in_atomic_block


def _version() -> tuple:
    """Return the version that strangers read, asked first of all: it notices a replica that is away."""
    try:
        return timezone.localdate(), data_version.current()
    except DatabaseError:
        if not do_without():
            raise
        return timezone.localdate(), data_version.current()


def _version_now() -> tuple | None:
    """Return the version, None while the database is away: the last good copy has its turn then."""
    try:
        with reading_for_the_public():
            return _version()
    except DatabaseError:
        return None


def _may_be_kept(response) -> bool:
    """Whether an answer is whole and nobody's own: a cookie would be (a form's token sets one)."""
    return response.status_code == 200 and not response.streaming and not response.cookies


def _page(response, version) -> Page:
    body = response.content
    if not response.has_header("Cache-Control"):
        # Browsers and proxies may keep it too, and ask each time whether it is still true.
        response["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Accept-Encoding", "Cookie"])
    headers = {name: value for name, value in response.items() if name not in NOT_KEPT_HEADERS} | {
        "Vary": response["Vary"]
    }
    # Weak: the same page, packed in one way or another.
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    return Page(version, headers, etag, {"": body})


def _encoding(accepted: str) -> str:
    """Return the best encoding that a browser accepts; one with q=0 is refused by name."""
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
