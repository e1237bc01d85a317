"""Raw SQL writes no value that its column may not hold, whatever table and database."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from kotaku.integrity import history, rules, triggers
from kotaku.models import AuditEvent
from tests.kotaku.integrity.rows import fill_every_table, record_models


@pytest.fixture
def rows(db):
    """A row of each table, in which only values are refused."""
    fill_every_table()
    with connection.cursor() as cursor:
        for kind in (rules, history):
            triggers.keep(connection.vendor, cursor, kind.PREFIX, {})


def bad_values(field):
    """What no field of this type means, each the worst of its kind."""
    if isinstance(field, models.DecimalField):
        yield from ("NaN", "sekitar dua", "1e30", "Infinity")
    elif field.name == "year" or field.name.endswith("_year"):
        yield from (1800, 2999, "dua ribu")
    elif field.choices:
        yield "tidak-ada"
    elif isinstance(field, models.BooleanField):
        yield "barangkali"
    elif isinstance(field, models.DateField):
        yield from ("kemarin", "2020-02-31")
    elif isinstance(field, models.IntegerField) and not field.primary_key:
        yield from ("banyak", "1.5")
    elif isinstance(field, (models.CharField, models.FileField)):
        yield "x" * (field.max_length + 1)


def is_refused(model, field, value) -> bool:
    key = model._base_manager.values_list("pk", flat=True)[0]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f'UPDATE "{model._meta.db_table}" SET "{field.column}" = %s '
                f'WHERE "{model._meta.pk.column}" = %s',
                [value, key],
            )
    except DatabaseError:
        return True
    return False


def test_each_column_of_each_table_refuses_what_it_cannot_mean(rows):
    accepted = [
        f"{model.__name__}.{field.name} = {str(value)[:20]}"
        for model in record_models()
        for field in model._meta.local_concrete_fields
        for value in bad_values(field)
        if not is_refused(model, field, value)
    ]
    assert accepted == [], accepted


def test_a_line_of_the_audit_is_of_a_known_kind(admin):
    with pytest.raises(IntegrityError, match="a value is none"), transaction.atomic():
        AuditEvent.objects.create(kind="lain", actor=admin)
