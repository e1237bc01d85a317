"""A connection that breaks in the middle of an upload, without a proxy that holds it back."""

import http.client
import socket
import time

import pytest
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from areas.models import Evidence, FigureEvent, Status, YearlyFigure
from tests.areas.figures.test_entry import photo
from tests.faults.site import Browser
from tests.faults.test_many_people import submission

PAGES = ("/isian/2017/", "/isian/2017/pengajuan/")


def upload(browser, page):
    """Return a whole request: a figure with a photo."""
    token = {"csrfmiddlewaretoken": browser.TOKEN}
    files = {"evidence": photo(size=(400, 400))}
    body = encode_multipart(BOUNDARY, submission("7,5") | token | files)
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    head = (
        f"POST {page} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies}\r\n"
        f"Content-Type: {MULTIPART_CONTENT}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode(), body


def send(site, request, share, *, listens=True):
    """Send this share of the body; return the status, if the browser still listens for it."""
    head, body = request
    with socket.create_connection(("127.0.0.1", site.port), timeout=30) as line:
        line.sendall(head + body[: int(len(body) * share)])
        if not listens:
            return None
        line.shutdown(socket.SHUT_WR)
        response = http.client.HTTPResponse(line)
        response.begin()
        return response.status, response.read().decode()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("share", [0.3, 0.9])
def test_an_upload_that_breaks_off_changes_nothing(site, baselines, page, share):
    before = len(site.log())
    request = upload(Browser(site, baselines[0].officer), page)
    send(site, request, share, listens=False)
    status, text = send(site, request, share)
    assert (status, "tidak ada yang disimpan" in text) == (400, True)
    time.sleep(0.5)  # for the one that nobody listened to
    for model in (YearlyFigure, Evidence, FigureEvent):
        assert not model.objects.exists()
    assert '"status": 5' not in site.log()[before:]

    assert send(site, request, 1)[0] == 302
    figure = YearlyFigure.objects.get()
    assert (figure.status == Status.SUBMITTED) is page.endswith("pengajuan/")
    assert figure.evidence.count() == 1
