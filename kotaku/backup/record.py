"""Facts about the content of a database: row counts, migrations, file names."""

from collections.abc import Callable

from django.apps import apps
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader

from kotaku.files.digested import digested_fields
from kotaku.integrity.triggers import COLUMNS
from kotaku.models import DataVersion

# Runs one statement and returns its rows; each snapshot has its own.
Query = Callable[[str], list[tuple]]
# The columns of each table.
Tables = dict[str, set[str]]
OUR_APPS = ("kotaku", "areas", "meetings")
# Databases made before the first release have this migration; their tables may differ from ours.
BEFORE_RELEASE = ("kotaku", "0002_sign_in_and_audit")
# Every database of this software has it.
FIRST_MIGRATION = ("kotaku", "0001_initial")


def all_models() -> list[type[models.Model]]:
    """Return every model with a table, including those of many-to-many fields."""
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.managed and not model._meta.proxy]


def counts(query: Query, tables: Tables) -> dict[str, int]:
    """Return the number of rows of each of our tables."""
    names = sorted({model._meta.db_table for model in all_models()} & tables.keys())
    return {name: _count(query, name) for name in names}


def miscounted(query: Query, tables: Tables, manifest: dict) -> str | None:
    """Return a table that does not have the rows that an archive's manifest counts; None if none."""
    for name, rows in sorted(manifest["counts"].items()):
        if name not in tables or _count(query, name) != rows:
            return name
    return None


def _count(query, name) -> int:
    return query(f"SELECT COUNT(*) FROM {quoted(name)}")[0][0]


def migrations(query: Query, tables: Tables) -> list[list[str]]:
    """Return the applied migrations as [app, name], sorted."""
    if "django_migrations" not in tables:
        return []
    return sorted(list(row) for row in query("SELECT app, name FROM django_migrations"))


def files(query: Query, tables: Tables) -> dict[str, str]:
    """Return the storage name of each file that a row names, with its SHA-256 ("" if unknown)."""
    found = {}
    for model in all_models():
        table = model._meta.db_table
        columns = tables.get(table, set())
        for field in digested_fields(model):
            if field.column not in columns:
                continue
            # The database of an older version has no digests.
            known = field.digest_field in columns
            digest = quoted(field.digest_field) if known else "''"
            found |= query(f"SELECT {quoted(field.column)}, {digest} FROM {quoted(table)}")
    return {name: digest for name, digest in found.items() if name}


def tables(query: Query) -> Tables:
    """Return the tables of a database of the configured kind."""
    found: Tables = {}
    for table, column in query(COLUMNS[connection.vendor]):
        found.setdefault(table, set()).add(column)
    return found


def live_tables() -> Tables:
    """Return the tables of the configured database."""
    return tables(live_query)


def live_files() -> dict[str, str]:
    """Return the files that rows of the configured database name, each with its SHA-256."""
    return files(live_query, live_tables())


def has_data() -> bool:
    """Whether the configured database has rows in tables of our apps."""
    tables = set(connection.introspection.table_names())
    ours = [
        model
        for model in all_models()
        # An empty installation has a data version too.
        if model._meta.app_label in OUR_APPS and model is not DataVersion
    ]
    return any(model._base_manager.exists() for model in ours if model._meta.db_table in tables)


def known_migrations() -> set[tuple[str, str]]:
    """Return the migrations that this version of the software has."""
    return set(MigrationLoader(None).disk_migrations)


def live_query(sql: str) -> list[tuple]:
    """Query the configured database."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def quoted(name: str) -> str:
    """Return the name of a table or column, quoted for SQL."""
    return '"' + name.replace('"', '""') + '"'
