"""Values that no column may hold, refused by triggers on both databases.

SQLite stores any text in any column, and PostgreSQL takes NaN for larger than every number, so that
CHECK (area_ha >= 0) accepts both. The rules follow from the models' fields: a number is a number
within its digits, a choice is one of the choices, and a year lies between FIRST_YEAR and LAST_YEAR.
Text with a normal form is stored in it, and a row of a file names one. On SQLite a text is no longer
than declared and a date is a date.
"""

from collections.abc import Iterator

from django.db import models

from kotaku.integrity import triggers
from kotaku.limits import FIRST_YEAR, LAST_YEAR
from kotaku.models.normal_text import NormalTextField

PREFIX = "kotaku_value"
POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {PREFIX}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'check_violation';
END $$"""


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
    if isinstance(field, NormalTextField):
        yield field.stored_form(vendor)
    elif isinstance(field, models.FileField) and not field.blank:
        yield "{} <> ''"
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


def wanted(vendor: str, tables: dict[str, set[str]]) -> dict[str, str]:
    """Return the triggers (name → statement) on the columns that these tables have."""
    found = {}
    for model in triggers.house_models():
        table = model._meta.db_table
        if table in tables:
            found |= dict(_triggers(vendor, table, _existing(model, tables)))
    return found


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


def broken_rows(
    vendor: str, cursor, tables: dict[str, set[str]], listed: int, *, choices: bool
) -> Iterator[str]:
    """Yield a line for each column with values that it may not hold, and the first such rows."""
    for model in triggers.house_models():
        table, key = model._meta.db_table, model._meta.pk.column
        for field in _existing(model, tables):
            if condition := forbidden(vendor, field, choices=choices):
                cursor.execute(
                    f'SELECT "{key}" FROM "{table}" WHERE {condition} ORDER BY 1 LIMIT {listed}'
                )
                if keys := ", ".join(str(key) for (key,) in cursor.fetchall()):
                    yield (
                        f"  {table}, column {field.column}, rows {keys}: "
                        "the column may not hold this value"
                    )


def _existing(model, tables):
    """Return the fields whose columns exist: before a migration some lack."""
    columns = tables.get(model._meta.db_table, set())
    return [field for field in model._meta.local_concrete_fields if field.column in columns]
