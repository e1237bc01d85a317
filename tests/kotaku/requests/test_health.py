"""What load balancers hear."""

import shutil
from collections import namedtuple

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from tests.test_settings import manage


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_answers_are_never_kept(db, path):
    response = Client().get(path)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies


def test_being_alive_needs_nothing(db, monkeypatch, django_assert_num_queries, settings):
    settings.MEDIA_ROOT = "/proc/not-there"
    with django_assert_num_queries(0):
        assert Client().get("/healthz").json() == {"status": "alive"}


def test_a_database_that_is_gone_is_named_without_its_address(db, monkeypatch):
    def refuse(*arguments):
        raise OperationalError("connection to server at 10.0.0.5, user kotaku, failed")

    with connection.execute_wrapper(refuse):
        response = Client().get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"status": "not ready", "failures": {"database": "unreachable"}}


def test_missing_migrations_are_counted(db):
    MigrationRecorder.Migration.objects.filter(app="meetings").delete()
    failures = Client().get("/readyz").json()["failures"]
    assert failures.keys() == {"migrations"}
    assert failures["migrations"].endswith(" not applied")


def test_media_that_cannot_be_written_is_named(db, settings):
    settings.MEDIA_ROOT = "/proc/kotaku"
    response = Client().get("/readyz")
    assert response.status_code == 503
    assert response.json()["failures"] == {"media": "not writable"}


def test_a_disk_that_is_almost_full_is_named(db, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage(10**12, 10**12 - 10**6, 10**6))
    assert Client().get("/readyz").json()["failures"] == {"disk": "almost full"}


def test_balancers_ask_over_http_where_everybody_else_is_sent_to_https():
    code = (
        "from django.test import Client; client = Client(headers={'host': 'kotaku.example.go.id'});"
        "print([client.get(path).status_code for path in ('/healthz', '/readyz', '/desa/')])"
    )
    result = manage("shell", "--no-imports", "--command", code)
    # Not ready: the database in memory knows no migrations.
    assert "[200, 503, 301]" in result.stdout, result.stderr
