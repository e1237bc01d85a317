"""What was stored before texts were cleaned stops no feed and no calendar."""

from xml.etree import ElementTree

import pytest
from icalendar import Calendar

from tests.factories import (
    ArticleFactory,
    MeetingFactory,
)

pytestmark = pytest.mark.django_db

BAD = "Rakor\x0bper\x01encanaan\ufffe"


@pytest.mark.parametrize("field", ["title", "lead", "body"])
def test_the_feed_answers_whatever_is_stored(client, field):
    ArticleFactory(published=True, **{field: BAD})
    response = client.get("/berita/atom.xml")
    assert response.status_code == 200
    ElementTree.fromstring(response.content)
    assert "Rakor perencanaan" in response.content.decode()


@pytest.mark.parametrize("field", ["title", "place", "organiser"])
def test_a_calendar_file_is_readable_whatever_is_stored(client_of, bappeda, field):
    meeting = MeetingFactory(**{field: BAD})
    response = client_of(bappeda).get(f"/rakor/{meeting.pk}/rakor.ics")
    assert response.status_code == 200
    assert b"\x0b" not in response.content
    assert Calendar.from_ical(response.content)
