"""What `kotaku.integrity` and `kotaku.caching` keep in the database by triggers, for the checks."""

from collections.abc import Iterator

from django.db import connection

from kotaku.caching import data_version
from kotaku.integrity import keeping, rules, triggers, values
from kotaku.verification.checks import some

MOST = 11


def wanted_triggers(vendor: str, tables: dict[str, set[str]]) -> dict[str, str]:
    """Return all triggers (name → statement) that these tables need."""
    return data_version.wanted(vendor, tables) | keeping.wanted(vendor, tables)


def broken_rows() -> Iterator[str]:
    """Yield a sentence for each column and each rule between tables that rows break."""
    with connection.cursor() as cursor:
        tables = triggers.tables(connection, cursor)
        for model in triggers.house_models():
            yield from _wrong_values(cursor, model)
        for rule in rules.RULES:
            if rule.fits(tables):
                alias, table = next(iter(rule.tables.items()))
                query = rule.select(connection.vendor, f"DISTINCT {alias}.id")
                if keys := _keys(cursor, query):
                    yield f"{table}, baris {some(keys)}: {rule.sentence} ({rule.name})"


def _wrong_values(cursor, model):
    table = model._meta.db_table
    for field in model._meta.local_concrete_fields:
        if condition := values.forbidden(connection.vendor, field):
            query = f'SELECT "{model._meta.pk.column}" FROM "{table}" WHERE {condition}'
            if keys := _keys(cursor, query):
                yield f"{table}, baris {some(keys)}: nilai yang tidak boleh ada di kolom {field.column}."


def _keys(cursor, query) -> list:
    cursor.execute(f"{query} ORDER BY 1 LIMIT {MOST}")
    return [key for (key,) in cursor.fetchall()]
