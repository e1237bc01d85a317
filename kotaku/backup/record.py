"""Facts about the content of a database: row counts, migrations, file names."""

from collections.abc import Callable

from django.apps import apps
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader

from kotaku.models import DataVersion

# Runs one statement and returns its rows; each snapshot has its own.
Query = Callable[[str], list[tuple]]
OUR_APPS = ("kotaku", "areas", "meetings")
# Databases made before the first release have this migration; their tables may differ from ours.
BEFORE_RELEASE = ("kotaku", "0002_sign_in_and_audit")


def all_models() -> list[type[models.Model]]:
    """Return every model with a table, including those of many-to-many fields."""
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.managed and not model._meta.proxy]


def counts(query: Query, tables: set[str]) -> dict[str, int]:
    """Return the number of rows of each of our tables."""
    names = sorted({model._meta.db_table for model in all_models()} & tables)
    return {name: query(f"SELECT COUNT(*) FROM {quoted(name)}")[0][0] for name in names}


def migrations(query: Query, tables: set[str]) -> list[list[str]]:
    """Return the applied migrations as [app, name], sorted."""
    if "django_migrations" not in tables:
        return []
    return sorted(list(row) for row in query("SELECT app, name FROM django_migrations"))


def file_names(query: Query, tables: set[str]) -> set[str]:
    """Return the storage names of all files that rows name."""
    names = set()
    for model in all_models():
        for field in model._meta.local_fields:
            if isinstance(field, models.FileField) and model._meta.db_table in tables:
                rows = query(f"SELECT {quoted(field.column)} FROM {quoted(model._meta.db_table)}")
                names |= {name for (name,) in rows if name}
    return names


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
