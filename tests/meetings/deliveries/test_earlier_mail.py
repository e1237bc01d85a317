"""Mail of the time before deliveries were recorded: the migration notes who was told."""

from importlib import import_module

from django.apps import apps
from django.core import mail
from django.utils import timezone

from meetings.models import Delivery, Meeting, MeetingEvent
from tests.areas.public.pages import text_of
from tests.factories import MeetingFactory, MinutesFactory, ParticipantFactory, UserFactory

note_earlier = import_module("meetings.migrations.0011_deliveries").note_earlier


def told(**facts):
    return MeetingFactory(invited_at=timezone.now(), invited_version=1, **facts)


def test_who_was_invited_needs_no_mail_until_the_meeting_changes(client):
    meeting = told()
    ParticipantFactory(meeting=meeting, name="Ani", email="ani@contoh.id")
    ParticipantFactory(meeting=meeting, name="Budi")
    gone = UserFactory(email="lama@contoh.id", is_active=False)
    ParticipantFactory(meeting=meeting, name="Cici", user=gone)
    note_earlier(apps, None)
    (row,) = Delivery.objects.all()
    assert (row.kind, row.state, row.address) == ("invitation", "sent", "ani@contoh.id")
    assert "Kirim undangan" not in text_of(client.get(f"/rakor/{meeting.pk}/"))
    Meeting.objects.update(version=2, place="Lain")
    client.post(f"/rakor/{meeting.pk}/surel-undangan/", {"version": 2})
    (message,) = mail.outbox
    # What it said before is not known.
    assert message.subject == f"Perubahan: {meeting.title}, Selasa, 8 November 2016"


def test_who_was_told_of_the_cancellation_is_not_told_again(client, db):
    meeting = told(state="cancelled", cancel_reason="Banjir.")
    ParticipantFactory(meeting=meeting, email="ani@contoh.id")
    note_earlier(apps, None)
    assert Delivery.objects.get().kind == "cancellation"
    assert "Kirim pemberitahuan" not in text_of(client.get(f"/rakor/{meeting.pk}/"))


def test_sent_minutes_count_as_sent_to_who_has_an_address(client, db):
    meeting = MeetingFactory(done=True, minutes=None, minutes_sent_at=timezone.now())
    MinutesFactory(meeting=meeting, approved=True)
    ParticipantFactory(meeting=meeting, email="ani@contoh.id", is_invited=False, is_present=True)
    ParticipantFactory(meeting=meeting, email="budi@contoh.id", is_invited=False)
    note_earlier(apps, None)
    assert list(Delivery.objects.values_list("kind", "address")) == [("minutes", "ani@contoh.id")]


def test_cancelled_drafts_of_before_are_known_by_their_history(db, bappeda):
    for title, steps in (("draf", ["cancel"]), ("rapat", ["schedule", "cancel"]), ("lama", [])):
        meeting = MeetingFactory(title=title, state="cancelled", cancel_reason="Hujan.")
        for step in steps:
            MeetingEvent.objects.create(
                meeting=meeting, kind=step, actor=bappeda, at=timezone.now(), text="Hujan."
            )
    note_earlier(apps, None)
    hidden = Meeting.objects.filter(was_cancelled_as_draft=True)
    assert list(hidden.values_list("title", flat=True)) == ["draf"]
