"""Inspect the database in an archive before anything is touched.

A copy is refused if it is damaged, lacks tables that its migrations have made, does not hold what
the manifest says, or has objects that the software never makes, above all triggers: these would
run with the rights of the site.
"""

import re
import sqlite3
from contextlib import closing
from importlib import import_module
from pathlib import Path

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from kotaku.backup import databases, postgres, record
from kotaku.backup.manifest import BackupError

# Triggers and functions of the software. They are never taken from an archive, but made anew.
OWN_TRIGGER = re.compile(r"kotaku_[a-z_]+_[0-9a-f]{16}")
OWN_FUNCTION = re.compile(r"kotaku_[a-z0-9_]+\(\)")
# The exception, which only a migration makes: it is taken if it is the migration's, word by word.
OF_MIGRATION = "audit_is_append_only"
# The kinds of objects that pg_dump writes for the tables of models and their triggers.
KINDS = (
    "TABLE DATA", "TABLE", "SEQUENCE OWNED BY", "SEQUENCE SET", "SEQUENCE", "DEFAULT",
    "FK CONSTRAINT", "CHECK CONSTRAINT", "CONSTRAINT", "INDEX", "TRIGGER", "FUNCTION",
    "COMMENT", "SCHEMA", "EXTENSION", "DEFAULT ACL", "ACL", "STATISTICS", "ENCODING",
    "STDSTRINGS", "SEARCHPATH", "DATABASE",
)  # fmt: skip
_LINE = re.compile(rf"\d+; \d+ \d+ ({'|'.join(KINDS)}) (\S+) (.*)")
# Where pg_restore begins the rows of a table, one on each line.
_COPY = re.compile(r'COPY \S+\."?(\w+)"? \((.*)\) FROM stdin;\n')
_END = "\\.\n"


def inspect(copy: Path, manifest: dict) -> None:
    """Raise BackupError if the copy of a database may not be loaded."""
    try:
        _INSPECTORS[connection.vendor](copy, manifest)
    except BackupError:
        raise
    except Exception as error:
        # A hostile copy may be wrong in any way.
        raise BackupError(
            f"The archive's database cannot be read ({type(error).__name__}). Use another archive."
        ) from error


def own_lines(listing: str) -> str:
    """Return the lines of `pg_restore --list` without triggers and their functions."""
    return "\n".join(
        line
        for line in listing.splitlines()
        if not (found := _LINE.match(line))
        or found[1] not in ("TRIGGER", "FUNCTION")
        or OF_MIGRATION in found[3]
    )


def _of_migration() -> str:
    """Return the statement by which the first migration protects the audit."""
    statements = import_module("kotaku.migrations.0001_initial").APPEND_ONLY
    return _words(statements[connection.vendor][0])


def _words(sql) -> str:
    return " ".join(sql.split())


def _expected_tables(manifest) -> set[str]:
    """Return the tables that the archive's migrations have made."""
    applied = {tuple(migration) for migration in manifest["migrations"]}
    if applied == record.known_migrations():
        models = record.all_models()
    else:
        state = MigrationLoader(None).project_state(sorted(applied))
        models = state.apps.get_models(include_auto_created=True)
    return {model._meta.db_table for model in models if model._meta.managed}


def _refuse_missing(manifest, found):
    if missing := sorted(_expected_tables(manifest) - set(found)):
        raise BackupError(
            f"The archive's database lacks the table {missing[0]}, which its version of the "
            "software has. Use another archive."
        )


def _compare(manifest, migrations, counts):
    """Refuse a database that has other migrations or numbers of rows than the manifest says."""
    if sorted(migrations) != sorted(manifest["migrations"]):
        raise BackupError(
            "The archive's database has other migrations than its manifest says. "
            "Use another archive."
        )
    for table, rows in sorted(manifest["counts"].items()):
        if counts.get(table) != rows:
            raise BackupError(
                f"The archive's table {table} does not have the rows that its manifest counts. "
                "Use another archive."
            )


def _refuse_object(kind, name):
    raise BackupError(
        f"The archive's database holds the {kind} {name[:100]!r}, which the software never makes. "
        "Use another archive."
    )


def _inspect_sqlite(copy, manifest):
    # Read-only, and without a journal beside it.
    address = f"{copy.resolve().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as content:

        def query(sql):
            return content.execute(sql).fetchall()

        # No function or virtual table of a hostile schema runs.
        query("PRAGMA trusted_schema = OFF")
        _refuse_sqlite_objects(query)
        databases.refuse_damage(query)
        tables = record.tables(query)
        _refuse_missing(manifest, tables)
        _compare(manifest, record.migrations(query, tables), record.counts(query, tables))


def _refuse_sqlite_objects(query):
    for kind, name, sql in query("SELECT type, name, coalesce(sql, '') FROM sqlite_master"):
        is_virtual = re.match(r"\s*CREATE\s+VIRTUAL", sql, re.IGNORECASE)
        if kind not in ("table", "index", "trigger") or is_virtual:
            _refuse_object("virtual table" if is_virtual else kind, name)
        is_own = OWN_TRIGGER.fullmatch(name) or _words(sql) == _of_migration()
        if kind == "trigger" and not is_own:
            _refuse_object(kind, name)


def _inspect_postgres(copy, manifest):
    tables, filled = set(), set()
    for line in postgres.run("pg_restore", "--list", str(copy)).splitlines():
        if line.startswith(";") or not line.strip():
            continue
        found = _LINE.match(line)
        if not found:
            _refuse_object("object", line.split(" ", 3)[-1])
        kind, _, rest = found.groups()
        # The last word is the owner, which --no-owner leaves empty.
        words = rest.split(" ")
        if kind == "TRIGGER" and not (words[1] == OF_MIGRATION or OWN_TRIGGER.fullmatch(words[1])):
            _refuse_object("trigger", rest)
        if kind == "FUNCTION" and not _is_own_function(copy, words[0]):
            _refuse_object("function", rest)
        if kind == "TABLE":
            tables.add(words[0])
        if kind == "TABLE DATA":
            filled.add(words[0])
    _refuse_missing(manifest, tables & filled)
    _compare(manifest, *_rows(copy))


def _rows(copy) -> tuple[list[list[str]], dict[str, int]]:
    """Return the migrations in a dump, and the number of rows of each table.

    All rows are decoded, so nothing is dropped for a dump that cannot be loaded.
    """
    migrations, counts, table, columns = [], {}, None, []
    for line in postgres.lines("pg_restore", "--data-only", "--file=-", str(copy)):
        if table is None:
            if found := _COPY.fullmatch(line):
                table, columns = found[1], found[2].split(", ")
                counts[table] = 0
        elif line == _END:
            table = None
        else:
            counts[table] += 1
            if table == "django_migrations":
                row = dict(zip(columns, line.rstrip("\n").split("\t"), strict=True))
                migrations.append([row["app"], row["name"]])
    return migrations, counts


def _is_own_function(copy, name) -> bool:
    if OWN_FUNCTION.fullmatch(name):
        return True
    body = _of_migration().split("$$")[1]
    script = postgres.run("pg_restore", "--schema-only", "--file=-", str(copy))
    return name == f"{OF_MIGRATION}()" and f"$${body}$$" in _words(script)


_INSPECTORS = {"sqlite": _inspect_sqlite, "postgresql": _inspect_postgres}
