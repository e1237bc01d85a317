"""Copy the database consistently while it is in use, and load such a copy."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg2
from django.db import connection

from kotaku.backup import record
from kotaku.backup.archive import BackupError
from kotaku.backup.record import Query


@dataclass(frozen=True)
class Snapshot:
    """The database at one moment: for queries, and as a file after `dump`.

    Query before `dump`: files named by rows may be deleted while a large dump is written.
    """

    file: Path
    query: Query
    tables: set[str]
    dump: Callable[[], None]


def snapshot(folder: Path):
    """Context manager: a Snapshot whose file is in `folder`."""
    return _SNAPSHOTS[connection.vendor](folder)


def load(file: Path) -> None:
    """Replace the whole database by the copy. Raises BackupError."""
    connection.close()
    _LOADERS[connection.vendor](file)
    connection.close()


@contextmanager
def _sqlite_snapshot(folder):
    file = folder / "database"
    source_name = connection.settings_dict["NAME"]
    if not Path(source_name).exists():
        raise BackupError("There is no database yet: nothing to back up.")
    with closing(sqlite3.connect(source_name)) as source, closing(sqlite3.connect(file)) as copy:
        # Copy all pages in one read transaction, which does not block writers in WAL mode.
        source.backup(copy)
        # Leave no journal: only the main file goes into the archive.
        copy.execute("PRAGMA journal_mode=DELETE")

        def query(sql):
            return copy.execute(sql).fetchall()

        (verdict,) = query("PRAGMA integrity_check(1)")[0]
        if verdict != "ok":
            raise BackupError(f"SQLite finds the database itself damaged: {verdict}")
        rows = query("SELECT name FROM sqlite_master WHERE type = 'table'")
        # The file is complete already.
        yield Snapshot(file, query, {name for (name,) in rows}, dump=lambda: None)


def _load_sqlite(file):
    with (
        closing(sqlite3.connect(file)) as source,
        closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=20)) as live,
    ):
        try:
            # One transaction: other processes see either the old or the new data.
            source.backup(live)
        except sqlite3.Error as error:
            raise BackupError(
                f"The database could not be written ({error}). Stop the site and restore again."
            ) from error


@contextmanager
def _postgres_snapshot(folder):
    file = folder / "database"
    with closing(psycopg2.connect(**_parameters())) as session:
        session.set_session(isolation_level="REPEATABLE READ", readonly=True)
        cursor = session.cursor()

        def query(sql):
            cursor.execute(sql)
            return cursor.fetchall()

        # pg_dump uses the same snapshot as the queries.
        ((moment,),) = query("SELECT pg_export_snapshot()")

        def dump():
            _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges",
                 f"--snapshot={moment}", f"--file={file}")  # fmt: skip

        # Report missing client programs before copying.
        _program("pg_dump")
        rows = query("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        yield Snapshot(file, query, {name for (name,) in rows}, dump)


def _load_postgres(file):
    # Report a missing program before dropping tables. They are dropped first because an older
    # archive may lack some of the present tables.
    _program("pg_restore")
    with closing(psycopg2.connect(**_parameters())) as session, session, session.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        (schema,) = cursor.fetchone()
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        tables = [record.quoted(name) for (name,) in cursor.fetchall()]
        if tables:
            cursor.execute(f"DROP TABLE {', '.join(tables)} CASCADE")
        # Functions of dropped triggers remain and would conflict with those of the archive.
        cursor.execute(_OWN_FUNCTIONS)
        for (function,) in cursor.fetchall():
            cursor.execute(f"DROP FUNCTION {function} CASCADE")
    # Keep the schema: another role may own it, and creating it again would fail.
    _run("pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges",
         f"--schema={schema}", f"--dbname={connection.settings_dict['NAME']}", str(file))  # fmt: skip


# Functions of the schema that do not belong to an extension.
_OWN_FUNCTIONS = """
    SELECT p.oid::regprocedure::text FROM pg_proc p
    WHERE p.pronamespace = current_schema()::regnamespace
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
"""


def _parameters() -> dict:
    """Return the connection parameters for psycopg2, without Django's own."""
    parameters = connection.get_connection_params()
    return {
        name: parameters[name]
        for name in ("dbname", "user", "password", "host", "port", "sslmode", "sslrootcert")
        if name in parameters
    }


def _program(name: str) -> str:
    found = shutil.which(name)
    if not found:
        raise BackupError(
            f"{name} was not found. Install PostgreSQL's client programs, in the server's version or "
            "newer (Debian: apt install postgresql-client)."
        )
    return found


def _run(program: str, *arguments: str) -> None:
    """Run a client program; the password is in its environment, where `ps` does not show it."""
    names = {"dbname": "PGDATABASE", "user": "PGUSER", "password": "PGPASSWORD", "host": "PGHOST",
             "port": "PGPORT", "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT"}  # fmt: skip
    environment = {names[name]: str(value) for name, value in _parameters().items()}
    finished = subprocess.run(
        [_program(program), *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if finished.returncode:
        said = finished.stderr.strip().splitlines() or ["it said nothing"]
        raise BackupError(f"{program} failed: {said[-1]}")


_SNAPSHOTS = {"sqlite": _sqlite_snapshot, "postgresql": _postgres_snapshot}
_LOADERS = {"sqlite": _load_sqlite, "postgresql": _load_postgres}
