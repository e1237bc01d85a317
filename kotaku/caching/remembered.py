"""Cache function results per process until the tables they depend on change.

A verification changes the figures, but not the villages, the targets of the decree or the latest
report, so a page need not load those again. A function declares the topics of the data that its
result depends on; it must depend on nothing else (see `kotaku.caching.data_version`):

    @remembered("frame")
    def centres(region): ...

During a GET request the last result is reused while the tokens of its topics are unchanged; they
are read once per request, before the data. So results are never stale and need no expiry.
Elsewhere, and within a transaction, which may see changes that are rolled back later, the function
is always called. All requests of the process share its result, so it must not be modified.
"""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps

from django.db import connections, router

from kotaku.caching import data_version
from kotaku.models import DataVersion

# A function with more cached results than this drops them all.
MAX_KEPT = 1000
MOST_CALLS = 3

# Database → topic → its tokens, loaded on demand; None where nothing may be cached.
_page: ContextVar[dict | None] = ContextVar("versions that this page is drawn from", default=None)


class RememberingPages:
    """Middleware: allow cached results in GET and HEAD requests."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = _page.set({} if request.method in ("GET", "HEAD") else None)
        try:
            return self.get_response(request)
        finally:
            _page.reset(token)


def remembered(*topics: str, most: int = MAX_KEPT) -> Callable[[Callable], Callable]:
    """Cache a function of hashable arguments whose result depends on these topics only.

    Without topics it may depend on all data, and is called again after any change.

    `most` is the number of results to keep; set it lower for large ones.
    """

    def decorate(function):
        kept: dict[tuple, tuple] = {}

        @wraps(function)
        def remembering(*args):
            alias = router.db_for_read(DataVersion)
            version = _version(alias, topics)
            if version is None:
                return _worked_out(function, args, topics or tuple(data_version.topics()))
            then, answer = kept.get((alias, args), (None, None))
            if then != version:
                answer = _worked_out(function, args, topics or tuple(data_version.topics()))
                if len(kept) >= most:
                    kept.clear()
                kept[alias, args] = version, answer
            return answer

        return remembering

    return decorate


def of_one_moment(*topics: str) -> Callable[[Callable], Callable]:
    """Decorate a function whose several queries must see the same state of these topics.

    If one of the topics changes during a call, the call is repeated; at most MOST_CALLS calls.
    """

    def decorate(function):
        @wraps(function)
        def asking(*args):
            alias = router.db_for_read(DataVersion)
            for _ in range(MOST_CALLS):
                before = _page_tokens(alias) or _by_topic(data_version.current())
                answer = function(*args)
                now = _by_topic(data_version.current())
                if all(before.get(topic) == now.get(topic) for topic in topics):
                    break
                if _page.get() is not None:
                    _page.get().pop(alias, None)
            return answer

        return asking

    return decorate


def _worked_out(function, args, topics):
    """Call the function; the tests check here that it reads nothing outside its topics."""
    return function(*args)


def _version(alias: str, topics) -> tuple | None:
    """Return the tokens of topics (all if none is named); None where nothing may be cached."""
    tokens = _page_tokens(alias)
    if tokens is None:
        return None
    found = tuple(tokens.get(topic) for topic in topics or data_version.topics())
    # A topic without a token has no triggers yet.
    return None if None in found else found


def _page_tokens(alias: str) -> dict[str, tuple] | None:
    """Return this request's tokens by topic; None where nothing may be cached."""
    page = _page.get()
    if page is None or connections[alias].in_atomic_block:
        return None
    if alias not in page:
        page[alias] = _by_topic(data_version.current())
    return page[alias]


def _by_topic(version) -> dict[str, tuple]:
    tokens: dict[str, tuple] = {}
    for topic, token in version:
        tokens[topic] = (*tokens.get(topic, ()), token)
    return tokens
