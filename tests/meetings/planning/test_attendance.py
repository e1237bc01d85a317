"""Attendance of many people: a row alone is saved by itself, and nobody else's row with it."""

import re
from datetime import timedelta

import pytest

from meetings.models import Meeting, MeetingState, Participant
from tests.areas.figures.test_typed_words_stay import after_sign_in
from tests.areas.public.pages import text_of
from tests.factories import AgendaItemFactory, MeetingFactory, ParticipantFactory, ReplyFactory

JSON = {"accept": "application/json"}


@pytest.fixture
def meeting(db):
    meeting = MeetingFactory(state=MeetingState.DONE)
    for name in ("Ani", "Budi", "Citra"):
        ParticipantFactory(meeting=meeting, name=name)
    return meeting


@pytest.fixture
def client(client_of, bappeda):
    return client_of(bappeda)


def row(person, ticked, opened="0||", **more):
    data = {f"semula-{person.pk}": opened}
    return data | ({f"hadir-{person.pk}": "1"} if ticked else {}) | more


def tick(client, meeting, data):
    return client.post(f"/rakor/{meeting.pk}/kehadiran/", data, headers=JSON)


def test_a_ticked_row_is_saved_alone(client, meeting):
    ani, budi, _ = meeting.participants.order_by("name")
    Participant.objects.filter(pk=budi.pk).update(is_present=True)
    version, number = meeting.version, meeting.minutes.version
    answer = tick(client, meeting, row(ani, True))
    assert answer.status_code == 200
    assert answer.json() == {
        "opened": {str(ani.pk): "1||"},
        "head_count": "2 dari 3 hadir",
    }
    present = meeting.participants.filter(is_present=True).order_by("name")
    assert [person.name for person in present] == ["Ani", "Budi"]
    # The calendar's SEQUENCE is the meeting's version.
    meeting.refresh_from_db()
    meeting.minutes.refresh_from_db()
    assert (meeting.version, meeting.minutes.version) == (version, number)


def test_an_older_row_is_refused_in_a_sentence(client, meeting):
    ani = meeting.participants.get(name="Ani")
    tick(client, meeting, row(ani, True, **{f"lp-{ani.pk}": "P"}))
    answer = tick(client, meeting, row(ani, False, **{f"wakil-{ani.pk}": "Dedi"}))
    assert answer.status_code == 409
    assert answer.json()["problem"].startswith("Ani: baru saja diubah orang lain")
    ani.refresh_from_db()
    assert (ani.is_present, ani.sex, ani.represented_by) == (True, "P", "")


def test_no_row_is_ticked_once_the_minutes_are_handed_in(client, meeting, bappeda):
    AgendaItemFactory(meeting=meeting, notes="Dibahas.")
    meeting.minutes.submit(by=bappeda, version=1)
    answer = tick(client, meeting, row(meeting.participants.get(name="Ani"), True))
    assert answer.status_code == 409
    assert "tidak dapat diubah lagi" in answer.json()["problem"]
    assert not meeting.participants.filter(is_present=True).exists()


def test_a_row_kept_while_signing_in_again_unticks_no_other(meeting, bappeda):
    """The session ended between two ticks: what is kept is one row, the page shows all."""
    ani, budi, _ = meeting.participants.order_by("name")
    Participant.objects.filter(pk=budi.pk).update(is_present=True)
    address = f"/rakor/{meeting.pk}/kehadiran/"
    html = after_sign_in(bappeda, address, address, row(ani, True), is_plain=False)
    for person in (ani, budi):
        assert f'id="hadir-{person.pk}" value="1" checked' in " ".join(html.split())


@pytest.mark.parametrize("people", [2, 60])
def test_a_tick_takes_the_same_queries_for_any_number(
    client, db, people, django_assert_num_queries
):
    meeting = MeetingFactory(state=MeetingState.DONE)
    persons = [ParticipantFactory(meeting=meeting) for _ in range(people)]
    tick(client, meeting, row(persons[0], True))
    with django_assert_num_queries(9):
        tick(client, meeting, row(persons[-1], True))


def test_all_coming_meetings_are_listed_in_pages(client, db):
    for number in range(65):
        MeetingFactory(title=f"Rakor rencana {number:02}", state=MeetingState.DRAFT)
    seen = []
    for page in (1, 2, 3):
        text = text_of(client.get("/rakor/", {"akan": page, "tahun": "2016"}))
        assert f"Halaman {page} dari 3" in text
        seen += [number for number in range(65) if f"Rakor rencana {number:02}" in text]
    assert sorted(seen) == list(range(65))
    html = client.get("/rakor/?akan=2&tahun=2016").content.decode()
    assert "?akan=3&amp;tahun=2016" in html


@pytest.fixture
def sari(meeting):
    """Ani has answered that Bu Sari comes instead."""
    ani = meeting.participants.get(name="Ani")
    ReplyFactory(participant=ani, answer="represented", represented_by="Bu  Sari")
    return ani


def as_shown(client, meeting, person):
    """Return what the page's form sends of a row as it is shown, and the row itself."""
    html = client.get(f"/rakor/{meeting.pk}/kehadiran/").content.decode()
    names = ("semula", "usul", "wakil")
    found = {
        name: re.search(rf'name="{name}-{person.pk}"[^>]*?value="([^"]*)"', html) for name in names
    }
    return {f"{name}-{person.pk}": match[1] for name, match in found.items() if match}


def representative(person):
    person.refresh_from_db()
    return person.is_present, person.sex, person.represented_by


def save(client, meeting, data):
    return client.post(f"/rakor/{meeting.pk}/kehadiran/", data)


@pytest.mark.parametrize("send", [tick, save])
def test_an_answered_representative_is_proposed_and_stored_with_the_tick(
    client, meeting, sari, send
):
    shown = as_shown(client, meeting, sari)
    assert shown == {
        f"semula-{sari.pk}": "0||",
        f"usul-{sari.pk}": "Bu Sari",
        f"wakil-{sari.pk}": "Bu Sari",
    }
    send(client, meeting, shown)
    assert representative(sari) == (False, "", "")
    # Another change of the row does not store it either.
    send(client, meeting, shown | {f"lp-{sari.pk}": "P"})
    assert representative(sari) == (False, "P", "")
    shown = as_shown(client, meeting, sari)
    send(client, meeting, shown | {f"lp-{sari.pk}": "P", f"hadir-{sari.pk}": "1"})
    assert representative(sari) == (True, "P", "Bu Sari")
    shown = as_shown(client, meeting, sari)
    assert shown == {f"semula-{sari.pk}": "1|P|Bu Sari", f"wakil-{sari.pk}": "Bu Sari"}


def test_who_came_in_person_after_all_gets_no_proposal_again(client, meeting, sari):
    shown = as_shown(client, meeting, sari) | {f"wakil-{sari.pk}": ""}
    tick(client, meeting, shown | {f"hadir-{sari.pk}": "1"})
    assert representative(sari) == (True, "", "")
    assert as_shown(client, meeting, sari) == {f"semula-{sari.pk}": "1||", f"wakil-{sari.pk}": ""}


def test_a_proposal_does_not_overwrite_what_another_phone_stored(client, meeting, sari):
    shown = as_shown(client, meeting, sari)
    Participant.objects.filter(pk=sari.pk).update(represented_by="Pak Dedi")
    tick(client, meeting, shown)
    assert representative(sari) == (False, "", "Pak Dedi")
    assert tick(client, meeting, shown | {f"hadir-{sari.pk}": "1"}).status_code == 409
    assert representative(sari) == (False, "", "Pak Dedi")


def test_an_answer_to_an_earlier_time_proposes_nothing(client, meeting, sari):
    Meeting.objects.update(starts_at=meeting.starts_at - timedelta(hours=1))
    assert as_shown(client, meeting, sari)[f"wakil-{sari.pk}"] == ""
