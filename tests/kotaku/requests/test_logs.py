"""What the site writes and mails about itself: enough to find a fault, nothing about a person."""

import json
import logging
import sys

import pytest
from django.core import mail
from django.test import Client, RequestFactory
from django.urls import resolve
from django.utils.module_loading import import_string

from kotaku.requests.logging_config import logging_config
from kotaku.requests.logs import (
    FaultMail,
    JsonLines,
    MaskedPaths,
    RequestId,
)
from meetings.models import CalendarFeed
from tests.factories import PASSWORD


class Lines(logging.Handler):
    """Keeps what would be written to stderr, as the production handler formats it."""

    def __init__(self):
        super().__init__()
        self.addFilter(RequestId())
        self.addFilter(MaskedPaths())
        self.setFormatter(JsonLines())
        self.written = []

    def emit(self, record):
        self.written.append(self.format(record))


@pytest.fixture
def lines():
    """What the process writes while the test runs."""
    handler, access = Lines(), logging.getLogger("kotaku.access")
    loggers = [logging.getLogger(name) for name in ("kotaku", "django")]
    level = access.level
    access.setLevel("INFO")
    for logger in loggers:
        logger.addHandler(handler)
    yield handler.written
    access.setLevel(level)
    for logger in loggers:
        logger.removeHandler(handler)


@pytest.fixture
def admins(settings):
    """Somebody who is told about faults."""
    settings.ADMINS = [("it@example.go.id", "it@example.go.id")]
    return settings.ADMINS


def access_lines(lines):
    return [line for line in map(json.loads, lines) if line["logger"] == "kotaku.access"]


def test_one_line_says_how_the_request_went(lines, officer, client_of):
    response = client_of(officer).get("/isian/?desa=rahasia", headers={"X-Request-ID": "lb-17.a_b"})
    (line,) = access_lines(lines)
    assert response["X-Request-ID"] == line["request_id"] == "lb-17.a_b"
    assert (line["method"], line["path"], line["status"]) == ("GET", "/isian/", 200)
    assert line["user_id"] == officer.pk
    assert line["duration_ms"] > 0
    assert "rahasia" not in "".join(lines)
    assert officer.username not in "".join(lines)


@pytest.mark.parametrize("asked", ["", "a b", "x" * 65, 'forged","level":"ok', "é"])
def test_an_id_that_is_not_sane_is_replaced(db, lines, asked):
    response = Client().get("/healthz", headers={"X-Request-ID": asked})
    assert response["X-Request-ID"] != asked
    assert len(response["X-Request-ID"]) == 32
    assert access_lines(lines)[0]["request_id"] == response["X-Request-ID"]


def test_every_request_has_an_id_of_its_own(db):
    assert len({Client().get("/healthz")["X-Request-ID"] for _ in range(5)}) == 5


def test_nobody_is_asked_for_a_cookie_by_the_log(db, lines, django_assert_num_queries):
    with django_assert_num_queries(0):
        Client().get("/healthz", headers={"cookie": "sessionid=abc"})
    assert access_lines(lines)[0]["user_id"] is None


def test_addresses_that_open_a_door_are_masked(lines, officer):
    feed = CalendarFeed.renew(officer)
    client = Client()
    path = f"/kalender/{feed.token}/kotaku.ics"
    assert client.get(path).status_code == 200
    client.post(path)  # 405, which Django logs by itself
    assert len(lines) == 3
    assert feed.token not in "".join(lines)


@pytest.mark.parametrize("as_json", [False, True])
def test_so_they_are_in_every_kind_of_line(as_json):
    request = RequestFactory().get("/kalender/pintu-rahasia/kotaku.ics")
    request.resolver_match = resolve(request.path)
    config = logging_config(as_json=as_json)
    masked = config["filters"]["masked"]["()"]
    assert "masked" in config["handlers"]["stderr"]["filters"]
    record = logging.makeLogRecord({"msg": "Not Found: %s", "args": (request.path,)})
    record.request = request
    assert import_string(masked)().filter(record)
    assert logging.Formatter("%(message)s").format(record) == "Not Found: /kalender/***/kotaku.ics"


@pytest.mark.parametrize("as_json", [False, True])
@pytest.mark.parametrize(
    "broken", ["\n", "\r", "\x0b", "\x85", "\u2028", "\u2029", "\u202e", "\U000e0001"]
)
def test_strangers_cannot_forge_a_line(as_json, broken):
    message = f'x{broken}{{"level": "INFO", "user_id": 1}}'
    record = logging.makeLogRecord({"msg": "%s", "args": (message,), "name": "kotaku"})
    config = logging_config(as_json=as_json)
    formatter = config["formatters"][config["handlers"]["stderr"]["formatter"]]
    made = dict(formatter)
    line = import_string(made.pop("()"))(made.pop("format", None), **made).format(record)
    assert line.isprintable()
    if as_json:
        assert json.loads(line)["message"] == message


def fail(request, *arguments, **values):
    name = request.POST["name"]
    raise ValueError(f"cannot do this for {name}")


def test_the_mail_about_a_fault_names_nobody(db, admins, monkeypatch, lines):
    monkeypatch.setattr("kotaku.accounts.sign_in.SignIn.post", lambda view, request: fail(request))
    client = Client(raise_request_exception=False)
    client.cookies["rahasia"] = "isi-kue"
    typed = {"name": "Ibu Wulan Aminah", "username": "wulan.aminah", "password": PASSWORD}
    response = client.post("/akun/masuk/?next=/wulan/", typed, headers={"X-Request-ID": "abc"})
    assert response.status_code == 500
    (message,) = mail.outbox
    assert message.to == ["it@example.go.id"]
    assert "Fault: ValueError" in message.body
    assert "Request: POST akun/masuk/" in message.body
    assert "Request id: abc" in message.body
    assert "test_logs.py:" in message.body
    everything = message.message().as_string()
    for secret in ("wulan", "Wulan", "Aminah", PASSWORD, "isi-kue", "cannot do this"):
        assert secret not in everything
    # The server's own log keeps the words of the exception, which its owner needs.
    assert "cannot do this" in "".join(lines)
    assert PASSWORD not in "".join(lines)


def record_of(error):
    try:
        raise error
    except type(error):
        return logging.makeLogRecord(
            {
                "name": "django.request",
                "levelno": logging.ERROR,
                "levelname": "ERROR",
                "exc_info": sys.exc_info(),
                "request": RequestFactory().get("/isian/"),
            }
        )


def test_the_same_fault_is_mailed_once_in_ten_minutes(admins, monkeypatch):
    handler, now = FaultMail(), [1000.0]
    monkeypatch.setattr("kotaku.requests.logs.time.monotonic", lambda: now[0])
    for error in (ValueError("1"), ValueError("2"), KeyError("3")):
        handler.emit(record_of(error))
    assert [message.subject for message in mail.outbox] == [
        "[KOTAKU Banjar] ERROR: ValueError",
        "[KOTAKU Banjar] ERROR: KeyError",
    ]
    now[0] += FaultMail.quiet_seconds + 1
    handler.emit(record_of(ValueError("4")))
    assert len(mail.outbox) == 3


def test_without_admins_nothing_is_mailed(settings):
    settings.ADMINS = []
    FaultMail().emit(record_of(ValueError("1")))
    assert mail.outbox == []
