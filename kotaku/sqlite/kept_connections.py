"""Keep a SQLite connection for the next request while the database file is the same.

A new connection reads the whole schema again (60 tables, 160 indexes, 370 triggers), which takes
6 to 8 ms, more than all queries of most pages. But if the file was replaced or deleted, the old
connection would still read and write the old file. So each request first compares the file, and
opens a new connection if the file changed or a query failed in an earlier request.
"""

import os
from contextlib import ExitStack

from django.core.signals import request_started
from django.db import DatabaseError, connections
from django.db.backends.signals import connection_created

from kotaku.sqlite.rounded_sum import NAME, RoundedSum


def connect_signals() -> None:
    """Prepare each new connection, and check the kept ones at the start of each request."""
    connection_created.connect(prepare)
    request_started.connect(renew_all)


def prepare(connection, **kwargs) -> None:
    """Register the exact sum, remember which file was opened, and watch for failed queries."""
    if connection.vendor != "sqlite":
        return
    connection.connection.create_aggregate(NAME, 1, RoundedSum)
    connection.opened_file = _file_of(connection)
    if not hasattr(connection, "error_watcher"):
        connection.error_watcher = ExitStack()
        connection.error_watcher.enter_context(connection.execute_wrapper(_notice_errors))


def renew_all(**kwargs) -> None:
    """Close this thread's connections whose file was replaced or whose query failed."""
    for connection in connections.all(initialized_only=True):
        renew(connection)


def renew(connection) -> None:
    """Close the connection if its file was replaced or a query failed; it reopens on demand."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    if getattr(connection, "opened_file", None) != _file_of(connection):
        connection.close()


def _notice_errors(execute, sql, params, many, context):
    try:
        return execute(sql, params, many, context)
    except DatabaseError:
        context["connection"].opened_file = None
        raise


def _file_of(connection) -> tuple[int, int] | None:
    """Return device and inode; None for a database in memory or a file that is gone."""
    try:
        found = os.stat(connection.settings_dict["NAME"])  # noqa: PTH116 (three times as fast)
    except OSError:
        return None
    return found.st_dev, found.st_ino
