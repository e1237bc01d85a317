"""Raw SQL writes no value that its column may not hold, whatever table and database."""

import uuid

import pytest
from django.apps import apps
from django.core.management import CommandError
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.utils import timezone

from areas.models import Programme
from areas.sample.figures import load_sample
from areas.sample.reference import load_reference
from kotaku.integrity import values
from kotaku.models import AuditEvent
from meetings.sample.reference import load_meeting_of_2016
from meetings.sample.sample import load_sample_meeting
from tests.kotaku.integrity.constraints_alone import constraints_alone

HOUSE_APPS = ("kotaku", "areas", "meetings")


@pytest.fixture
def rows(db):
    """The sample, and a row of each table that it leaves empty."""
    load_reference()
    load_meeting_of_2016()
    load_sample()
    load_sample_meeting()
    for model in record_models():
        if not model._base_manager.exists():
            made_up(model).save(force_insert=True)


def record_models():
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label in HOUSE_APPS and not model._meta.proxy
    ]


def made_up(model):
    """A row of a model with something valid in each field that has no default."""
    return model(
        **{
            field.name: made_up_value(field)
            for field in model._meta.concrete_fields
            if not (field.null or field.has_default() or field.primary_key)
        }
    )


def made_up_value(field):
    if field.is_relation:
        return field.related_model._base_manager.first()
    if field.choices:
        return field.flatchoices[0][0]
    if isinstance(field, models.DateTimeField):
        return timezone.now()
    if isinstance(field, models.DateField):
        return timezone.localdate()
    if isinstance(field, models.UUIDField):
        return uuid.uuid4()
    if isinstance(field, (models.IntegerField, models.DecimalField)):
        return 2020 if field.name == "year" else 1
    return "a" * 64 if field.name in ("sha256", "digest") else "a"


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


def test_rows_that_break_a_rule_stop_a_migration_before_it_changes_anything(programme):
    constraints_alone()
    Programme.objects.update(baseline_year=1800)
    named = rf"areas_programme, column baseline_year, rows {programme.pk}$"
    with pytest.raises(CommandError, match=named):
        values.before_migration("default")
    Programme.objects.update(baseline_year=2016)
    values.before_migration("default")
    values.install("default")
    assert is_refused(Programme, Programme._meta.get_field("baseline_year"), 1800)


def test_a_migration_may_rename_a_choice_but_leaves_none_that_is_unknown(admin):
    values.before_migration("default")
    event = AuditEvent.objects.create(kind="lain", actor=admin)
    values.before_migration("default")
    with pytest.raises(CommandError, match=rf"kotaku_auditevent, column kind, rows {event.pk}$"):
        values.install("default")
