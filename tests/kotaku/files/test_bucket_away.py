"""The bucket with the evidence cannot be reached: a clear page, no half record, typed words kept."""

import sys
from types import SimpleNamespace

import pytest
from django.core.files.storage import FileSystemStorage
from django.test import Client

from areas.models import Evidence, YearlyFigure
from kotaku.requests.error_pages import is_bucket_away
from tests.areas.figures.test_entry import photo, typed


class ClientError(Exception):
    """As botocore's: the bucket answered, with a refusal."""

    def __init__(self, status):
        super().__init__(f"status {status}")
        self.response = {"ResponseMetadata": {"HTTPStatusCode": status}}


class BucketConnectionError(Exception):
    """As botocore's: no connection."""


class HTTPClientError(Exception):
    """As botocore's: the connection broke."""


class RetriesExceededError(Exception):
    """As boto3's: the connection broke again and again."""


@pytest.fixture
def library(monkeypatch):
    """The names that the real library has; tests do without its 100 MB."""
    names = SimpleNamespace(
        ClientError=ClientError,
        ConnectionError=BucketConnectionError,
        HTTPClientError=HTTPClientError,
    )
    monkeypatch.setitem(sys.modules, "botocore.exceptions", names)


@pytest.fixture
def go_away(library, monkeypatch, settings, tmp_path):
    """Call it, and nothing can be stored or read any more."""
    settings.MEDIA_ROOT = str(tmp_path)

    def refuse(*arguments, **options):
        raise BucketConnectionError("10.0.0.9")

    def go_away():
        monkeypatch.setattr(FileSystemStorage, "_open", refuse)
        monkeypatch.setattr("kotaku.files.storage.WholeFiles._save", refuse)

    return go_away


def of(user):
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def test_an_upload_is_given_back_and_leaves_nothing(go_away, officer, baseline):
    go_away()
    response = of(officer).post("/isian/2017/", typed(area_ha="15", evidence=photo()))
    page = response.content.decode()
    assert response.status_code == 503
    assert response["Retry-After"] == "10"
    assert "Tempat penyimpanan berkas sedang tidak dapat dihubungi" in page
    assert "<strong>belum tersimpan</strong>" in page
    assert 'name="area_ha" value="15"' in page
    assert not YearlyFigure.objects.exists()
    assert not Evidence.objects.exists()


def test_a_file_can_be_asked_for_again(go_away, officer, baseline):
    of(officer).post("/isian/2017/", typed(area_ha="15", evidence=photo()))
    go_away()
    response = of(officer).get(f"/bukti/{Evidence.objects.get().pk}/")
    assert response.status_code == 503
    assert "muat ulang halaman ini sebentar lagi" in response.content.decode()


@pytest.mark.parametrize(
    ("error", "is_away"),
    [
        (BucketConnectionError(), True),
        (HTTPClientError(), True),
        (RetriesExceededError(), True),
        (ClientError(503), True),
        (ClientError(429), True),
        (ClientError(403), False),
        (ClientError(404), False),
        (ValueError(), False),
        (None, False),
    ],
)
def test_what_waiting_will_not_mend_is_a_fault(library, error, is_away):
    assert is_bucket_away(error) is is_away


def test_without_a_bucket_nothing_is_away(monkeypatch):
    monkeypatch.delitem(sys.modules, "botocore.exceptions", raising=False)
    assert not is_bucket_away(BucketConnectionError())
