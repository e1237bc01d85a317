"""The version of the record: tokens that every change of it replaces, in the same transaction.

The database does it itself, by triggers on every table of the house. So no door can be forgotten:
verbs, the admin, `queryset.update()`, imports, commands and a line of SQL typed by hand all count,
what is rolled back does not, and nobody sees a change without its new token. A token is random,
never counted up: no two states of the record have the same one. A restored backup gets new ones:
what was drawn while its old ones were replaced may have shown more than they stood for.

Each table belongs to a topic: its app, unless its model names another (`version_topic`). Topics
have tokens of their own, so what is worked out of one alone can be kept while the others change
(`kotaku.remembered`); the version of the record is all of them together.

PostgreSQL: writers never wait for each other here. Each takes a row that no other transaction
holds (SKIP LOCKED) or adds one, so a topic may have several. A transaction changes its token of a
topic once, however many statements it has.
"""

import hashlib
import secrets

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connections, router, transaction

from kotaku.models import DataVersion

TABLE = DataVersion._meta.db_table
PREFIX = "kotaku_data_changed"

POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {PREFIX}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  fresh bigint := (random() * 9007199254740991)::bigint;
  noted text := 'kotaku.changed_' || TG_ARGV[0];
BEGIN
  IF coalesce(current_setting(noted, true), '') = '' THEN
    UPDATE {TABLE} SET token = fresh WHERE id =
      (SELECT id FROM {TABLE} WHERE topic = TG_ARGV[0] ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED);
    IF NOT FOUND THEN
      INSERT INTO {TABLE} (topic, token) VALUES (TG_ARGV[0], fresh);
    END IF;
    PERFORM set_config(noted, 'yes', true);
  END IF;
  RETURN NULL;
END $$"""


def current() -> tuple[tuple[str, int], ...]:
    """Return the version of what the database that readers use holds; ask before reading on.

    It is topics with their tokens.
    """
    with connections[router.db_for_read(DataVersion)].cursor() as cursor:
        cursor.execute(f"SELECT topic, token FROM {TABLE} ORDER BY id")
        return tuple(cursor.fetchall())


def topic_of(model) -> str:
    """Return the topic that a change of this model's table belongs to."""
    # A hidden table of many-to-many belongs to the model that it is of.
    owner = model._meta.auto_created or model
    return getattr(owner, "version_topic", owner._meta.app_label)


def topics() -> dict[str, int]:
    """Return all topics, each with the number of the first row that holds its token."""
    names = {topic_of(model) for model in watched_models()}
    return {name: number for number, name in enumerate(sorted(names), 1)}


def watched_models() -> list:
    """Return every model of the house whose changes count, the hidden ones of many-to-many too."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in settings.HOUSE_APPS
        and model._meta.managed
        and not model._meta.proxy
        and getattr(model, "is_part_of_record", True)
    ]


def install(using: str) -> None:
    """Put the triggers on all watched tables that are there, and take old ones away.

    Runs after every migration, because SQLite drops a table's triggers when it alters the table.
    """
    connection = connections[using]
    with transaction.atomic(using), connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        if TABLE not in tables:
            return
        wanted = {}
        for model in watched_models():
            if model._meta.db_table in tables:
                wanted |= _triggers(connection.vendor, model)
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRES_FUNCTION)
        present = _present(connection.vendor, cursor)
        for name in present.keys() - wanted.keys():
            suffix = f" ON {present[name]}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {name}{suffix}")
        for name in sorted(wanted.keys() - present.keys()):
            cursor.execute(wanted[name])
        # What changed while triggers were missing is a change as well.
        _renew(connection, cursor)


def renew(using: str) -> None:
    """Give the record a version that it never had: what was drawn before is not about it."""
    with transaction.atomic(using), connections[using].cursor() as cursor:
        _renew(connections[using], cursor)


def _renew(connection, cursor):
    cursor.execute(f"DELETE FROM {TABLE}")
    for topic, number in topics().items():
        cursor.execute(
            f"INSERT INTO {TABLE} (id, topic, token) VALUES (%s, %s, %s)",
            [number, topic, secrets.randbits(53)],
        )
    for statement in connection.ops.sequence_reset_sql(no_style(), [DataVersion]):
        cursor.execute(statement)


def _present(vendor, cursor) -> dict[str, str]:
    if vendor == "postgresql":
        cursor.execute(
            "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE %s",
            [f"{PREFIX}%"],
        )
    else:
        cursor.execute(
            "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s",
            [f"{PREFIX}%"],
        )
    return dict(cursor.fetchall())


def _triggers(vendor, model) -> dict[str, str]:
    """Return name → statement; the name tells the statement apart from an older one."""
    table, topic = model._meta.db_table, topic_of(model)
    unimportant = getattr(model, "not_part_of_record", ())
    updated = "UPDATE"
    if unimportant:
        columns = [
            f'"{field.column}"'
            for field in model._meta.local_concrete_fields
            if field.name not in unimportant
        ]
        updated += f" OF {', '.join(columns)}"
    if vendor == "postgresql":
        events = [f"INSERT OR DELETE OR {updated} OR TRUNCATE"]
        body = f"""ON "{table}" FOR EACH STATEMENT EXECUTE FUNCTION {PREFIX}('{topic}')"""
    else:
        events = ["INSERT", "DELETE", updated]
        body = (
            f'ON "{table}" BEGIN INSERT INTO {TABLE} (id, topic, token) '
            f"VALUES ({topics()[topic]}, '{topic}', random()) "
            "ON CONFLICT (id) DO UPDATE SET token = excluded.token; END"
        )
    statements = {}
    for event in events:
        rest = f"AFTER {event} {body}"
        digest = hashlib.sha256(rest.encode()).hexdigest()[:16]
        name = f"{PREFIX}_{digest}"
        statements[name] = f"CREATE TRIGGER {name} {rest}"
    return statements
