"""Strangers read the public pages from a replica; everything else asks the database itself.

Whoever is signed in must see at once what they have just changed, and a replica is always a little
late. Public pages may be: the version of the record (`kotaku.caching.data_version`) is read from the same
replica as the page, so a page that is kept is exactly as old as what it was drawn from. While the
replica cannot be reached, strangers read the database itself too; it is tried again after a while.
"""

import time
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connections

AWAY_SECONDS = 30

_source: ContextVar[str] = ContextVar("where this block reads", default="default")


@contextmanager
def reading_for_the_public():
    """Let everything that is read within this block come from the replica, if there is one.

    Where from is decided once: a page drawn here with a version read there would be kept as newer
    than it is.
    """
    token = _source.set("replica" if Replica.is_in_use() else "default")
    try:
        yield
    finally:
        _source.reset(token)


def do_without() -> bool:
    """Leave the replica alone for a while; False when it was not what could not be reached."""
    if _source.get() != "replica":
        return False
    Replica.away_until = time.monotonic() + AWAY_SECONDS
    _source.set("default")
    return True


class Replica:
    """The database router; only used with DATABASE_REPLICA_URL."""

    # Of this process; others find out for themselves.
    away_until = 0.0

    @classmethod
    def is_in_use(cls) -> bool:
        """Whether there is a replica that could be reached when it was last tried."""
        return "replica" in connections and time.monotonic() >= cls.away_until

    def db_for_read(self, model, **hints):
        """Return the replica for public pages, while it can be reached."""
        return _source.get()

    def db_for_write(self, model, **hints):
        """Return the database itself, always."""
        return "default"

    def allow_relation(self, first, second, **hints):
        """Rows of both are rows of one record."""
        return True

    def allow_migrate(self, db, app_label, **hints):
        """A replica takes its tables from the database itself."""
        return db == "default"
