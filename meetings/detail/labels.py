"""A meeting's facts as Indonesian text: days, times and state tags."""

from django.utils import timezone

from kotaku.formats import NBSP, format_date, format_long_date, format_time
from kotaku.workflow.states import Tone
from meetings.detail import schedule
from meetings.models import FollowUpState, Meeting

LATE, AWAITED = "Terlambat", "Menunggu konfirmasi"


def day_text(meeting) -> str:
    """Return `Selasa, 8 November 2016`."""
    return format_long_date(meeting.day)


def time_text(meeting) -> str:
    """Return `09.00–12.00 WIB`, `09.00 WIB s.d. selesai`, or that the time is unknown."""
    if not meeting.is_time_known:
        return "jam tidak tercatat" if not meeting.is_open else "jam belum ditentukan"
    start = timezone.localtime(meeting.starts_at)
    if meeting.ends_at is None:
        return f"{format_time(start)} s.d. selesai"
    return f"{start:%H.%M}–{timezone.localtime(meeting.ends_at):%H.%M}{NBSP}WIB"


def place_text(meeting, spell=str) -> str:
    """Return `Aula Bappeda`, `Daring`, or `Aula Bappeda dan daring`; never the link."""
    if meeting.way == Meeting.Way.ONLINE:
        return "Daring"
    place = spell(meeting.place)
    return f"{place} dan daring" if meeting.is_online else place


def where_text(meeting) -> str:
    """Return the place within a sentence: `di Aula Bappeda`, `secara daring`, or both."""
    if meeting.way == Meeting.Way.ONLINE:
        return "secara daring"
    return f"di {meeting.place}{' dan secara daring' if meeting.is_online else ''}"


def start_of_day(meeting):
    """Return the time of day at which the meeting begins, None if unknown."""
    return timezone.localtime(meeting.starts_at).time() if meeting.is_time_known else None


def agenda_warnings(first, last, rows) -> list[str]:
    """Return a sentence for each agenda item that does not fit; `rows` are (title, Slot)."""
    odd = schedule.misfits(first, last, [slot for _, slot in rows])
    return [f"Acara {index + 1} ({rows[index][0]}) {what}." for index, what in odd]


def end_of_day(meeting):
    """Return the time of day at which the meeting ends, None if unknown."""
    is_known = meeting.is_time_known and meeting.ends_at
    return timezone.localtime(meeting.ends_at).time() if is_known else None


def follow_up_tag(follow_up) -> tuple[str, str]:
    """Return (tone, text) of a follow-up's state; "Terlambat" replaces the state if overdue."""
    if follow_up.is_overdue:
        return Tone.BAD.value, LATE
    if follow_up.state == FollowUpState.DONE and not follow_up.confirmed_at:
        return Tone.WAIT.value, AWAITED
    return follow_up.tone, follow_up.get_state_display()


def due_text(follow_up) -> str:
    """Return the due date and, if overdue, by how many days."""
    text = format_date(follow_up.due_on)
    if not follow_up.is_overdue:
        return text
    days = (timezone.localdate() - follow_up.due_on).days
    return f"{text} (lewat {days} hari)"
