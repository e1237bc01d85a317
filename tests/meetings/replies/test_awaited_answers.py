"""Where an account sees that its answer to an invitation is awaited."""

from datetime import timedelta

import pytest
from django.utils import timezone

from meetings.models import Meeting, Participant
from tests.areas.public.pages import text_of
from tests.factories import MeetingFactory, ParticipantFactory, ReplyFactory, UserFactory
from tests.meetings.replies.conftest import COMING

WORK = "Undangan Rakor triwulan (8 November 2096) belum Anda jawab"
LINE = "Undangan Anda belum dijawab. Jawab undangan Rakor triwulan"


def said(client):
    """Whether the start page and the list say it, each with a link to answer."""
    start, listed = client.get("/"), client.get("/rakor/")
    return WORK in text_of(start), LINE in text_of(listed)


@pytest.fixture
def asked(meeting):
    """A participant with an account who has not answered."""
    return ParticipantFactory(meeting=meeting, name="Cici", user=UserFactory())


def test_the_start_page_and_the_list_ask_until_it_is_answered(client_of, asked):
    client = client_of(asked.user)
    assert said(client) == (True, True)
    link = f'href="/rakor/peserta/{asked.pk}/jawaban/"'
    assert link in client.get("/").content.decode()
    assert link in client.get("/rakor/").content.decode()
    client.post(f"/rakor/peserta/{asked.pk}/jawaban/", {"answer": "absent", "seen": 0})
    assert said(client) == (False, False)
    # Another start, and another name, are answered anew.
    Meeting.objects.update(starts_at=COMING + timedelta(hours=1))
    assert said(client) == (True, True)
    ReplyFactory(participant=Participant.objects.get())
    assert said(client) == (False, False)
    Participant.objects.update(name="", position="Camat")
    assert said(client) == (True, True)
    ReplyFactory(participant=Participant.objects.get(), name="Camat")
    assert said(client) == (False, False)


def test_a_village_is_asked_where_no_account_is_named(client_of, officer, other_officer, meeting):
    ParticipantFactory(meeting=meeting, village=officer.villages.get())
    assert said(client_of(officer)) == (True, True)
    assert said(client_of(other_officer)) == (False, False)


@pytest.mark.parametrize("state", ["draft", "done", "cancelled"])
def test_only_scheduled_meetings_are_answered(client_of, asked, state):
    Meeting.objects.update(state=state, cancel_reason="Banjir." if state == "cancelled" else "")
    assert said(client_of(asked.user)) == (False, False)


def test_begun_meetings_and_walk_ins_are_not_asked(client_of, asked):
    Meeting.objects.update(starts_at=timezone.now() - timedelta(minutes=1))
    assert not any(said(client_of(asked.user)))
    Meeting.objects.update(starts_at=COMING)
    Participant.objects.update(is_invited=False)
    assert not any(said(client_of(asked.user)))


def test_the_box_stands_below_the_facts(client_of, asked):
    page = client_of(asked.user).get(f"/rakor/{asked.meeting_id}/").content.decode()
    facts, actions = page.index('<dl class="facts">'), page.index('<ul class="actions">')
    assert facts < page.index('id="undangan-anda"') < actions


@pytest.mark.parametrize("count", [1, 40])
def test_pages_take_the_same_queries_for_any_number(
    client_of, django_assert_num_queries, programme, count
):
    user = UserFactory()
    for _ in range(count):
        ParticipantFactory(meeting=MeetingFactory(starts_at=COMING, ends_at=None), user=user)
    client = client_of(user)
    for address, queries in (("/", 12), ("/rakor/", 8)):
        client.get(address)
        with django_assert_num_queries(queries):
            client.get(address)
