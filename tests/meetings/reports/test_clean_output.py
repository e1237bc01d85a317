"""What was stored before texts were cleaned stops no feed and no calendar; the migration heals it."""

from importlib import import_module
from xml.etree import ElementTree

import pytest
from django.apps import apps
from icalendar import Calendar

from meetings.models import Article, FollowUp, Meeting, Participant
from tests.factories import (
    ArticleFactory,
    FollowUpFactory,
    MeetingFactory,
    ParticipantFactory,
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


def test_the_migration_cleans_what_is_stored(db):
    meeting = MeetingFactory(title=BAD, place="Aula\u200b")
    article = ArticleFactory(body=f"e\u0301\n{BAD}")
    follow_up = FollowUpFactory(what=BAD)
    untouched = MeetingFactory(title="Rapat\nbiasa")
    migration = import_module("meetings.migrations.0008_clean_text")
    migration.clean(apps, None)
    for row in (meeting, article, follow_up, untouched):
        row.refresh_from_db()
    assert (meeting.title, meeting.place) == ("Rakor perencanaan", "Aula")
    assert article.body == "é\nRakor perencanaan"
    assert follow_up.what == "Rakor perencanaan"
    assert untouched.title == "Rapat\nbiasa"
    assert {Article, FollowUp, Meeting} <= set(apps.get_app_config("meetings").get_models())


def test_a_row_that_would_become_a_twin_stays_as_it_is(db):
    meeting = MeetingFactory()
    for name in ("Ani", "Ani\u200b"):
        ParticipantFactory(meeting=meeting, name=name, organisation="DCKTLH")
    import_module("meetings.migrations.0008_clean_text").clean(apps, None)
    names = Participant.objects.filter(meeting=meeting).values_list("name", flat=True)
    assert set(names) == {"Ani", "Ani\u200b"}
