"""Whether tables, columns, constraints, indexes and triggers are those that the code describes."""

from collections.abc import Iterator

from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor

from kotaku.integrity import triggers
from kotaku.verification import trigger_checks

ADVICE = (
    "Jalankan manage.py migrate, yang memasang kembali pemicu. Kolom, aturan, atau indeks yang hilang "
    "berarti ada yang mengubah basis data langsung: pulihkan dari cadangan."
)


def deviations() -> Iterator[str]:
    """Yield a sentence for each difference between the database and the models."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        yield f"{len(waiting)} migrasi belum dijalankan, yang pertama {waiting[0][0]}."
        return
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for model in triggers.house_models():
            if model._meta.db_table in tables:
                yield from _of_table(cursor, model)
            else:
                yield f"Tabel {model._meta.db_table} tidak ada."
    yield from trigger_checks.deviations()


def _of_table(cursor, model):
    table = model._meta.db_table
    described = connection.introspection.get_table_description(cursor, table)
    columns = {column.name: column for column in described}
    fields = model._meta.local_concrete_fields
    for field in fields:
        if field.column not in columns:
            yield f"Kolom {table}.{field.column} tidak ada."
        elif columns[field.column].null_ok and not (field.null or field.primary_key):
            yield f"Kolom {table}.{field.column} boleh kosong, padahal harus selalu terisi."
    present = connection.introspection.get_constraints(cursor, table)
    for rule in (*model._meta.constraints, *model._meta.indexes):
        if rule.name not in present:
            yield f"Aturan atau indeks {rule.name} pada tabel {table} tidak ada."
    for field in fields:
        yield from _of_field(table, field, present.values())


def _of_field(table, field, present):
    alone = [each for each in present if each["columns"] == [field.column]]
    if field.unique and not any(each["unique"] or each["primary_key"] for each in alone):
        yield f"Nilai kolom {table}.{field.column} tidak lagi dijaga agar hanya ada satu kali."
    if isinstance(field, models.ForeignKey) and field.db_constraint:
        target = field.target_field
        wanted = (target.model._meta.db_table, target.column)
        if not any(each["foreign_key"] == wanted for each in alone):
            yield f"Kaitan {table}.{field.column} ke {wanted[0]} tidak lagi dijaga."
