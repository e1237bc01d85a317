"""The database refuses what must never be; every constraint of meetings has its violation here."""

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from meetings.models import (
    Addendum,
    AgendaItem,
    Article,
    Attachment,
    Decision,
    Delivery,
    FollowUp,
    FollowUpEvidence,
    FollowUpReminder,
    Meeting,
    MeetingEvent,
    Minutes,
    Participant,
    PokjaDecree,
    PokjaMember,
    ProgressNote,
    Reply,
    SentReminder,
)
from tests import factories
from tests.kotaku.integrity.constraints_alone import constraints_alone

NOW = datetime(2020, 1, 1, tzinfo=UTC)


def update(model, **changes):
    return lambda: model.objects.update(**changes)


def copy_of(model, **changes):
    def act():
        row = model.objects.order_by("pk").first()
        row.pk = None
        for name, value in changes.items():
            setattr(row, name, value)
        row.save(force_insert=True)

    return act


def attachment(**changes):
    def act():
        meeting = Meeting.objects.get()
        values = {
            "meeting": meeting,
            "file": "x.jpg",
            "name": "x.jpg",
            "content_type": "image/jpeg",
            "size_bytes": 1,
            "sha256": "a" * 64,
            "uploaded_by": meeting.changed_by,
        }
        Attachment(**{**values, **changes}).save()

    return act


def evidence():
    task = FollowUp.objects.get()
    values = {"file": "x.jpg", "name": "x.jpg", "content_type": "image/jpeg", "size_bytes": 1}
    FollowUpEvidence(follow_up=task, sha256="a" * 64, uploaded_by=task.changed_by, **values).save()


def reminder_of_follow_up():
    task = FollowUp.objects.get()
    FollowUpReminder.objects.create(follow_up=task, user=task.changed_by, day=NOW.date())


def twice(act):
    return lambda: [act() for _ in range(2)]


def progress_note():
    row = FollowUp.objects.get()
    ProgressNote.objects.create(follow_up=row, kind="report", author=row.changed_by)


def addendum():
    row = Minutes.objects.get()
    Addendum.objects.create(minutes=row, author=row.changed_by)


def event_without_reason():
    row = Meeting.objects.get()
    MeetingEvent.objects.create(meeting=row, kind="cancel", actor=row.changed_by, at=NOW)


def reminder():
    user = factories.User.objects.first()
    SentReminder.objects.create(user=user, day=NOW.date())


def own_confirmation():
    row = FollowUp.objects.get()
    FollowUp.objects.update(confirmed_by=row.completed_by, confirmed_at=NOW)


def held_meeting():
    factories.MeetingFactory(done=True, minutes=None)
    factories.MinutesFactory(approved=True, meeting=Meeting.objects.get())


def own_decision():
    """Skip the trigger that keeps approved minutes: it comes first."""
    constraints_alone()
    Minutes.objects.update(decided_by=F("submitted_by"))


def delivered_addendum():
    held_meeting()
    meeting = Meeting.objects.get()
    added = Addendum.objects.create(
        minutes=meeting.minutes, author=meeting.changed_by, text="Tambahan."
    )
    person = factories.ParticipantFactory(meeting=meeting)
    factories.DeliveryFactory(participant=person, kind="addendum", addendum=added)


def violations():
    """Return constraint name -> (what to build first, what then breaks it)."""
    meeting, item = factories.MeetingFactory, factories.AgendaItemFactory
    person, follow_up = factories.ParticipantFactory, factories.FollowUpFactory
    delivery = factories.DeliveryFactory
    decree, member = factories.PokjaDecreeFactory, factories.PokjaMemberFactory
    position = {"name": "", "position": "Camat"}
    return {
        "meeting_end_after_start": (meeting, update(Meeting, ends_at=NOW.replace(year=2010))),
        "meeting_unknown_end_has_day": (
            meeting,
            update(Meeting, is_end_known=False, ends_at=None),
        ),
        "meeting_place_where_people_meet": (meeting, update(Meeting, place="")),
        "meeting_link_where_online": (meeting, update(Meeting, way="hybrid")),
        "meeting_link_is_https": (
            meeting,
            update(Meeting, way="hybrid", link="http://contoh.id/"),
        ),
        "meeting_cancelled_with_reason": (meeting, update(Meeting, state="cancelled")),
        "meeting_invited_paired": (meeting, update(Meeting, invited_at=NOW)),
        "meeting_from_news_has_no_papers": (meeting, update(Meeting, source="news")),
        "meeting_event_text_where_required": (meeting, event_without_reason),
        "minutes_submitted_paired": (meeting, update(Minutes, submitted_at=NOW)),
        "minutes_decided_paired": (meeting, update(Minutes, decided_at=NOW)),
        "minutes_four_eyes": (held_meeting, own_decision),
        "minutes_returned_with_reason": (meeting, update(Minutes, return_reason="x")),
        "addendum_not_empty": (meeting, addendum),
        "agenda_order_once": (item, copy_of(AgendaItem)),
        "agenda_title_not_empty": (item, update(AgendaItem, title="")),
        "agenda_day_positive": (item, update(AgendaItem, day=0)),
        "agenda_length_positive": (item, update(AgendaItem, length_minutes=0)),
        "participant_name_once": (
            lambda: person(name="Ani"),
            copy_of(Participant, name="ANI", organisation="dcktlh"),
        ),
        "participant_position_once": (lambda: person(**position), copy_of(Participant)),
        "participant_somebody": (person, update(Participant, name="")),
        "decision_not_empty": (factories.DecisionFactory, update(Decision, text="")),
        "follow_up_has_owner": (follow_up, update(FollowUp, organisation="")),
        "follow_up_completed_when_done": (follow_up, update(FollowUp, state="done")),
        "follow_up_confirmed_paired": (follow_up, update(FollowUp, confirmed_at=NOW)),
        "follow_up_four_eyes": (lambda: follow_up(done=True), own_confirmation),
        "progress_note_says_something": (follow_up, progress_note),
        "attachment_file_once": (meeting, twice(attachment())),
        "follow_up_evidence_once": (follow_up, twice(evidence)),
        "article_published_has_date": (
            factories.ArticleFactory,
            update(Article, state="published"),
        ),
        "follow_up_reminder_once": (follow_up, twice(reminder_of_follow_up)),
        "meeting_cancelled_draft_is_cancelled": (
            meeting,
            update(Meeting, was_cancelled_as_draft=True),
        ),
        "delivery_waits_once": (lambda: delivery(state="waiting"), copy_of(Delivery)),
        "delivery_minutes_once": (lambda: delivery(kind="minutes"), copy_of(Delivery)),
        "delivery_addendum_once": (delivered_addendum, copy_of(Delivery)),
        "delivery_addendum_named": (delivery, update(Delivery, kind="addendum")),
        "delivery_address_as_state": (
            lambda: delivery(state="waiting"),
            update(Delivery, address=""),
        ),
        "delivery_handed_on_day": (delivery, update(Delivery, state="letter")),
        "delivery_refused_with_words": (delivery, update(Delivery, state="refused")),
        "pokja_decree_once": (lambda: decree(number="600/a"), copy_of(PokjaDecree, number="600/A")),
        "pokja_decree_ends_after_start": (
            decree,
            update(PokjaDecree, valid_to=NOW.date().replace(year=2010)),
        ),
        "pokja_member_name_once": (
            lambda: member(name="Ani"),
            copy_of(PokjaMember, name="ANI", organisation="dcktlh"),
        ),
        "pokja_member_position_once": (lambda: member(**position), copy_of(PokjaMember)),
        "pokja_member_somebody": (member, update(PokjaMember, name="", position="")),
        "reply_by_account_unless_link": (
            factories.ReplyFactory,
            update(Reply, means="recorded"),
        ),
        "reply_representative_of_represented": (
            factories.ReplyFactory,
            update(Reply, represented_by="Bu Sari"),
        ),
        "reminder_once_per_day": (factories.UserFactory, twice(reminder)),
    }


def test_every_constraint_has_its_violation():
    models = apps.get_app_config("meetings").get_models()
    ours = {constraint.name for model in models for constraint in model._meta.constraints}
    assert ours == set(violations())


@pytest.mark.parametrize("name", sorted(violations()))
def test_database_refuses(db, name):
    build, break_it = violations()[name]
    build()
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        break_it()
    # SQLite names the columns or the index of a unique constraint, not the constraint itself.
    if connection.vendor == "postgresql" or "UNIQUE" not in str(refusal.value):
        assert name in str(refusal.value), refusal.value


def test_sentences_of_constraints_end_with_a_full_stop():
    for model in apps.get_app_config("meetings").get_models():
        for constraint in model._meta.constraints:
            assert constraint.violation_error_message.endswith("."), constraint.name
