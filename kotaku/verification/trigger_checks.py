"""Whether the triggers of the database are those that the code describes, switched on, and no others."""

from collections.abc import Iterator

from django.db import connection

from kotaku.backup.inspecting import OF_MIGRATION, OWN_TRIGGER
from kotaku.backup.record import live_tables
from kotaku.verification.house_rules import wanted_triggers

_PRESENT = {
    "sqlite": "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": """
        SELECT tgname, tgrelid::regclass::text, CASE tgenabled WHEN 'O' THEN '' ELSE 'off' END
        FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
        WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace
    """,
}


def deviations() -> Iterator[str]:
    """Yield a sentence for each trigger that is missing, changed, switched off or foreign."""
    vendor = connection.vendor
    with connection.cursor() as cursor:
        cursor.execute(_PRESENT[vendor])
        present = {name: (table, text) for name, table, text in cursor.fetchall()}
    wanted = wanted_triggers(vendor, live_tables())
    for name in sorted(wanted.keys() - present.keys()):
        yield f"Pemicu {name} hilang: basis data tidak lagi menolak atau mencatat yang seharusnya."
    for name, (table, text) in sorted(present.items()):
        if name != OF_MIGRATION and not OWN_TRIGGER.fullmatch(name):
            yield (
                f"Pemicu asing {name} ada pada tabel {table}; pemulihan menolak cadangan yang "
                "memuatnya. Hapus dengan DROP TRIGGER."
            )
        elif vendor == "postgresql" and text:
            yield f"Pemicu {name} pada tabel {table} dimatikan."
        elif vendor == "sqlite" and name in wanted and text != wanted[name]:
            yield f"Pemicu {name} pada tabel {table} diubah."
