"""Replace the database of this installation by a copy that was inspected."""

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg2
from django.db import connection

from kotaku.backup import postgres, record
from kotaku.backup.inspecting import OF_MIGRATION, own_lines
from kotaku.backup.manifest import BackupError

# Functions of the schema that do not belong to an extension.
_OWN_FUNCTIONS = """
    SELECT p.oid::regprocedure::text FROM pg_proc p
    WHERE p.pronamespace = current_schema()::regnamespace
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
"""


def load(file: Path, *, over_damage: bool = False) -> None:
    """Replace the whole database by the copy, without triggers. Raises BackupError.

    `over_damage`: what is there now is damaged and was copied elsewhere.
    """
    connection.close()
    _LOADERS[connection.vendor](file, over_damage)
    connection.close()


def _load_sqlite(file, over_damage):
    with closing(sqlite3.connect(file)) as source:
        triggers = source.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name <> ?", [OF_MIGRATION]
        )
        drops = [f"DROP TRIGGER {record.quoted(name)};" for (name,) in triggers]
        source.executescript(f"BEGIN; {' '.join(drops)} COMMIT;")
        _copy_pages(source, Path(connection.settings_dict["NAME"]), over_damage)


def _copy_pages(source, target, over_damage):
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if over_damage:
            # SQLite refuses to write over a file that it cannot read.
            for path in sqlite_files():
                path.unlink(missing_ok=True)
        with closing(sqlite3.connect(target, timeout=20)) as live:
            # One transaction: other processes see either the old or the new data.
            source.backup(live)
    except (sqlite3.Error, OSError) as error:
        raise BackupError(
            f"The database could not be written ({error}). Stop the site and restore again."
        ) from error


def sqlite_files() -> list[Path]:
    """Return the paths of the SQLite database and of its journal, existing or not."""
    name = connection.settings_dict["NAME"]
    return [Path(f"{name}{ending}") for ending in ("", "-wal", "-shm", "-journal")]


def _load_postgres(file, over_damage):
    # Report a missing program before dropping tables.
    listing = file.with_name("listing")
    listing.write_text(own_lines(postgres.run("pg_restore", "--list", str(file))))
    schema = _drop_everything()
    # Keep the schema: another role may own it, and creating it again would fail.
    postgres.run(
        "pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges",
        f"--use-list={listing}", f"--schema={schema}", f"--dbname={postgres.database()}", str(file),
    )  # fmt: skip


def _drop_everything() -> str:
    """Drop all tables, because an older archive may lack some of them; return the schema."""
    try:
        with closing(postgres.session()) as session, session, session.cursor() as cursor:
            cursor.execute("SELECT current_schema()")
            (schema,) = cursor.fetchone()
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
            tables = [record.quoted(name) for (name,) in cursor.fetchall()]
            if tables:
                cursor.execute(f"DROP TABLE {', '.join(tables)} CASCADE")
            # Functions of dropped triggers remain and would conflict with new ones.
            cursor.execute(_OWN_FUNCTIONS)
            for (function,) in cursor.fetchall():
                cursor.execute(f"DROP FUNCTION {function} CASCADE")
    except psycopg2.Error as error:
        raise BackupError(
            f"The database could not be emptied: {postgres.first_line(error)}."
        ) from error
    return schema


_LOADERS = {"sqlite": _load_sqlite, "postgresql": _load_postgres}
