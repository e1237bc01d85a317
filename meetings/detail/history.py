"""The history of a meeting, its minutes and its attachments as lines of text."""

from kotaku.interface.moments import moment_text
from kotaku.workflow.history import HistoryLine
from kotaku.workflow.states import Tone, tones
from meetings.models import MeetingEvent
from meetings.models.states import MEETING_TRANSITIONS, MINUTES_TRANSITIONS

TONES = tones([*MEETING_TRANSITIONS.values(), *MINUTES_TRANSITIONS.values()])
# Actions whose words are not the verb and then the part: `Notulen: mengajukan`.
ACTIONS = {
    MeetingEvent.Kind.FINISH: "menandai rapat selesai",
    MeetingEvent.Kind.CORRECT: "memperbaiki sumber rapat",
}


def meeting_lines(meeting) -> list[HistoryLine]:
    """Return the meeting's events, oldest first, as lines."""
    return [
        HistoryLine(
            tone=TONES.get(event.kind, Tone.PLAIN),
            actor=str(event.actor),
            action=ACTIONS.get(event.kind) or _action(event.get_kind_display()),
            area="",
            at=moment_text(event.at),
            reason=event.text,
        )
        for event in meeting.events.select_related("actor")
    ]


def _action(label: str) -> str:
    part, verb = label.split(": ")
    return f"{verb} {part.lower()}"
