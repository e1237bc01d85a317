"""Settings that ask for what is not installed are refused before anybody meets it."""

import pytest
from django.core.checks import Error

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
