"""Connections to SQLite that are kept from one request to the next."""

import sqlite3
from contextlib import closing

import pytest
from django.db import OperationalError, connections
from django.db.backends.sqlite3.base import DatabaseWrapper

from kotaku.sqlite.kept_connections import renew

pytestmark = pytest.mark.django_db


def written(path, word):
    with closing(sqlite3.connect(path)) as made:
        made.execute("CREATE TABLE word (text)")
        made.execute("INSERT INTO word VALUES (?)", [word])
        made.commit()


@pytest.fixture
def kept(tmp_path):
    """A connection to a database of one word, kept for a minute."""
    path = tmp_path / "database.sqlite3"
    written(path, "old")
    settings = connections["default"].settings_dict | {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
    connection = DatabaseWrapper(settings, alias="kept")
    connection.inc_thread_sharing()
    yield connection
    connection.close()


def asked(connection):
    """Return the word, as a request of its own would read it."""
    connection.close_if_unusable_or_obsolete()
    renew(connection)
    with connection.cursor() as cursor:
        word = cursor.execute("SELECT text FROM word").fetchone()[0]
    connection.close_if_unusable_or_obsolete()
    return word


def test_a_second_request_opens_nothing(kept):
    assert asked(kept) == "old"
    first = kept.connection
    assert asked(kept) == "old"
    assert kept.connection is first


def test_another_file_in_its_place_is_read_at_once(kept, tmp_path):
    assert asked(kept) == "old"
    written(tmp_path / "other", "new")
    (tmp_path / "other").rename(kept.settings_dict["NAME"])
    assert asked(kept) == "new"


def test_a_file_that_is_gone_is_a_database_that_is_gone(kept, tmp_path):
    assert asked(kept) == "old"
    place, aside = tmp_path / "database.sqlite3", tmp_path / "aside"
    place.rename(aside)
    place.mkdir()
    for _ in range(2):
        with pytest.raises(OperationalError):
            asked(kept)
    place.rmdir()
    aside.rename(place)
    assert asked(kept) == "old"


def test_after_a_fault_the_next_request_has_a_new_connection(kept):
    assert asked(kept) == "old"
    first = kept.connection
    with pytest.raises(OperationalError), kept.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")
    assert asked(kept) == "old"
    assert kept.connection is not first
