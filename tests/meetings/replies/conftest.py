"""A meeting to come, and what its invitation brings."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from tests.factories import MeetingFactory, ParticipantFactory

COMING = datetime(2096, 11, 8, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))


@pytest.fixture
def client(bappeda, client_of):
    """Bappeda's browser."""
    return client_of(bappeda)


@pytest.fixture
def meeting(db):
    """A scheduled meeting that has not begun."""
    return MeetingFactory(title="Rakor triwulan", starts_at=COMING, ends_at=None, place="Aula Lain")


@pytest.fixture
def ani(meeting):
    """A guest with an address."""
    return ParticipantFactory(meeting=meeting, name="Ani", email="ani@contoh.id")


@pytest.fixture
def invite(client, meeting):
    """Send the invitation; return the links of the last mail to an address."""

    def send(address="ani@contoh.id"):
        meeting.refresh_from_db()
        client.post(f"/rakor/{meeting.pk}/surel-undangan/", {"version": meeting.version})
        bodies = [message.body for message in mail.outbox if message.to == [address]]
        return re.findall(r"https?://[^/\s]+(/undangan/\S+)", bodies[-1])

    return send
