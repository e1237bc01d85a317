"""Move decisions of a cancelled meeting, with their follow-ups, to another meeting; or close them."""

from django.db import transaction

from kotaku.workflow import TransitionNotAllowed
from meetings.models.decision import Decision
from meetings.models.follow_up import FollowUp
from meetings.models.meeting import Meeting, MeetingState

NOT_CANCELLED = "Rapat ini tidak batal, jadi tindak lanjutnya tetap di sini."
TARGET_OFF = "Rapat tujuannya baru saja dibatalkan. Pilih rapat yang lain."


def _named(meeting) -> str:
    return f"{meeting}, {meeting.days_text}"


def move_decisions(keys, *, source: Meeting, target: Meeting, by, text: str) -> None:
    """Move these decisions (keys) of a cancelled meeting to another one whose minutes are open.

    They lose their agenda item; each follow-up gets a line of history with the reason. Raises
    TransitionNotAllowed or StaleRecord; all is moved or nothing.
    """
    with transaction.atomic():
        for minutes in sorted((source.minutes, target.minutes), key=lambda each: each.pk):
            minutes.lock_for_decisions()
        _check_cancelled(source)
        if Meeting.objects.get(pk=target.pk).state == MeetingState.CANCELLED:
            raise TransitionNotAllowed(TARGET_OFF)
        decisions = Decision.objects.filter(pk__in=keys, meeting=source)
        follow_ups = list(FollowUp.objects.filter(decision__in=decisions).order_by("pk"))
        decisions.update(meeting=target, agenda_item=None)
        for each in follow_ups:
            moved = [["meeting", _named(source), _named(target)]]
            each.move("relocate", by=by, version=each.version, text=text, differences=moved)


def close_follow_ups(keys, *, source: Meeting, by, text: str) -> None:
    """Cancel the open follow-ups of these decisions (keys) of a cancelled meeting."""
    with transaction.atomic():
        source.minutes.lock_for_decisions()
        _check_cancelled(source)
        mine = FollowUp.objects.filter(decision__in=keys, decision__meeting=source)
        for each in mine.open().order_by("pk"):
            each.cancel(by=by, version=each.version, text=text)


def _check_cancelled(source):
    if Meeting.objects.get(pk=source.pk).state != MeetingState.CANCELLED:
        raise TransitionNotAllowed(NOT_CANCELLED)
