"""History that never changes: the database refuses UPDATE and DELETE (on PostgreSQL TRUNCATE too).

A model says that its rows are history by `is_history`; they are only added. The retention of
personal data is the one exception: it works within `history_may_change`.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from kotaku.integrity import triggers

PREFIX = "kotaku_history"
# A setting of one transaction, on PostgreSQL.
ALLOWED = "kotaku.history_may_change"
POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {PREFIX}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(current_setting('{ALLOWED}', true), '') = '' THEN
    RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'UPDATE' THEN RETURN NEW; END IF;
  RETURN OLD;
END $$"""


@contextmanager
def history_may_change(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Allow this transaction to change and delete history; for the retention command only.

    The block is one transaction, or part of the surrounding one, and ends the permission whatever
    happens; other connections keep being refused. Blocks cannot be nested. On SQLite, which has
    no settings of a transaction but one writer at a time, the triggers are dropped and put back
    within it. `AuditEvent.objects` refuses by itself: use `AuditEvent._base_manager`.
    """
    connection = connections[using]
    with transaction.atomic(using), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT set_config(%s, 'yes', true)", [ALLOWED])
            yield
            cursor.execute("SELECT set_config(%s, '', true)", [ALLOWED])
        else:
            kept = wanted(connection.vendor, triggers.tables(connection, cursor))
            triggers.keep(connection.vendor, cursor, PREFIX, {})
            yield
            triggers.keep(connection.vendor, cursor, PREFIX, kept)


def history_models() -> list:
    """Return the models whose rows are history."""
    return [model for model in triggers.house_models() if getattr(model, "is_history", False)]


def wanted(vendor: str, tables: dict[str, set[str]]) -> dict[str, str]:
    """Return the triggers (name → statement) of the history that these tables hold."""
    found = {}
    for model in history_models():
        table = model._meta.db_table
        if table in tables:
            found |= dict(_triggers(vendor, table))
    return found


def _triggers(vendor, table) -> Iterator[tuple[str, str]]:
    why = f"{table}: lines of history never change"
    if vendor == "postgresql":
        for event, each in (("UPDATE OR DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
            yield triggers.trigger(
                PREFIX,
                f"BEFORE {event} ON \"{table}\" FOR EACH {each} EXECUTE FUNCTION {PREFIX}('{why}')",
            )
        return
    for event in ("UPDATE", "DELETE"):
        yield triggers.refusing(vendor, PREFIX, f"BEFORE {event}", table, "true", why)
