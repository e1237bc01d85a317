"""What the page of a meeting sends and shows, by role: versions, rows, addresses."""

import re

import pytest
from django.utils import timezone

from meetings.models import Minutes
from tests.drawn_forms import Forms
from tests.factories import AgendaItemFactory, ArticleFactory, MeetingFactory, ParticipantFactory


@pytest.fixture
def meeting(bappeda):
    return MeetingFactory(done=True, changed_by=bappeda)


def test_minutes_are_approved_and_returned_in_the_version_that_was_read(
    client_of, meeting, bappeda, second_bappeda
):
    Minutes.objects.update(
        state="submitted", submitted_by=bappeda, submitted_at=timezone.now(), version=7
    )
    address = f"/rakor/{meeting.pk}/"
    page = client_of(second_bappeda).get(address).content.decode()
    sent = {
        target: fields["version"]
        for targets, fields in Forms(address, page).found
        for target in targets
        if "/notulen/" in target
    }
    assert len(sent) > 1
    assert set(sent.values()) == {"7"}


def test_addresses_of_participants_are_for_who_plans_the_meeting(
    client_of, meeting, bappeda, viewer
):
    ParticipantFactory(meeting=meeting, email="ani@contoh.id", phone="0812-3456-7890")
    for user, is_shown in ((bappeda, True), (viewer, False)):
        page = client_of(user).get(f"/rakor/{meeting.pk}/").content.decode()
        assert ("ani@contoh.id" in page) == is_shown
        assert ("0812-3456-7890" in page) == is_shown


def test_each_button_of_an_agenda_names_its_own_row(client_of, bappeda):
    meeting = MeetingFactory(changed_by=bappeda)
    for order in (1, 2):
        AgendaItemFactory(meeting=meeting, order=order, title=f"Acara {order}")
    page = client_of(bappeda).get(f"/rakor/{meeting.pk}/ubah/").content.decode()
    rows = re.findall(r'name="acara-(\d)-title"', page)
    buttons = re.findall(r'value="acara-(\w+)-(\d)"', page)
    assert rows == ["0", "1"]
    assert buttons == [(action, row) for row in rows for action in ("naik", "turun", "hapus")]


def test_search_engines_are_kept_from_a_report_until_it_is_published(client_of, bappeda, meeting):
    article = ArticleFactory(meeting=meeting)
    for state in ("draft", "published", "withdrawn"):
        at = None if state == "draft" else timezone.now()
        type(article).objects.update(state=state, published_at=at)
        page = client_of(bappeda).get(f"/berita/{article.slug}/").content.decode()
        assert ('content="noindex"' in page) == (state != "published")
