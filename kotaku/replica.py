"""Strangers read the public pages from a replica; everything else asks the database itself.

Whoever is signed in must see at once what they have just changed, and a replica is always a little
late. Public pages may be: the version of the record (`kotaku.data_version`) is read from the same
replica as the page, so a page that is kept is exactly as old as what it was drawn from.
"""

from contextlib import contextmanager
from contextvars import ContextVar

_is_public: ContextVar[bool] = ContextVar("reading for the public", default=False)


@contextmanager
def reading_for_the_public():
    """Let everything that is read within this block come from the replica, if there is one."""
    token = _is_public.set(True)
    try:
        yield
    finally:
        _is_public.reset(token)


class Replica:
    """The database router; only used with DATABASE_REPLICA_URL."""

    def db_for_read(self, model, **hints):
        """Return the replica for public pages."""
        return "replica" if _is_public.get() else "default"

    def db_for_write(self, model, **hints):
        """Return the database itself, always."""
        return "default"

    def allow_relation(self, first, second, **hints):
        """Rows of both are rows of one record."""
        return True

    def allow_migrate(self, db, app_label, **hints):
        """A replica takes its tables from the database itself."""
        return db == "default"
