"""A body that breaks off before its Content-Length changes nothing, whatever kind of body it is."""

import io
from urllib.parse import urlencode

import pytest
from axes.models import AccessAttempt
from django.http import UnreadablePostError
from django.test import RequestFactory
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from areas.models import Evidence, FigureEvent, YearlyFigure
from kotaku.models import AuditEvent, Region
from kotaku.requests.whole_requests import CountedBody, RefuseCutRequests, counting_bodies
from tests.areas.figures.test_entry import photo, typed
from tests.areas.public.pages import text_of

URLENCODED = "application/x-www-form-urlencoded"


def body_of(content, cut):
    """Return what the WSGI server hands on of a body of which only the first part has arrived."""
    environ = {"wsgi.input": io.BytesIO(content[:cut]), "CONTENT_LENGTH": str(len(content))}
    counting_bodies(lambda environ, start_response: None)(environ, None)
    return environ


def post_cut(client, address, content, cut, content_type=MULTIPART_CONTENT):
    return client.generic(
        "POST", address, content, content_type=content_type, **body_of(content, cut)
    )


def multipart(**fields):
    return encode_multipart(BOUNDARY, fields)


@pytest.fixture
def browser(officer, client_of):
    """The officer's browser."""
    return client_of(officer)


@pytest.mark.parametrize("address", ["/isian/2017/", "/isian/2017/pengajuan/"])
@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.9])
def test_an_upload_that_breaks_off_stores_nothing(browser, address, share):
    content = multipart(**typed("12,5"), evidence=photo(size=(300, 300)))
    response = post_cut(browser, address, content, int(len(content) * share))
    assert response.status_code == 400
    page = text_of(response)
    assert "Kiriman terputus" in page
    assert "tidak ada yang disimpan" in page
    assert not YearlyFigure.objects.exists()
    assert not Evidence.objects.exists()
    assert not FigureEvent.objects.exists()


def test_the_last_byte_counts(browser):
    content = multipart(**typed("12,5"))
    assert post_cut(browser, "/isian/2017/", content, len(content) - 1).status_code == 400
    assert not YearlyFigure.objects.exists()
    assert post_cut(browser, "/isian/2017/", content, len(content)).status_code == 302
    assert YearlyFigure.objects.get().area_ha == 12.5


def test_a_typed_form_that_breaks_off_stores_nothing(browser):
    content = urlencode(typed("12,5")).encode()
    cut = content.index(b"12%2C5") + 2
    assert post_cut(browser, "/isian/2017/", content, cut, URLENCODED).status_code == 400
    assert not YearlyFigure.objects.exists()
    assert post_cut(browser, "/isian/2017/", content, len(content), URLENCODED).status_code == 302


def test_the_admin_stores_nothing_of_it_either(admin, client_of):
    client = client_of(admin)
    fields = {"code": "33", "name": "Jawa Tengah", "kind": "province", "parent": ""}
    content = urlencode(fields).encode()
    for cut in (10, len(content) - 3):
        response = post_cut(client, "/admin/kotaku/region/add/", content, cut, URLENCODED)
        assert response.status_code == 400
    assert not Region.objects.filter(code="33").exists()


def test_a_sign_in_that_breaks_off_is_no_failed_attempt(client, officer):
    content = urlencode({"username": officer.username, "password": "salah"}).encode()
    response = post_cut(client, "/akun/masuk/", content, len(content) - 2, URLENCODED)
    assert response.status_code == 400
    assert not AccessAttempt.objects.exists()
    assert not AuditEvent.objects.exists()


def test_a_body_that_is_no_form_cannot_be_read_as_a_whole_one():
    content = b'{"area_ha": "12.50"}'
    request = RequestFactory().generic("POST", "/", content, **body_of(content, 10))
    with pytest.raises(UnreadablePostError) as cut:
        _ = request.body
    answer = RefuseCutRequests(None).process_exception(request, cut.value)
    assert (answer.status_code, "Kiriman terputus" in text_of(answer)) == (400, True)
    request = RequestFactory().generic("POST", "/", content, **body_of(content, len(content)))
    assert request.body == content


def test_what_follows_a_body_on_the_connection_is_not_read():
    stream = io.BytesIO(b"area_ha=12,5POST /isian/")
    assert io.BufferedReader(CountedBody(stream, 12)).read() == b"area_ha=12,5"
    assert stream.tell() == 12
