"""Keep the triggers of `values`, `rules` and `history` in the database.

Migrations run without them: a migration may rename choices, and SQLite drops a table's triggers
when it rebuilds the table. What already breaks a rule stops a migration before it changes anything.
A migration that fails leaves the database without them until `migrate` has run to its end.
"""

from collections.abc import Iterator
from functools import cache

from django.core.management.base import CommandError
from django.db import connections, models, transaction

from kotaku.integrity import history, rules, triggers, values

KINDS = (values, rules, history)
# So many rows are listed for each rule.
LISTED = 20


def before_migration(using: str) -> None:
    """Check all rows by the rules that no migration changes, then drop the triggers.

    Raises CommandError, which lists the rows that break a rule.
    """
    connection = connections[using]
    with transaction.atomic(using), connection.cursor() as cursor:
        _refuse(broken_rows(using, choices=False))
        for kind in KINDS:
            triggers.keep(connection.vendor, cursor, kind.PREFIX, {})


def install(using: str) -> None:
    """Create the triggers on all existing tables of the project, and drop outdated ones.

    Raises CommandError, which lists the rows that break a rule.
    """
    connection = connections[using]
    with transaction.atomic(using), connection.cursor() as cursor:
        if _are_all_there(connection.vendor, cursor):
            return
        tables = triggers.tables(connection, cursor)
        _refuse(broken_rows(using))
        if connection.vendor == "postgresql":
            for kind in (values, history):
                cursor.execute(kind.POSTGRES_FUNCTION)
        for kind in KINDS:
            own = kind.wanted(connection.vendor, tables)
            triggers.keep(connection.vendor, cursor, kind.PREFIX, own)


def broken_rows(using: str, *, choices: bool = True) -> Iterator[str]:
    """Yield a line for each rule or column that rows break: what is wrong, and where.

    Without `choices`, values that are none of a field's choices are left out.
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = triggers.tables(connection, cursor)
        found = connection.vendor, cursor, tables, LISTED
        yield from values.broken_rows(*found, choices=choices)
        yield from rules.broken_rows(*found)
        yield from _broken_constraints(connection, cursor, tables)


def _broken_constraints(connection, cursor, tables) -> Iterator[str]:
    """Yield a line for each constraint that the database lacks yet and rows break."""
    present = triggers.constraint_names(connection, cursor)
    for model in triggers.house_models():
        table = model._meta.db_table
        wanted = [
            each for each in model._meta.constraints if isinstance(each, models.CheckConstraint)
        ]
        if table not in tables or not wanted:
            continue
        columns = {
            each.name for each in model._meta.concrete_fields if each.column in tables[table]
        }
        for constraint in wanted:
            if constraint.name in present:
                continue
            if constraint.condition.referenced_base_fields <= columns:
                broken = model._base_manager.using(connection.alias).exclude(constraint.condition)
                keys = broken.order_by("pk").values_list("pk", flat=True)[:LISTED]
                if named := ", ".join(map(str, keys)):
                    sentence = constraint.violation_error_message
                    yield f"  {table}, rows {named}: {sentence} ({constraint.name})"


def _refuse(lines):
    if lines := list(lines):
        raise CommandError(
            "The database holds rows that break a rule. Correct them, then migrate again:\n"
            + "\n".join(lines)
        )


def wanted(vendor: str, tables: dict[str, set[str]]) -> dict[str, str]:
    """Return all triggers (name → statement) of these tables (name → columns)."""
    return {
        name: statement for kind in KINDS for name, statement in kind.wanted(vendor, tables).items()
    }


def _are_all_there(vendor, cursor) -> bool:
    """Return whether nothing is to be done; each test that empties the database asks."""
    present: set[str] = set()
    for kind in KINDS:
        present |= triggers.present(vendor, cursor, kind.PREFIX).keys()
    return _complete(vendor) <= present


@cache
def _complete(vendor) -> set[str]:
    """Return the names of all triggers of a database with all tables."""
    tables = {
        model._meta.db_table: {field.column for field in model._meta.local_concrete_fields}
        for model in triggers.house_models()
    }
    return set(wanted(vendor, tables))
