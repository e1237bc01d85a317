"""Read public pages from a replica for anonymous users; everything else uses the primary.

Signed-in users must see their own changes at once, and a replica always lags a little. Public
pages may lag: the data version (`kotaku.caching.data_version`) is read from the same replica as
the page, so a cached page is exactly as old as its data. While the replica is unreachable,
public pages use the primary too; the replica is tried again after AWAY_SECONDS.
"""

import time
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connections

AWAY_SECONDS = 30

_source: ContextVar[str] = ContextVar("where this block reads", default="default")


@contextmanager
def reading_for_the_public():
    """Read everything within this block from the replica, if there is one.

    The source is chosen once: a page read from the replica but with a version read from the primary
    would be cached as newer than it is.
    """
    token = _source.set("replica" if Replica.is_in_use() else "default")
    try:
        yield
    finally:
        _source.reset(token)


def do_without() -> bool:
    """Stop using the replica for a while; return False if this block was not using it."""
    if _source.get() != "replica":
        return False
    Replica.away_until = time.monotonic() + AWAY_SECONDS
    _source.set("default")
    return True


class Replica:
    """The database router; only used with DATABASE_REPLICA_URL."""

    # Per process.
    away_until = 0.0

    @classmethod
    def is_in_use(cls) -> bool:
        """Whether there is a replica and no recent attempt to reach it failed."""
        return "replica" in connections and time.monotonic() >= cls.away_until

    def db_for_read(self, model, **hints):
        """Return the replica for public pages while it is in use, else the primary."""
        return _source.get()

    def db_for_write(self, model, **hints):
        """Always return the primary."""
        return "default"

    def allow_relation(self, first, second, **hints):
        """Allow relations: both databases hold the same rows."""
        return True

    def allow_migrate(self, db, app_label, **hints):
        """Migrate only the primary; the replica copies its tables."""
        return db == "default"
