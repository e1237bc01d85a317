"""Migrations find rows that break a rule first; afterwards every trigger is there again."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError
from django.db import DatabaseError, connection, models, transaction
from django.db.models import F, Q

from areas.models import Programme
from kotaku.integrity import history, keeping, rules, triggers
from kotaku.integrity.history import history_may_change
from kotaku.models import AuditEvent, Region
from kotaku.verification import house_rules
from tests.factories import AgendaItemFactory, city
from tests.kotaku.integrity.constraints_alone import constraints_alone


def present() -> dict[str, set[str]]:
    with connection.cursor() as cursor:
        return {
            kind.PREFIX: set(triggers.present(connection.vendor, cursor, kind.PREFIX))
            for kind in keeping.KINDS
        }


def is_refused(change, message="") -> bool:
    try:
        with transaction.atomic():
            change()
    except DatabaseError as error:
        return message in str(error)
    return False


def test_rows_that_break_a_rule_stop_a_migration_before_it_changes_anything(programme, monkeypatch):
    region = city()
    constraints_alone()
    Programme.objects.update(baseline_year=1800)
    Region.objects.filter(pk=region.pk).update(parent=F("pk"))
    # As if the next migration brought it.
    not_yet = models.CheckConstraint(
        condition=~Q(source="Sumber uji."),
        name="not_there_yet",
        violation_error_message="Tulis sumbernya.",
    )
    constraints = [*Programme._meta.constraints, not_yet]
    monkeypatch.setattr(Programme._meta, "constraints", constraints)
    before = present()
    with pytest.raises(CommandError) as refusal:
        keeping.before_migration("default")
    assert present() == before
    assert str(refusal.value).splitlines() == [
        "The database holds rows that break a rule. Correct them, then migrate again:",
        (
            f"  areas_programme, column baseline_year, rows {programme.pk}: the column may not hold "
            "this value"
        ),
        (
            f"  kotaku_region, rows {region.pk}: Kabupaten atau kota adalah bagian dari sebuah "
            "provinsi. (region_in_province)"
        ),
        f"  areas_programme, rows {programme.pk}: Tulis sumbernya. (not_there_yet)",
    ]


def test_items_after_the_last_day_stop_a_migration_with_a_sentence_and_are_found(db):
    item = AgendaItemFactory(
        meeting__starts_at=datetime(2016, 11, 8, 23, tzinfo=ZoneInfo("Asia/Jakarta")),
        meeting__ends_at=datetime(2016, 11, 10, 6, tzinfo=ZoneInfo("Asia/Jakarta")),
        day=3,
    )
    assert is_refused(lambda: type(item).objects.update(day=4), "item_on_day_of_meeting: ")
    # As in a database from before this rule.
    keeping.before_migration("default")
    type(item).objects.update(day=4)
    line = f"meetings_agendaitem, rows {item.pk}: Acara berlangsung pada salah satu hari rapatnya."
    with pytest.raises(CommandError, match=line):
        keeping.install("default")
    (told,) = house_rules.broken_rows()
    assert told.startswith(line.replace("rows", "baris"))


def test_every_trigger_comes_back_after_a_migration(programme, officer):
    complete = present()
    assert all(complete.values())
    keeping.before_migration("default")
    assert not any(present().values())
    keeping.install("default")
    assert present() == complete
    # One went with an altered table.
    with connection.cursor() as cursor:
        for kind in keeping.KINDS:
            names = sorted(complete[kind.PREFIX])[1:]
            statements = kind.wanted(connection.vendor, triggers.tables(connection, cursor))
            triggers.keep(
                connection.vendor, cursor, kind.PREFIX, {name: statements[name] for name in names}
            )
    keeping.install("default")
    assert present() == complete


def test_a_migration_may_rename_a_choice_but_leaves_none_that_is_unknown(admin):
    keeping.before_migration("default")
    event = AuditEvent.objects.create(kind="lain", actor=admin)
    keeping.before_migration("default")
    with pytest.raises(CommandError, match=rf"kotaku_auditevent, column kind, rows {event.pk}: "):
        keeping.install("default")


def forget_and_fail():
    with history_may_change():
        AuditEvent._base_manager.all().delete()
        raise ValueError("gagal")


def test_retention_alone_changes_history_and_only_in_its_transaction(admin):
    lines = AuditEvent._base_manager
    for text in ("lama", "tua"):
        AuditEvent.objects.create(kind="exported", actor=admin, text=text)
    with history_may_change():
        lines.filter(text="lama").delete()
        lines.update(text="dihapus")
    assert lines.get().text == "dihapus"
    with pytest.raises(ValueError, match="gagal"):
        forget_and_fail()
    assert lines.get().text == "dihapus"
    assert is_refused(lines.all().delete, "lines of history never change")
    assert is_refused(lambda: lines.update(text="lain"), "lines of history never change")
    if connection.vendor == "postgresql":
        # Nothing of this test must be pending.
        connection.check_constraints()
        with connection.cursor() as cursor:
            truncate = f"TRUNCATE {AuditEvent._meta.db_table}"
            assert is_refused(lambda: cursor.execute(truncate), "never change")


def test_the_sentence_of_a_rule_is_known_by_its_error(programme):
    region = city()
    with pytest.raises(DatabaseError) as refusal, transaction.atomic():
        Region.objects.filter(pk=region.pk).update(parent=F("pk"))
    assert rules.sentence_of(refusal.value).startswith("Kabupaten atau kota adalah bagian")
    assert rules.sentence_of(ValueError("region_in_province")) == ""
    assert {each.__name__ for each in history.history_models()} >= {"AuditEvent", "FigureEvent"}
