"""The data version: random tokens that every change of the data replaces in its transaction.

Triggers on every table of the project's apps do this, so every way of writing is covered: models,
the admin, `queryset.update()`, imports, commands and manual SQL. A rolled-back change does not
count, and a change is never visible without its new token. Tokens are random, not counters, so
that no two states share one. A restored backup gets new tokens, because a page cached under its old
tokens may show changes made just after the backup.

Each table belongs to a topic: its app, unless its model names another (`version_topic`). Each
topic has its own tokens, so an answer computed from one topic stays cached while others change
(`kotaku.caching.remembered`). The data version is the tokens of all topics.

PostgreSQL: writers never wait for each other here. Each updates a row that no other transaction
has locked (SKIP LOCKED) or adds one, so a topic may have several rows. A transaction changes the
token of a topic only once, regardless of its number of statements.
"""

import secrets
from collections.abc import Collection
from functools import cache

from django.core.management.color import no_style
from django.db import connections, router, transaction

from kotaku.integrity import triggers
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
    """Return the version, as (topic, token) pairs, of the database that this request reads from.

    Call it before reading the data.
    """
    with connections[router.db_for_read(DataVersion)].cursor() as cursor:
        cursor.execute(f"SELECT topic, token FROM {TABLE} ORDER BY id")
        return tuple(cursor.fetchall())


def topic_of(model) -> str:
    """Return the topic of this model's table."""
    # The hidden table of a many-to-many field belongs to the model with the field.
    owner = model._meta.auto_created or model
    return getattr(owner, "version_topic", owner._meta.app_label)


@cache
def topics() -> dict[str, int]:
    """Return all topics, each with the primary key of its first row."""
    names = {topic_of(model) for model in watched_models()}
    return {name: number for number, name in enumerate(sorted(names), 1)}


def watched_models() -> list:
    """Return the project's models whose changes count."""
    return [model for model in triggers.house_models() if getattr(model, "is_part_of_record", True)]


def install(using: str) -> None:
    """Create the triggers on all existing watched tables, and drop outdated ones."""
    connection = connections[using]
    with transaction.atomic(using), connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        if TABLE not in tables:
            return
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRES_FUNCTION)
        triggers.keep(connection.vendor, cursor, PREFIX, wanted(connection.vendor, tables))
        # The data may have changed while triggers were missing.
        _renew(connection, cursor)


def wanted(vendor: str, tables: Collection[str]) -> dict[str, str]:
    """Return the triggers (name → statement) on these tables."""
    found = {}
    for model in watched_models():
        if model._meta.db_table in tables:
            found |= _triggers(vendor, model)
    return found


def renew(using: str) -> None:
    """Replace all tokens with new ones, which invalidates everything cached so far."""
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


def _triggers(vendor, model) -> dict[str, str]:
    """Return name → statement."""
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
    return dict(triggers.trigger(PREFIX, f"AFTER {event} {body}") for event in events)
