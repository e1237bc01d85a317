"""Values that no column may hold, refused by triggers on both databases.

SQLite stores any text in any column, and PostgreSQL takes NaN for larger than every number, so that
CHECK (area_ha >= 0) accepts both. The rules follow from the models' fields: a number is a number
within its digits, a choice is one of the choices, and a year lies between FIRST_YEAR and LAST_YEAR.
On SQLite a text is no longer than declared and a date is a date.

Migrations run without these triggers, because a migration may rename choices.
"""

from collections.abc import Iterator

from django.core.management.base import CommandError
from django.db import connections, models, transaction

from kotaku.integrity import triggers
from kotaku.limits import FIRST_YEAR, LAST_YEAR

PREFIX = "kotaku_value"
POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {PREFIX}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'check_violation';
END $$"""
# So many rows of a table are listed before a migration stops.
LISTED = 20


def is_year(field) -> bool:
    """Return whether a field holds a calendar year."""
    return field.name == "year" or field.name.endswith("_year")


def forbidden(vendor: str, field, row: str = "", *, choices: bool = True) -> str:
    """Return an SQL condition that is true for values the field must not hold, "" without a rule.

    `row` is put before the column, such as "NEW.". NULL is left to the column itself.
    """
    column = f'{row}"{field.column}"'
    rules = [rule.format(column) for rule in _rules(vendor, field)]
    if choices and field.choices:
        rules.append(f"{column} IN ({_listed(field)})")
    return f"({column} IS NOT NULL AND NOT ({' AND '.join(rules)}))" if rules else ""


def _rules(vendor, field) -> Iterator[str]:
    """Yield the SQL conditions that a value fulfils, with {} for the column."""
    on_sqlite = vendor == "sqlite"
    if isinstance(field, models.DecimalField):
        if on_sqlite:
            yield "typeof({}) IN ('integer', 'real')"
        yield f"abs({{}}) < {10 ** (field.max_digits - field.decimal_places)}"
    elif isinstance(field, models.IntegerField) and on_sqlite:
        # A sum may be a real number until it is stored.
        yield "typeof({0}) IN ('integer', 'real') AND {0} = CAST({0} AS INTEGER)"
    elif isinstance(field, models.BooleanField) and on_sqlite:
        yield "{} IN (0, 1)"
    elif isinstance(field, models.DateTimeField) and on_sqlite:
        yield "datetime({}) IS NOT NULL"
        yield "date(substr({0}, 1, 10), '+0 days') IS substr({0}, 1, 10)"
    elif isinstance(field, models.DateField) and on_sqlite:
        # A modifier makes SQLite compute: 31 February becomes 2 March.
        yield "date({0}, '+0 days') IS {0}"
    elif isinstance(field, (models.CharField, models.FileField)) and on_sqlite:
        yield f"length({{}}) <= {field.max_length}"
    if is_year(field):
        or_zero = " OR {0} = 0" if getattr(field.model, "has_year_zero", False) else ""
        yield f"({{0}} BETWEEN {FIRST_YEAR} AND {LAST_YEAR}{or_zero})"


def _listed(field) -> str:
    """Return a field's choices as SQL literals."""
    values = [value for value, _ in field.flatchoices] + ([""] if field.blank else [])
    return ", ".join(
        str(value) if isinstance(value, int) else "'{}'".format(value.replace("'", "''"))
        for value in values
    )


def before_migration(using: str) -> None:
    """Check all rows by the rules that no migration changes, then drop the triggers.

    Raises CommandError, which lists rows that break a rule, before anything is changed.
    """
    connection = connections[using]
    with transaction.atomic(using), connection.cursor() as cursor:
        _refuse_broken_rows(connection, cursor, choices=False)
        triggers.keep(connection.vendor, cursor, PREFIX, {})


def install(using: str) -> None:
    """Create the triggers on all existing tables of the project, and drop outdated ones.

    Raises CommandError, which lists rows that break a rule.
    """
    connection = connections[using]
    with transaction.atomic(using), connection.cursor() as cursor:
        if _are_all_there(connection.vendor, cursor):
            return
        wanted = {}
        for table, fields in _existing_fields(connection, cursor):
            wanted |= dict(_triggers(connection.vendor, table, fields))
        _refuse_broken_rows(connection, cursor, choices=True)
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRES_FUNCTION)
        triggers.keep(connection.vendor, cursor, PREFIX, wanted)


def _are_all_there(vendor, cursor) -> bool:
    """Return whether nothing is to be done; each test that empties the database asks."""
    present = triggers.present(vendor, cursor, PREFIX)
    return all(
        name in present
        for model in triggers.house_models()
        for name, _ in _triggers(vendor, model._meta.db_table, model._meta.local_concrete_fields)
    )


def _triggers(vendor, table, fields) -> Iterator[tuple[str, str]]:
    rules = [forbidden(vendor, field, "NEW.") for field in fields]
    condition = " OR ".join(filter(None, rules))
    if not condition:
        return
    message = f"{table}: a value is none that its column may hold"
    if vendor == "postgresql":
        yield triggers.trigger(
            PREFIX,
            f'BEFORE INSERT OR UPDATE ON "{table}" FOR EACH ROW WHEN ({condition}) '
            f"EXECUTE FUNCTION {PREFIX}('{message}')",
        )
        return
    for event in ("INSERT", "UPDATE"):
        yield triggers.trigger(
            PREFIX,
            f'BEFORE {event} ON "{table}" WHEN {condition} '
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END",
        )


def _refuse_broken_rows(connection, cursor, *, choices):
    lines = list(
        _broken_rows(connection.vendor, cursor, _existing_fields(connection, cursor), choices)
    )
    if lines:
        raise CommandError(
            "The database holds values that their columns may not hold. Correct these rows, then "
            "migrate again:\n" + "\n".join(lines)
        )


def _broken_rows(vendor, cursor, tables, choices) -> Iterator[str]:
    for table, fields in tables:
        for field in fields:
            if condition := forbidden(vendor, field, choices=choices):
                cursor.execute(
                    f'SELECT "{field.model._meta.pk.column}" FROM "{table}" '
                    f"WHERE {condition} ORDER BY 1 LIMIT {LISTED}"
                )
                if keys := [str(key) for (key,) in cursor.fetchall()]:
                    yield f"  {table}, column {field.column}, rows {', '.join(keys)}"


def _existing_fields(connection, cursor):
    """Yield each table with the fields whose columns it has: before a migration some lack."""
    tables = connection.introspection.table_names(cursor)
    for model in triggers.house_models():
        table = model._meta.db_table
        if table in tables:
            description = connection.introspection.get_table_description(cursor, table)
            columns = {column.name for column in description}
            yield (
                table,
                [field for field in model._meta.local_concrete_fields if field.column in columns],
            )
