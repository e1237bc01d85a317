"""When a follow-up is reminded of, and whom: its owners, or Bappeda where none can be reached."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse

from kotaku.formats import format_date
from kotaku.models import User
from meetings.models import FollowUp, FollowUpReminder, MeetingState
from meetings.people import Office, owners, with_owners

BEFORE = (timedelta(days=7), timedelta(days=1), timedelta(0))
WEEK = timedelta(days=7)
# Nothing is reminded of that a meeting in these states decided.
SILENT = (MeetingState.CANCELLED, MeetingState.DRAFT, MeetingState.DISCARDED)
NO_ACCOUNT = (
    "Penanggung jawabnya belum mempunyai akun aktif dengan alamat email, jadi pengingatnya dikirim "
    "kepada Bappeda."
)


def reminder_day(due_on: date, today: date) -> date | None:
    """Return the day of the latest reminder that has fallen due; None before the first.

    Reminders fall 7 days and 1 day before the due date, on it, and every week after it.
    """
    if today > due_on:
        return due_on + (today - due_on) // WEEK * WEEK
    return max((due_on - each for each in BEFORE if due_on - each <= today), default=None)


def is_unreachable(follow_up) -> bool:
    """Whether an open follow-up is reminded of to Bappeda, because no owner can be reached."""
    is_reminded = follow_up.is_open and follow_up.meeting.state not in SILENT
    return is_reminded and not owners(follow_up)


def pending(today: date) -> Iterator[tuple[User, str, str, tuple[int, date]]]:
    """Yield (user, sentence, path, (follow-up, day)) of the reminders that are not sent yet."""
    due = with_owners(FollowUp.objects.open().filter(due_on__lte=today + BEFORE[0]))
    settled = due.exclude(decision__meeting__state__in=SILENT)
    sent = set(FollowUpReminder.objects.values_list("follow_up", "user", "day"))
    office = Office()
    for each in settled.order_by("due_on", "pk"):
        day = reminder_day(each.due_on, today)
        people = owners(each)
        sentence = _sentence(each, today)
        if not people:
            people = office.of(each.meeting.region)
            sentence += f". {each.owner_text} belum mempunyai akun aktif: hubungi langsung"
        for user in sorted(people, key=lambda user: user.username):
            if (each.pk, user.pk, day) not in sent:
                yield user, sentence, reverse("meetings:follow-up", args=[each.pk]), (each.pk, day)


def _sentence(follow_up, today) -> str:
    late = "sudah lewat batas" if follow_up.due_on < today else "batas"
    return f"Tindak lanjut “{follow_up.what[:160]}”: {late} {format_date(follow_up.due_on)}"
