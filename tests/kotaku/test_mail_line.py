"""Mail about what is stored already: a server that hangs up or refuses costs one message at most."""

import logging

import pytest
from django.core.mail import EmailMessage

from kotaku.mail import Dropped, MailLine, Refused, Unreachable, send_or_log
from tests.meetings.deliveries.sink import Running, Sink, free_port


@pytest.fixture
def sink(settings):
    """A running mail server."""
    sink = Sink()
    with Running(sink, settings):
        yield sink


def message(name):
    return EmailMessage("Kabar", "Isi.", "kotaku@contoh.id", [f"{name}@contoh.id"])


def test_messages_after_a_dropped_connection_arrive(sink):
    sink.drop_after = 1
    send_or_log([message(name) for name in "abc"])
    assert sink.addresses() == [f"{name}@contoh.id" for name in "abc"]


def test_a_refused_message_is_logged_and_the_others_arrive(sink, caplog):
    sink.answers["a@contoh.id"] = "550 5.1.1 Tidak dikenal"
    sink.drops.add("b@contoh.id")
    with caplog.at_level(logging.WARNING, "kotaku.mail"):
        send_or_log([message(name) for name in "abc"])
    assert sink.addresses() == ["c@contoh.id"]
    assert "550 5.1.1 Tidak dikenal" in caplog.text
    assert len(caplog.records) == 2


def test_each_failure_says_what_kind_it_is(sink, settings):
    sink.answers = {"a@contoh.id": "550 Tidak dikenal", "b@contoh.id": "450 Sibuk"}
    sink.drops.add("c@contoh.id")
    with MailLine() as line:
        for name, is_for_now in (("a", False), ("b", True)):
            with pytest.raises(Refused) as refused:
                line.send(message(name))
            assert refused.value.is_for_now is is_for_now
        with pytest.raises(Dropped):
            line.send(message("c"))
        line.send(message("d"))
    settings.EMAIL_PORT = free_port()
    with MailLine() as line, pytest.raises(Unreachable):
        line.send(message("a"))


def test_a_server_that_takes_no_mail_of_this_site_refuses_no_address(sink):
    async def handle(server, session, envelope, address, options):
        return "550 Pengirim ini tidak dilayani"

    sink.handle_MAIL = handle
    with MailLine() as line, pytest.raises(Unreachable, match="tidak dilayani"):
        line.send(message("a"))


def test_a_closing_server_is_asked_again_over_a_new_connection(sink):
    sink.answers["a@contoh.id"] = "421 Ditutup"
    with MailLine() as line:
        with pytest.raises(Dropped, match="421 Ditutup"):
            line.send(message("a"))
        sink.answers.clear()
        line.send(message("a"))
    assert sink.addresses() == ["a@contoh.id"]
