"""A meeting's facts as Indonesian text: days, times and state tags."""

from datetime import timedelta

from django.utils import timezone

from kotaku.day_ranges import format_long_days
from kotaku.formats import MONTHS, NBSP, format_date, format_long_date, format_time
from kotaku.workflow.states import Tone
from meetings.detail import schedule
from meetings.models import FollowUpState, Meeting, MeetingState

LATE, AWAITED = "Terlambat", "Menunggu konfirmasi"


def day_text(meeting) -> str:
    """Return `Selasa, 8 November 2016`, `Selasa–Rabu, 8–9 November 2016`."""
    return format_long_days(meeting.day, meeting.last_day)


def time_text(meeting) -> str:
    """Return `09.00–12.00 WIB`, `09.00 WIB s.d. selesai`, or that the time is unknown.

    For several days: `8 November pukul 09.00 s.d. 9 November pukul 12.00 WIB`.
    """
    if not meeting.is_time_known:
        return (
            "jam tidak tercatat" if meeting.state == MeetingState.DONE else "jam belum ditentukan"
        )
    start = timezone.localtime(meeting.starts_at)
    if meeting.day_count > 1:
        return _time_over_days(meeting, start)
    if not knows_end(meeting):
        return f"{format_time(start)} s.d. selesai"
    return f"{start:%H.%M}–{timezone.localtime(meeting.ends_at):%H.%M}{NBSP}WIB"


def knows_end(meeting) -> bool:
    """Whether the time of day at which the meeting ends is known."""
    return bool(meeting.ends_at) and meeting.is_time_known and meeting.is_end_known


def _time_over_days(meeting, start) -> str:
    first = f"{_short_date(start)} pukul {start:%H.%M}"
    if not knows_end(meeting):
        return f"{first}{NBSP}WIB s.d. selesai"
    end = timezone.localtime(meeting.ends_at)
    return f"{first} s.d. {_short_date(end)} pukul {format_time(end)}"


def _short_date(moment) -> str:
    return f"{moment.day} {MONTHS[moment.month - 1]}"


def agenda_days(meeting, items) -> list[str]:
    """Return `Hari ke-2, Rabu, 9 November 2016` for each item that begins a day, else "".

    All are "" if the meeting has one day.
    """
    if meeting.day_count == 1:
        return [""] * len(items)
    texts, before = [], None
    for item in items:
        date = meeting.day + timedelta(days=item.day - 1)
        is_new = item.day != before
        texts.append(f"Hari ke-{item.day}, {format_long_date(date)}" if is_new else "")
        before = item.day
    return texts


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


def agenda_warnings(first, last, rows, days=1) -> list[str]:
    """Return a sentence for each agenda item that does not fit; `rows` are (title, Slot)."""
    odd = schedule.misfits(first, last, [slot for _, slot in rows], days)
    return [f"Acara {index + 1} ({rows[index][0]}) {what}." for index, what in odd]


def letter_warnings(day, letter_date) -> list[str]:
    """Return a sentence if the letter is dated after the first day of its meeting."""
    if not (day and letter_date) or letter_date <= day:
        return []
    dates = f"Tanggal surat ({format_date(letter_date)}) sesudah hari rapat ({format_date(day)})"
    return [f"{dates}."]


def end_of_day(meeting):
    """Return the time of day at which the meeting ends, None if unknown."""
    return timezone.localtime(meeting.ends_at).time() if knows_end(meeting) else None


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
