"""The life of a meeting in five steps: invited, held, minutes approved, minutes sent, reported."""

from collections import Counter
from dataclasses import dataclass

from kotaku.interface.moments import moment_text
from meetings.detail.labels import AWAITED, LATE
from meetings.models import FollowUpState, MeetingState
from meetings.models.states import MinutesState

DONE, PART, OPEN = "done", "part", "open"
TOLD = (FollowUpState.DONE.label, AWAITED, LATE)


@dataclass(frozen=True)
class PathStep:
    """One step; `state` is "done", "part" (something is left to do there) or "open"."""

    title: str
    text: str
    state: str


def path(meeting, minutes, day: str, articles, *, is_changed=False, missing="") -> list[PathStep]:
    """Return the five steps; none for a meeting that was cancelled or is known from the news.

    `is_changed` says that invited people do not know of a change yet; `missing` is how many have the
    invitation, if not all.
    """
    if meeting.is_from_news or meeting.state == MeetingState.CANCELLED:
        return []
    published = [article for article in articles if article.is_published]
    return [
        _invitation(meeting, is_changed, missing),
        PathStep("Rapat", day, DONE if meeting.state == MeetingState.DONE else OPEN),
        _approval(minutes),
        PathStep("Notulen dikirim", moment_text(meeting.minutes_sent_at), DONE)
        if meeting.minutes_sent_at
        else PathStep("Notulen dikirim", "belum", OPEN),
        PathStep("Berita", "terbit" if published else "belum terbit", DONE if published else OPEN),
    ]


def _invitation(meeting, is_changed, missing) -> PathStep:
    if not meeting.invited_at:
        return PathStep("Undangan", "belum dikirim lewat email", OPEN)
    if is_changed:
        return PathStep("Undangan", "rapat berubah sesudah undangan dikirim", PART)
    if missing and meeting.is_open:
        return PathStep("Undangan", missing, PART)
    return PathStep("Undangan terkirim", moment_text(meeting.invited_at), DONE)


def _approval(minutes) -> PathStep:
    if minutes.state == MinutesState.APPROVED:
        return PathStep("Notulen disahkan", moment_text(minutes.decided_at), DONE)
    waits = minutes.state in (MinutesState.SUBMITTED, MinutesState.RETURNED)
    return PathStep("Notulen", minutes.get_state_display().lower(), PART if waits else OPEN)


def outcome(decisions) -> str:
    """Return `2 keputusan, 3 tindak lanjut: 1 selesai, 1 terlambat.`; "" without decisions.

    The words are those of the tags beside the follow-ups.
    """
    if not decisions:
        return ""
    tasks = [line for decision in decisions for line in decision.follow_ups]
    counts = Counter(line.tone_label for line in tasks)
    parts = [f"{counts[label]} {label.lower()}" for label in TOLD if counts[label]]
    text = f"{len(decisions)} keputusan"
    if tasks:
        text += f", {len(tasks)} tindak lanjut"
    return f"{text}: {', '.join(parts)}." if parts else f"{text}."
