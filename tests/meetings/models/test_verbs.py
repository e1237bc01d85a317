"""What moves a meeting, its minutes, a follow-up and a report on, and what does not."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from kotaku.workflow import StaleRecord, TransitionNotAllowed
from meetings.menu import minutes_to_approve
from meetings.models import (
    AgendaItem,
    Article,
    ArticleState,
    FollowUp,
    FollowUpState,
    MeetingState,
    Minutes,
    MinutesState,
)
from tests.areas.models.test_concurrency import all_at_once
from tests.factories import (
    AgendaItemFactory,
    ArticleFactory,
    DecisionFactory,
    FollowUpFactory,
    MeetingFactory,
    UserFactory,
)

MEETING_VERBS = {
    "schedule": ({"draft"}, "scheduled"),
    "finish": ({"draft", "scheduled"}, "done"),
    "cancel": ({"draft", "scheduled"}, "cancelled"),
    "reopen": ({"done", "cancelled"}, "scheduled"),
}


@pytest.mark.parametrize("verb", sorted(MEETING_VERBS))
@pytest.mark.parametrize("state", MeetingState.values)
def test_meeting_moves_only_as_its_table_says(bappeda, verb, state):
    reason = {"cancel_reason": "Banjir."} if state == "cancelled" else {}
    meeting = MeetingFactory(state=state, **reason)
    before, after = MEETING_VERBS[verb]
    more = {"reason": "Banjir."} if verb == "cancel" else {}
    if state in before:
        getattr(meeting, verb)(by=bappeda, version=1, **more)
        meeting.refresh_from_db()
        assert (meeting.state, meeting.version) == (after, 2)
        assert meeting.changed_by == bappeda
    else:
        with pytest.raises(TransitionNotAllowed):
            getattr(meeting, verb)(by=bappeda, version=1, **more)
        meeting.refresh_from_db()
        assert (meeting.state, meeting.version) == (state, 1)


def test_meeting_of_tomorrow_was_not_held_yet(bappeda):
    meeting = MeetingFactory(starts_at=timezone.now() + timedelta(days=2), ends_at=None)
    with pytest.raises(TransitionNotAllowed, match="belum berlangsung"):
        meeting.finish(by=bappeda, version=1)


def test_cancelling_needs_a_reason(bappeda):
    with pytest.raises(TransitionNotAllowed, match="alasan"):
        MeetingFactory().cancel(by=bappeda, version=1, reason="  ")


def test_meeting_with_approved_minutes_stays_done(bappeda, viewer):
    meeting = MeetingFactory(done=True)
    submit(meeting, bappeda)
    meeting.minutes.approve(by=UserFactory(bappeda=True), version=2)
    with pytest.raises(TransitionNotAllowed, match="tetap selesai"):
        meeting.reopen(by=bappeda, version=1)


def submit(meeting, by):
    AgendaItemFactory(meeting=meeting, notes="Dibahas.", order=meeting.agenda.count() + 1)
    meeting.minutes.submit(by=by, version=meeting.minutes.version)


def test_minutes_go_to_the_chair_and_back_and_are_approved(bappeda, viewer):
    meeting = MeetingFactory(done=True, chair_user=viewer)
    submit(meeting, bappeda)
    minutes = meeting.minutes
    with pytest.raises(TransitionNotAllowed, match="pimpinan rapat"):
        minutes.approve(by=UserFactory(bappeda=True), version=2)
    minutes.return_for_correction(by=viewer, version=2, reason="Kurang lengkap.")
    minutes.submit(by=bappeda, version=3)
    assert minutes.return_reason == ""
    minutes.approve(by=viewer, version=4)
    assert Minutes.objects.get().state == MinutesState.APPROVED
    assert Minutes.objects.get().decided_by == viewer


def test_nobody_approves_their_own_minutes_where_no_chair_is_named(bappeda):
    meeting = MeetingFactory(done=True)
    submit(meeting, bappeda)
    with pytest.raises(TransitionNotAllowed):
        meeting.minutes.approve(by=bappeda, version=2)
    meeting.minutes.approve(by=UserFactory(bappeda=True), version=2)


def test_a_chair_who_handed_them_in_leaves_the_approval_to_a_colleague(bappeda, second_bappeda):
    meeting = MeetingFactory(done=True, chair_user=bappeda)
    submit(meeting, bappeda)
    for verb in ("approve", "return"):
        with pytest.raises(TransitionNotAllowed, match="selain yang mengajukannya"):
            meeting.minutes.act(verb, by=bappeda, version=2, reason="Kurang.")
    assert list(minutes_to_approve(bappeda)) == []
    assert list(minutes_to_approve(second_bappeda)) == [meeting]
    meeting.minutes.approve(by=second_bappeda, version=2)
    assert Minutes.objects.get().decided_by == second_bappeda


def test_village_officer_never_approves(bappeda, officer):
    meeting = MeetingFactory(done=True)
    submit(meeting, bappeda)
    with pytest.raises(TransitionNotAllowed):
        meeting.minutes.approve(by=officer, version=2)


def test_empty_minutes_and_minutes_of_no_meeting_are_not_handed_in(bappeda):
    with pytest.raises(TransitionNotAllowed, match="kosong"):
        MeetingFactory(done=True).minutes.submit(by=bappeda, version=1)
    with pytest.raises(TransitionNotAllowed, match="sudah selesai"):
        submit(MeetingFactory(), bappeda)


def test_notes_are_locked_once_the_minutes_are_handed_in(bappeda):
    meeting = MeetingFactory(done=True)
    submit(meeting, bappeda)
    item = meeting.agenda.get()
    with pytest.raises(TransitionNotAllowed, match="sudah diajukan"):
        item.take_notes(by=bappeda, version=1, notes="Lain.", is_discussed=True)
    with pytest.raises(TransitionNotAllowed), transaction.atomic():
        meeting.minutes.lock_editable()
    assert AgendaItem.objects.get().notes == "Dibahas."


def test_stale_notes_never_overwrite_anothers(bappeda, second_bappeda):
    item = AgendaItemFactory()
    mine = AgendaItem.objects.get()
    item.take_notes(by=second_bappeda, version=1, notes="Pertama.", is_discussed=False)
    with pytest.raises(StaleRecord, match="baru saja diubah oleh"):
        mine.take_notes(by=bappeda, version=1, notes="Kedua.", is_discussed=False)
    assert AgendaItem.objects.get().notes == "Pertama."
    assert AgendaItem.objects.get().is_discussed


def test_version_that_nobody_has_seen_is_stale(bappeda):
    meeting = MeetingFactory()
    mine = type(meeting).objects.get()
    meeting.cancel(by=bappeda, version=1, reason="Banjir.")
    with pytest.raises(StaleRecord):
        mine.finish(by=bappeda, version=2)


FOLLOW_UP_VERBS = {
    "report": ({"not_started", "running"}, "running"),
    "finish": ({"not_started", "running"}, "done"),
    "cancel": ({"not_started", "running"}, "cancelled"),
    "confirm": ({"done"}, "done"),
    "reopen": ({"done", "cancelled"}, "running"),
}


@pytest.mark.parametrize("verb", sorted(FOLLOW_UP_VERBS))
@pytest.mark.parametrize("state", FollowUpState.values)
def test_follow_up_moves_only_as_its_table_says(bappeda, verb, state):
    follow_up = FollowUpFactory(done=True) if state == "done" else FollowUpFactory(state=state)
    before, after = FOLLOW_UP_VERBS[verb]
    more = {} if verb == "confirm" else {"text": "Karena begini."}
    if state in before:
        getattr(follow_up, verb)(by=bappeda, version=1, **more)
        note = follow_up.notes.get()
        assert (note.kind, note.author) == (verb, bappeda)
    else:
        with pytest.raises(TransitionNotAllowed):
            getattr(follow_up, verb)(by=bappeda, version=1, **more)
        assert not follow_up.notes.exists()
        after = state
    stored = FollowUp.objects.get()
    assert stored.state == after
    assert (stored.completed_at is not None) == (after == "done")


def test_nobody_confirms_their_own_report(bappeda, second_bappeda):
    follow_up = FollowUpFactory()
    follow_up.finish(by=bappeda, version=1, text="Sudah.")
    with pytest.raises(TransitionNotAllowed, match="Anda sendiri"):
        follow_up.confirm(by=bappeda, version=2)
    follow_up.confirm(by=second_bappeda, version=2)
    with pytest.raises(TransitionNotAllowed, match="sudah dikonfirmasi"):
        follow_up.confirm(by=second_bappeda, version=3)
    follow_up.reopen(by=bappeda, version=3, text="Foto belum ada.")
    stored = FollowUp.objects.get()
    assert (stored.state, stored.confirmed_by, stored.completed_by) == ("running", None, None)


@pytest.mark.parametrize("verb", ["report", "finish", "cancel", "reopen"])
def test_every_step_of_a_follow_up_says_something(bappeda, verb):
    follow_up = FollowUpFactory(done=True) if verb == "reopen" else FollowUpFactory()
    with pytest.raises(TransitionNotAllowed, match="keterangan"):
        getattr(follow_up, verb)(by=bappeda, version=1, text=" ")


@pytest.mark.django_db(transaction=True)
def test_many_reports_of_done_make_one():
    follow_up = FollowUpFactory()
    people = [UserFactory(bappeda=True) for _ in range(8)]

    def finish(user):
        FollowUp.objects.get(pk=follow_up.pk).finish(by=user, version=1, text="Sudah.")

    results = all_at_once([lambda user=user: finish(user) for user in people])
    assert results.count(None) == 1
    assert all(r is None or isinstance(r, StaleRecord | TransitionNotAllowed) for r in results)
    assert follow_up.notes.count() == 1


def test_a_row_that_was_loaded_before_another_change_is_stale_whatever_its_state(bappeda):
    article = ArticleFactory()
    loaded_before = Article.objects.get(pk=article.pk)
    article.publish(by=bappeda, version=1)
    with pytest.raises(StaleRecord, match="baru saja diubah oleh"):
        loaded_before.withdraw(by=bappeda, version=1)


def test_report_is_published_withdrawn_and_published_again_with_its_first_date(bappeda):
    article = ArticleFactory()
    article.publish(by=bappeda, version=1)
    first = article.published_at
    with pytest.raises(TransitionNotAllowed):
        article.publish(by=bappeda, version=2)
    article.withdraw(by=bappeda, version=2)
    assert article.state == ArticleState.WITHDRAWN
    article.publish(by=bappeda, version=3)
    assert article.published_at == first


def test_item_with_a_decision_is_not_removed(db):
    decision = DecisionFactory()
    with pytest.raises(TransitionNotAllowed, match="catatan atau keputusan"):
        decision.agenda_item.remove()


def test_undiscussed_items_are_offered_until_a_later_meeting_takes_them_up(bappeda):
    held = MeetingFactory(done=True)
    left = AgendaItemFactory(meeting=held)
    AgendaItemFactory(meeting=held, order=2, notes="Sudah.")
    AgendaItemFactory(meeting=held, order=3, is_discussed=True)
    AgendaItemFactory(meeting=MeetingFactory())
    assert list(AgendaItem.objects.undiscussed()) == [left]
    later = AgendaItemFactory(continues=left)
    assert list(AgendaItem.objects.undiscussed()) == []
    later.meeting.cancel(by=bappeda, version=1, reason="Banjir.")
    assert list(AgendaItem.objects.undiscussed()) == [left]
