"""Whether the database can be read whole, by the means that its makers document.

SQLite checks itself. PostgreSQL has no such command without the extension amcheck; so every row is
read with all its columns, every primary key is counted with and without its index, and what the
server knows of damage is asked: failed page checksums, invalid indexes and constraints, and a
changed sort order of the operating system, which makes indexes on text wrong.
"""

from collections.abc import Iterator

from django.db import DatabaseError, connection, transaction

ADVICE = (
    "Hentikan situs dan pulihkan basis data dari cadangan terakhir yang baik (perintah restore); bila "
    "yang rusak hanya indeks, jalankan REINDEX."
)
_BY_INDEX = ("enable_seqscan",)
_WITHOUT_INDEX = ("enable_indexscan", "enable_indexonlyscan", "enable_bitmapscan")


def damage() -> Iterator[str]:
    """Yield a sentence for each damage that the database finds in itself."""
    with connection.cursor() as cursor:
        yield from _CHECKS[connection.vendor](cursor)


def _sqlite(cursor):
    cursor.execute("PRAGMA integrity_check")
    for (verdict,) in cursor.fetchall():
        if verdict != "ok":
            yield f"SQLite menemukan kerusakan: {verdict}."


def _postgres(cursor):
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
    for (table,) in sorted(cursor.fetchall()):
        try:
            cursor.execute(f'SELECT count(*), sum(length(t::text)) FROM "{table}" t')
        except DatabaseError as error:
            yield f"Tabel {table} tidak dapat dibaca seluruhnya: {_said(error)}."
            continue
        yield from _index_against_table(cursor, table)
    for sql, sentence in _QUESTIONS:
        cursor.execute(sql)
        for row in cursor.fetchall():
            yield sentence.format(*row)
    if connection.pg_version >= 150000:
        cursor.execute(_COLLATION)
        for row in cursor.fetchall():
            yield (
                "Urutan huruf sistem operasi berubah dari versi {} ke {}, sehingga indeks teks dapat "
                "salah. Jalankan REINDEX DATABASE, lalu ALTER DATABASE … REFRESH COLLATION VERSION."
            ).format(*row)


def _index_against_table(cursor, table):
    cursor.execute(_PRIMARY_KEY, [table])
    key = cursor.fetchone()
    if key is None:
        return
    counts = [_count(cursor, table, key[0], off) for off in (_BY_INDEX, _WITHOUT_INDEX)]
    if counts[0] != counts[1]:
        yield (
            f"Indeks tabel {table} memuat {counts[0]} baris, tetapi tabelnya {counts[1]}. "
            f"Jalankan REINDEX TABLE {table}."
        )


def _count(cursor, table, key, off) -> int:
    with transaction.atomic():
        for setting in off:
            cursor.execute(f"SET LOCAL {setting} = off")
        # A condition on the key makes the planner take its index.
        cursor.execute(f'SELECT count("{key}") FROM "{table}" WHERE "{key}" IS NOT NULL')
        (found,) = cursor.fetchone()
        for setting in off:
            # Within a surrounding transaction they would stay off to its end.
            cursor.execute(f"SET LOCAL {setting} = on")
        return found


def _said(error) -> str:
    return str(error).strip().split("\n")[0].rstrip(".")


_PRIMARY_KEY = """
    SELECT a.attname FROM pg_index i
    JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
    WHERE i.indrelid = to_regclass(quote_ident(%s)) AND i.indisprimary
"""
_QUESTIONS = (
    (
        """SELECT checksum_failures FROM pg_stat_database
        WHERE datname = current_database() AND checksum_failures > 0""",
        "PostgreSQL mencatat {} halaman yang jumlah periksanya salah: disknya mungkin rusak.",
    ),
    (
        "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid",
        "Indeks {} tidak sah.",
    ),
    (
        "SELECT conname, conrelid::regclass::text FROM pg_constraint WHERE NOT convalidated",
        "Aturan {} pada tabel {} belum diperiksa terhadap baris yang ada.",
    ),
)
_COLLATION = """
    SELECT datcollversion, pg_database_collation_actual_version(oid) FROM pg_database
    WHERE datname = current_database()
    AND datcollversion <> pg_database_collation_actual_version(oid)
"""
_CHECKS = {"sqlite": _sqlite, "postgresql": _postgres}
