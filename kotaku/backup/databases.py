"""Copy the database consistently while it is in use."""

import sqlite3
from collections.abc import Callable
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg2
from django.db import connection

from kotaku.backup import postgres, record
from kotaku.backup.manifest import BackupError
from kotaku.backup.record import Query


@dataclass(frozen=True)
class Snapshot:
    """The database at one moment: for queries, and as a file after `dump`.

    Query before `dump`: files named by rows may be deleted while a large dump is written.
    """

    file: Path
    query: Query
    tables: record.Tables
    dump: Callable[[], None]


class DatabaseDamaged(BackupError):
    """The database cannot be read completely."""


def snapshot(folder: Path):
    """Context manager: a Snapshot whose file is in `folder`. Raises BackupError."""
    return _SNAPSHOTS[connection.vendor](folder)


@contextmanager
def _sqlite_snapshot(folder):
    file = folder / "database"
    source_name = connection.settings_dict["NAME"]
    if not Path(source_name).exists():
        raise BackupError("There is no database yet: nothing to back up.")
    with closing(sqlite3.connect(source_name)) as source, closing(sqlite3.connect(file)) as copy:

        def query(sql):
            return copy.execute(sql).fetchall()

        try:
            # Copy all pages in one read transaction, which does not block writers in WAL mode.
            source.backup(copy)
            # Leave no journal: only the main file goes into the archive.
            copy.execute("PRAGMA journal_mode=DELETE")
            refuse_damage(query)
            # The file is complete already.
            yield Snapshot(file, query, record.tables(query), dump=lambda: None)
        except sqlite3.Error as error:
            raise DatabaseDamaged(f"SQLite cannot read the database: {error}.") from error


def refuse_damage(query: Query) -> None:
    """Raise DatabaseDamaged if SQLite finds its database damaged."""
    (verdict,) = query("PRAGMA integrity_check(1)")[0]
    if verdict != "ok":
        raise DatabaseDamaged(f"SQLite finds the database itself damaged: {verdict}.")


@contextmanager
def _postgres_snapshot(folder):
    file = folder / "database"
    with closing(postgres.session()) as session:
        session.set_session(isolation_level="REPEATABLE READ", readonly=True)
        cursor = session.cursor()

        def query(sql):
            try:
                cursor.execute(sql)
                return cursor.fetchall()
            except psycopg2.Error as error:
                raise DatabaseDamaged(
                    f"PostgreSQL cannot read the database: {postgres.first_line(error)}."
                ) from error

        # pg_dump uses the same snapshot as the queries.
        ((moment,),) = query("SELECT pg_export_snapshot()")

        def dump():
            try:
                postgres.run("pg_dump", "--format=custom", "--no-owner", "--no-privileges",
                             f"--snapshot={moment}", f"--file={file}")  # fmt: skip
            except BackupError as error:
                raise DatabaseDamaged(str(error)) from error

        # Report missing client programs before copying.
        postgres.program("pg_dump")
        yield Snapshot(file, query, record.tables(query), dump)


_SNAPSHOTS = {"sqlite": _sqlite_snapshot, "postgresql": _postgres_snapshot}
