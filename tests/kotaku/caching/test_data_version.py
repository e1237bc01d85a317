"""The version of the record: every change of every table of the house is a new one."""

import re

import pytest
from django.db import connection, transaction
from django.db.models import F

from kotaku.caching import data_version
from kotaku.integrity import triggers
from kotaku.models import User
from tests import factories

NAMES = "kotaku_data_changed%"
TABLES = sorted(model._meta.db_table for model in data_version.watched_models())


def watched_events(table):
    """Return the kinds of change of a table that the database notes, by its own catalogue."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgtype FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname LIKE %s",
                [f'"{table}"', NAMES],
            )
            bits = {"INSERT": 4, "DELETE": 8, "UPDATE": 16}
            return {
                name for (kind,) in cursor.fetchall() for name, bit in bits.items() if kind & bit
            }
        cursor.execute(
            "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
            " AND name LIKE %s",
            [table, NAMES],
        )
        return {re.search(r"AFTER (\w+)", sql)[1] for (sql,) in cursor.fetchall()}


def change(action):
    """Return whether an action in a transaction of its own is a new version, then undo it."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            # The test is one long transaction, and PostgreSQL notes a transaction once.
            with connection.cursor() as cursor:
                for topic in data_version.topics():
                    cursor.execute(f"SELECT set_config('kotaku.changed_{topic}', '', true)")
        before = data_version.current()
        action()
        is_new = data_version.current() != before
        transaction.set_rollback(True)
    return is_new


@pytest.mark.django_db
def test_no_table_of_the_house_is_left_out(settings):
    ours = tuple(f"{label}_" for label in settings.HOUSE_APPS)
    with connection.cursor() as cursor:
        tables = {
            name for name in connection.introspection.table_names(cursor) if name.startswith(ours)
        }
    # Sign-ins, and files that are still being read, change no page.
    unwatched = {
        data_version.TABLE,
        "areas_importpart",
        "areas_importreading",
        "kotaku_auditevent",
        "kotaku_codeapp",
        "kotaku_recoverycode",
        "kotaku_sentform",
        "meetings_delivery",
        "meetings_reply",
    }
    assert tables - set(TABLES) == unwatched


@pytest.mark.django_db
@pytest.mark.parametrize("table", TABLES)
def test_every_kind_of_change_of_every_table_is_noted(table):
    assert watched_events(table) == {"INSERT", "UPDATE", "DELETE"}


@pytest.fixture
def rows(db):
    """A row of most kinds."""
    figure = factories.YearlyFigureFactory(verified=True)
    factories.AssessmentFactory(verified=True)
    factories.BoundaryFactory(village=figure.baseline.village)
    factories.FollowUpFactory()
    factories.ArticleFactory(published=True)
    factories.ParticipantFactory()
    figure.baseline.village.officers.add(figure.entered_by)


def test_update_of_a_queryset_and_deletion_are_new_versions(rows):
    seen = 0
    for model in data_version.watched_models():
        found = model._base_manager.order_by("pk")
        if not found.exists():
            continue
        seen += 1
        column = next(
            field.attname for field in model._meta.concrete_fields if not field.primary_key
        )
        assert change(lambda: found.update(**{column: F(column)})), model  # noqa: B023
        assert change(lambda: found._raw_delete(connection.alias)), model  # noqa: B023
    assert seen >= 15


def test_what_ignores_conflicts_is_noted_too(rows):
    village = factories.VillageFactory()
    officer = User.objects.filter(role="village_officer").first()
    assert change(lambda: village.officers.add(officer))


def test_a_sign_in_is_no_change_and_a_read_neither(rows):
    assert not change(lambda: User.objects.update(last_login=None))
    assert not change(lambda: list(User.objects.all()))
    assert change(lambda: User.objects.update(full_name="Baru"))


def test_what_is_rolled_back_was_no_change(rows):
    before = data_version.current()
    assert change(lambda: User.objects.update(full_name="Baru"))
    assert data_version.current() == before


def test_triggers_that_went_with_an_altered_table_come_back(rows):
    name = "areas_village"
    with connection.cursor() as cursor:
        present = triggers.present(connection.vendor, cursor, data_version.PREFIX)
        for trigger in [each for each, table in present.items() if table == name]:
            on = f" ON {name}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {trigger}{on}")
    assert watched_events(name) == set()
    before = data_version.current()
    data_version.install(connection.alias)
    assert watched_events(name) == {"INSERT", "UPDATE", "DELETE"}
    # Nobody knows what has changed meanwhile.
    assert data_version.current() != before


@pytest.mark.django_db(transaction=True)
def test_writers_do_not_wait_for_each_other():
    if connection.vendor != "postgresql":
        return  # SQLite has one writer at a time.
    village, other = factories.VillageFactory(), factories.VillageFactory()
    second = connection.copy()
    try:
        before = data_version.current()
        with transaction.atomic():
            type(village).objects.filter(pk=village.pk).update(name="Satu")
            with second.cursor() as cursor:
                cursor.execute("SET lock_timeout = '2s'")
                cursor.execute("UPDATE areas_village SET name = 'Dua' WHERE id = %s", [other.pk])
                # Seen from outside, where the first change is not there yet.
                cursor.execute(f"SELECT topic, token FROM {data_version.TABLE} ORDER BY id")
                between = tuple(cursor.fetchall())
        after = data_version.current()
    finally:
        second.close()
    assert len({before, between, after}) == 3
