"""Keep a SQLite connection for the next request while the database file is the same.

A new connection reads the whole schema again (60 tables, 160 indexes, 130 triggers), which takes
3 to 5 ms, more than all queries of most pages. But if the file was replaced or deleted, the old
connection would still read and write the old file. So each request first compares the file.
"""

import os

from django.db.backends.sqlite3 import base

from kotaku.sqlite.rounded_sum import NAME, RoundedSum


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's SQLite connection, which remembers the file it has opened."""

    _opened = None

    def get_new_connection(self, conn_params):
        """Open the file. A file replaced meanwhile is noticed by the next request."""
        self._opened = self._present_file()
        connection = super().get_new_connection(conn_params)
        connection.create_aggregate(NAME, 1, RoundedSum)
        return connection

    def is_usable(self) -> bool:
        """Whether the database file is still the opened one, and the connection works.

        Django calls this before the first query of a request (CONN_HEALTH_CHECKS).
        """
        if self.is_in_memory_db():
            return True
        return not self.errors_occurred and self._opened == self._present_file() is not None

    def _present_file(self) -> tuple[int, int] | None:
        try:
            found = os.stat(self.settings_dict["NAME"])  # noqa: PTH116 (three times as fast)
        except OSError:
            return None
        return found.st_dev, found.st_ino
