"""Answers on the pages of a meeting: counted, recorded as told, and given by account."""

from datetime import timedelta

import pytest
from django.utils import timezone

from meetings.models import Meeting, Participant, Reply
from tests.areas.public.pages import text_of
from tests.factories import (
    MeetingFactory,
    ParticipantFactory,
    ReplyFactory,
    UserFactory,
    city,
)
from tests.meetings.test_audit import seen_by
from tests.security.test_audit import look  # noqa: F401


def page_of(person):
    return f"/rakor/peserta/{person.pk}/jawaban/"


def counted(client, meeting):
    shown = text_of(client.get(f"/rakor/{meeting.pk}/"))
    return shown.partition("Jawaban undangan: ")[2].partition(".")[0]


def test_bappeda_records_what_it_was_told(client, bappeda, ani, meeting):
    shown = text_of(client.get(f"/rakor/{meeting.pk}/"))
    assert "Catat jawaban Ani, DCKTLH" in shown
    assert counted(client, meeting) == "0 hadir, 0 diwakili, 0 berhalangan, 1 belum menjawab"
    assert "Ani, DCKTLH, belum menjawab." in text_of(client.get(page_of(ani)))
    typed = {"answer": "represented", "represented_by": "Bu Sari", "seen": 0}
    for _ in range(2):
        response = client.post(page_of(ani), typed, follow=True)
        assert "Jawaban Ani tercatat: diwakili Bu Sari." in text_of(response)
    reply = Reply.objects.get()
    assert (reply.means, reply.by, reply.name) == ("recorded", bappeda, "Ani")
    assert "menjawab diwakili Bu Sari (" in text_of(response)
    assert "dicatat Pemeriksa)" in text_of(response)
    assert counted(client, meeting) == "0 hadir, 1 diwakili, 0 berhalangan, 0 belum menjawab"
    assert Meeting.objects.get().version == 1
    form = client.get(page_of(ani)).content.decode()
    assert 'value="Bu Sari"' in form
    assert "checked" in form


def test_an_answer_that_came_meanwhile_is_not_overwritten_unseen(client, ani):
    ReplyFactory(participant=ani)
    response = client.post(page_of(ani), {"answer": "absent", "seen": 0})
    assert response.status_code == 409
    shown = text_of(response)
    assert "Data ini baru saja diubah oleh Ani lewat tautan undangan" in shown
    assert "Jawaban hadir" in shown
    seen = Reply.objects.get().pk
    assert f'name="seen" value="{seen}"' in response.content.decode()
    assert 'value="absent" required id="id_answer_2" checked' in response.content.decode()
    assert client.post(page_of(ani), {"answer": "absent", "seen": seen}).status_code == 302
    assert Reply.objects.order_by("pk").last().answer == "absent"


def test_an_account_answers_its_own_invitation(client_of, meeting):
    user = UserFactory(full_name="Cici")
    person = ParticipantFactory(meeting=meeting, name="Cici", user=user)
    client = client_of(user)
    shown = text_of(client.get(f"/rakor/{meeting.pk}/"))
    assert "Undangan Anda Cici, DCKTLH: belum dijawab Jawab undangan" in shown
    response = client.post(page_of(person), {"answer": "present", "seen": 0}, follow=True)
    assert "Jawaban Anda tercatat: hadir." in text_of(response)
    assert "Cici, DCKTLH: hadir Ubah jawaban" in text_of(response)
    assert Reply.objects.get().means == "account"


def test_a_village_answers_where_no_account_is_named(client_of, officer, other_officer, baseline, meeting):  # fmt: skip
    person = ParticipantFactory(meeting=meeting, village=baseline.village)
    client = client_of(officer)
    assert "Jawab undangan" in text_of(client.get(f"/rakor/{meeting.pk}/"))
    assert client.post(page_of(person), {"answer": "present", "seen": 0}).status_code == 302
    assert "Undangan Anda" not in text_of(client_of(other_officer).get(f"/rakor/{meeting.pk}/"))
    assert client_of(other_officer).get(page_of(person)).status_code == 404
    Participant.objects.update(user=UserFactory())
    assert client.get(page_of(person)).status_code == 404


def test_others_neither_see_nor_record_who_answers_what(client_of, meeting, ani, viewer, officer):
    ReplyFactory(participant=ani, answer="represented", represented_by="Bu Sari")
    away = UserFactory(bappeda=True, region=city("32.78", "Tasikmalaya"))
    for user in (viewer, officer, away):
        assert client_of(user).get(page_of(ani)).status_code == 404
        assert client_of(user).post(page_of(ani), {"answer": "absent"}).status_code == 404
    for address in (f"/rakor/{meeting.pk}/", f"/rakor/{meeting.pk}/cetak/daftar-hadir/"):
        # A reader reads everything of the region; a village sees the numbers.
        assert "Bu Sari" in text_of(client_of(viewer).get(address))
        assert "Bu Sari" not in text_of(client_of(officer).get(address))
    assert counted(client_of(officer), meeting).startswith("0 hadir, 1 diwakili")
    assert Reply.objects.count() == 1


@pytest.mark.parametrize("state", ["draft", "done", "cancelled"])
def test_only_a_scheduled_meeting_is_answered(client, ani, state):
    reason = "Banjir." if state == "cancelled" else ""
    Meeting.objects.update(state=state, cancel_reason=reason)
    response = client.post(page_of(ani), {"answer": "present"}, follow=True)
    assert "hanya dicatat untuk rapat yang dijadwalkan" in text_of(response)
    assert "Catat jawaban" not in text_of(response)
    assert not Reply.objects.exists()


def test_after_the_start_only_bappeda_records(client, client_of, meeting):
    user = UserFactory(full_name="Cici")
    person = ParticipantFactory(meeting=meeting, name="Cici", user=user)
    Meeting.objects.update(starts_at=timezone.now() - timedelta(minutes=1))
    own = client_of(user)
    assert "Jawab undangan" not in text_of(own.get(f"/rakor/{meeting.pk}/"))
    response = own.post(page_of(person), {"answer": "present"}, follow=True)
    assert "Rapat ini sudah dimulai." in text_of(response)
    assert client.post(page_of(person), {"answer": "absent"}).status_code == 302
    assert Reply.objects.get().means == "recorded"


def test_who_is_not_invited_is_neither_asked_nor_counted(client, meeting, ani):
    guest = ParticipantFactory(meeting=meeting, name="Tamu", is_invited=False)
    assert counted(client, meeting).endswith(", 1 belum menjawab")
    assert client.get(page_of(guest)).status_code == 404


def test_another_time_or_name_asks_again(client, meeting, ani):
    ReplyFactory(participant=ani)
    assert counted(client, meeting).startswith("1 hadir")
    Meeting.objects.update(starts_at=meeting.starts_at + timedelta(days=1))
    shown = text_of(client.get(f"/rakor/{meeting.pk}/"))
    assert "belum menjawab; menjawab hadir" in shown
    assert "sebelum waktu rapat berubah" in shown
    assert counted(client, meeting).endswith("1 belum menjawab")
    Meeting.objects.update(starts_at=meeting.starts_at)
    Participant.objects.filter(pk=ani.pk).update(name="Sari")
    assert "atas nama Ani" in text_of(client.get(f"/rakor/{meeting.pk}/"))
    assert counted(client, meeting).endswith("1 belum menjawab")
    # The answer of before, given again by the new person, is another one.
    assert client.post(page_of(ani), {"answer": "present", "seen": Reply.objects.get().pk})
    assert counted(client, meeting).startswith("1 hadir")


def test_attendance_and_its_list_show_the_answer_as_a_hint(client, meeting, ani):
    ReplyFactory(participant=ani, answer="represented", represented_by="Bu Sari")
    form = client.get(f"/rakor/{meeting.pk}/kehadiran/")
    assert "Ani DCKTLH · menjawab diwakili Bu Sari" in text_of(form)
    # Who is present is ticked by the secretary.
    assert f'id="hadir-{ani.pk}" value="1" checked' not in form.content.decode()
    paper = f"/rakor/{meeting.pk}/cetak/daftar-hadir/"
    assert "Ani diwakili Bu Sari" in text_of(client.get(paper))
    Participant.objects.update(represented_by="Pak Dedi")
    assert "diwakili Pak Dedi" in text_of(client.get(paper))
    assert "Bu Sari" not in text_of(client.get(paper))


def test_answers_are_in_the_audit_with_who_recorded_them(client, ani, look):  # noqa: F811
    ReplyFactory(participant=ani)
    client.post(page_of(ani), {"answer": "absent", "seen": Reply.objects.get().pk})
    who = "Pemeriksa (pemeriksa)"
    lines = seen_by(look, "Rapat: menjawab")
    assert [line[1:] for line in lines] == [
        ("Rapat: menjawab hadir", "Rakor triwulan: Ani"),
        ("Rapat: menjawab berhalangan", "Rakor triwulan: Ani"),
    ]
    assert (lines[0][0], lines[1][0]) == ("", who)


def test_a_removed_participant_leaves_the_answer_in_the_audit(ani):
    ReplyFactory(participant=ani)
    ani.delete()
    reply = Reply.objects.get()
    assert (reply.participant, str(reply)) == (None, "Ani: hadir")


@pytest.mark.parametrize("count", [5, 400])
def test_page_with_answers_takes_the_same_queries_for_any_number(
    client, bappeda, count, django_assert_num_queries
):
    meeting = MeetingFactory()
    people = Participant.objects.bulk_create(
        Participant(meeting=meeting, name=f"Orang {n}", organisation="X") for n in range(count)
    )
    Reply.objects.bulk_create(
        ReplyFactory.build(
            participant=person, meeting=meeting, name=person.name, means="recorded", by=bappeda
        )
        for person in people
        for _ in range(2)
    )
    client.get(f"/rakor/{meeting.pk}/")
    with django_assert_num_queries(17):
        client.get(f"/rakor/{meeting.pk}/")
