"""A charset that no page sends is refused, before Django decodes anything by it."""

from urllib.parse import urlencode

import pytest
from django.test.client import MULTIPART_CONTENT

from kotaku.requests.charset import only_utf8

URLENCODED = "application/x-www-form-urlencoded"
ODD = ["=", "=zz", "=UTF8", "=us-ascii", "=utf-16", "=rot13", "=base64", "=idna", "=undefined"]
ODDER = [
    "=unicode_escape",
    f"={'a' * 300}",
    f"={'a' * 11_000}",
    "=\xe9",
    "*=zz''a",
    "*=utf-16''%ff",
]


@pytest.fixture
def browser(db, client):
    """A browser whose requests reach Django as the WSGI application hands them on."""
    handler = client.handler
    client.handler = lambda environ: only_utf8(lambda environ, _: handler(environ))(environ, None)
    return client


@pytest.mark.parametrize("charset", ODD + ODDER)
@pytest.mark.parametrize("content_type", [URLENCODED, MULTIPART_CONTENT, "text/plain"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_another_charset_is_refused(browser, method, content_type, charset):
    content_type = f"{content_type}; charset{charset}"
    answer = browser.generic(method, "/?periode=x", b"username=a", content_type=content_type)
    assert answer.status_code == 400
    assert "text/html" in answer["Content-Type"]


@pytest.mark.parametrize("charset", ["", ";charset=utf-8", "; charset=UTF-8", '; charset="utf-8"'])
def test_the_charset_of_browsers_is_welcome(browser, charset):
    form = urlencode({"username": "a", "password": "b"}).encode()
    answer = browser.generic("POST", "/akun/masuk/", form, content_type=f"{URLENCODED}{charset}")
    assert answer.status_code in (200, 422)
