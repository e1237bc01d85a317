"""What cannot work is refused before anybody meets it."""

import pytest
from django.core.checks import Error, Tags, run_checks
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from kotaku.requests import checks


@pytest.mark.parametrize(
    ("bucket", "installed", "refused"),
    [("", False, False), ("kotaku", True, False), ("kotaku", False, True)],
)
def test_a_bucket_needs_its_client(settings, monkeypatch, bucket, installed, refused):
    settings.MEDIA_BUCKET = bucket
    monkeypatch.setattr(checks, "find_spec", lambda name: object() if installed else None)
    found = checks.bucket_has_its_client()
    assert [type(each) for each in found] == [Error] * refused


def test_a_database_of_before_the_first_release_is_refused(db):
    assert run_checks(tags=[Tags.database], databases=["default"]) == []
    MigrationRecorder(connection).record_applied("kotaku", "0002_sign_in_and_audit")
    (error,) = run_checks(tags=[Tags.database], databases=["default"])
    assert "made before the first release" in error.msg
