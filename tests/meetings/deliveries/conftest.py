"""A mail server, Bappeda's browser, and a scheduled meeting."""

import pytest

from tests.factories import AgendaItemFactory, MeetingFactory
from tests.meetings.deliveries.sink import Running, Sink


@pytest.fixture
def sink(settings):
    """A running mail server."""
    sink = Sink()
    with Running(sink, settings):
        yield sink


@pytest.fixture
def client(bappeda, client_of):
    """Bappeda's browser."""
    return client_of(bappeda)


@pytest.fixture
def meeting(db):
    """A scheduled meeting without participants."""
    meeting = MeetingFactory(title="Rakor triwulan")
    AgendaItemFactory(meeting=meeting, title="Pembukaan", length_minutes=15)
    return meeting
