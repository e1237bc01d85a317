"""A whole SQLite database as it was once, put back in milliseconds; its triggers are part of it."""

import sqlite3
from contextlib import closing
from pathlib import Path


class KeptDatabase:
    """A copy in a file. Other databases than SQLite are not kept: `bring` returns False for them."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.name = None

    def keep(self, connection) -> None:
        """Copy the database as it is now."""
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            with closing(sqlite3.connect(self.file)) as copy:
                connection.connection.backup(copy)
            self.name = connection.settings_dict["NAME"]

    def bring(self, connection) -> bool:
        """Put the copy in the place of the database, if there is one of this database."""
        if self.name is None or connection.settings_dict["NAME"] != self.name:
            return False
        connection.ensure_connection()
        with closing(sqlite3.connect(self.file)) as copy:
            copy.backup(connection.connection)
        return True
