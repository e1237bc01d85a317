"""Keep the triggers of one purpose in the database as the code describes them.

Their names begin with a prefix and end with a hash of the statement, so that a changed statement is
noticed. They are compared after every migration, because SQLite drops a table's triggers when it
rebuilds the table.
"""

import hashlib
import re

from django.apps import apps
from django.conf import settings


def house_models() -> list:
    """Return the models of the project's apps, including hidden many-to-many models."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in settings.HOUSE_APPS
        and model._meta.managed
        and not model._meta.proxy
    ]


def trigger(prefix: str, rest: str) -> tuple[str, str]:
    """Return the name and the statement of a trigger; `rest` follows the name in the statement."""
    name = f"{prefix}_{hashlib.sha256(rest.encode()).hexdigest()[:16]}"
    return name, f"CREATE TRIGGER {name} {rest}"


def refusing(vendor: str, prefix: str, when: str, table: str, broken: str, why: str):
    """Return a trigger that refuses a change if an SQL condition is true.

    `when` is such as "AFTER INSERT". The condition may hold queries, which a trigger's WHEN may not
    on PostgreSQL, so there it is in a function of the trigger's own name.
    """
    why = why.replace("'", "''")
    if vendor == "sqlite":
        rest = f"""{when} ON "{table}" WHEN {broken} BEGIN SELECT RAISE(ABORT, '{why}'); END"""
        return trigger(prefix, rest)
    body = (
        f"BEGIN IF {broken} THEN RAISE EXCEPTION USING MESSAGE = '{why}', "
        "ERRCODE = 'check_violation'; END IF; RETURN NULL; END"
    )
    rest = f'{when} ON "{table}" FOR EACH ROW EXECUTE FUNCTION'
    name, _ = trigger(prefix, rest + body)
    return name, (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$; "
        f"CREATE TRIGGER {name} {rest} {name}()"
    )


def keep(vendor: str, cursor, prefix: str, wanted: dict[str, str]) -> None:
    """Create the wanted triggers (name → statement) and drop others with this prefix."""
    found = present(vendor, cursor, prefix)
    for name in found.keys() - wanted.keys():
        if vendor == "postgresql":
            cursor.execute(f"DROP TRIGGER {name} ON {found[name]}")
            cursor.execute(f"DROP FUNCTION IF EXISTS {name}()")
        else:
            cursor.execute(f"DROP TRIGGER {name}")
    for name in sorted(wanted.keys() - found.keys()):
        cursor.execute(wanted[name])


# Django's introspection also parses each table's statement, which takes seconds on SQLite.
COLUMNS = {
    "sqlite": """SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c
        WHERE t.type = 'table'""",
    "postgresql": """SELECT table_name, column_name FROM information_schema.columns
        WHERE table_schema = current_schema()""",
}


def tables(connection, cursor) -> dict[str, set[str]]:
    """Return the existing tables of the project's models, each with its columns."""
    ours = {model._meta.db_table for model in house_models()}
    found: dict[str, set[str]] = {}
    cursor.execute(COLUMNS[connection.vendor])
    for table, column in cursor.fetchall():
        if table in ours:
            found.setdefault(table, set()).add(column)
    return found


def constraint_names(connection, cursor) -> set[str]:
    """Return the names of all constraints, which are unique in the project."""
    if connection.vendor == "postgresql":
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE connamespace = current_schema()::regnamespace"
        )
        return {name for (name,) in cursor.fetchall()}
    cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'table'")
    return {name for (sql,) in cursor.fetchall() for name in re.findall(r'CONSTRAINT "(\w+)"', sql)}


def present(vendor, cursor, prefix) -> dict[str, str]:
    """Return the names of the triggers with this prefix, each with its table."""
    if vendor == "postgresql":
        cursor.execute(
            "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE %s",
            [f"{prefix}%"],
        )
    else:
        cursor.execute(
            "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s",
            [f"{prefix}%"],
        )
    return dict(cursor.fetchall())
