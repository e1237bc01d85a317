"""What was worked out of tables that change a few times a year, kept while they are unchanged.

A page that is drawn anew after a verification needs the new figures; where the villages lie, what
the decree promises and what the latest report says are what they were. So a function may say which
topics of the record its answer depends on, and on nothing else (see `kotaku.caching.data_version`):

    @remembered("frame")
    def centres(region): ...

Within a page its answer is then the one of last time, as long as the topic's tokens are the same;
they are asked for once per page, before what they stand for. It is never stale, and needs no time to
live. Elsewhere, and within a transaction, where one sees what may never become true, the function
is called as ever. What it returns is shared by all pages of the process: nobody changes it.
"""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps

from django.db import connections, router

from kotaku.caching import data_version
from kotaku.models import DataVersion

# A function that has more answers than these forgets all.
MAX_KEPT = 1000
MOST_CALLS = 3

# Database → topic → its tokens, as far as this page has asked; None outside of pages.
_page: ContextVar[dict | None] = ContextVar("versions that this page is drawn from", default=None)


class RememberingPages:
    """Middleware: pages that are only looked at may use what is remembered."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = _page.set({} if request.method in ("GET", "HEAD") else None)
        try:
            return self.get_response(request)
        finally:
            _page.reset(token)


def remembered(*topics: str, most: int = MAX_KEPT) -> Callable[[Callable], Callable]:
    """Decorate a function of hashable arguments whose answer depends on these topics alone.

    With large answers, `most` is how many of them are kept.
    """

    def decorate(function):
        kept: dict[tuple, tuple] = {}

        @wraps(function)
        def remembering(*args):
            alias = router.db_for_read(DataVersion)
            version = _version(alias, topics)
            if version is None:
                return _worked_out(function, args, topics)
            then, answer = kept.get((alias, args), (None, None))
            if then != version:
                answer = _worked_out(function, args, topics)
                if len(kept) >= most:
                    kept.clear()
                kept[alias, args] = version, answer
            return answer

        return remembering

    return decorate


def of_one_moment(*topics: str) -> Callable[[Callable], Callable]:
    """Decorate a function that asks several questions whose answers must be of one moment.

    Should one of these topics change meanwhile, it is called again; a topic that changes all the
    time would end that after a few calls.
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
    """Call the function; the tests see here that it asks for nothing outside its topics."""
    return function(*args)


def _version(alias: str, topics) -> tuple | None:
    """Return the tokens of topics in this database; None where nothing may be remembered."""
    tokens = _page_tokens(alias)
    if tokens is None:
        return None
    found = tuple(tokens.get(topic) for topic in topics)
    # A table without its token is one that nobody watches yet.
    return None if None in found else found


def _page_tokens(alias: str) -> dict[str, tuple] | None:
    """Return the tokens that this page is drawn from; None where nothing may be remembered."""
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
