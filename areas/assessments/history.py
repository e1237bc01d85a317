"""The history of an assessment as lines of text."""

from areas.models.states import ASSESSMENT_TRANSITIONS
from kotaku.interface.moments import moment_text
from kotaku.workflow.history import HistoryLine
from kotaku.workflow.states import tones

TONES = tones(ASSESSMENT_TRANSITIONS.values())


def assessment_lines(events) -> list[HistoryLine]:
    """Return an assessment's events (with their actors loaded), oldest first, as lines."""
    return [
        HistoryLine(
            tone=TONES[event.kind],
            actor=str(event.actor),
            action=event.get_kind_display().lower(),
            area=_totals(event),
            at=moment_text(event.at),
            reason=event.reason,
            source=event.source,
        )
        for event in events
    ]


def _totals(event) -> str:
    if event.after_total is None:
        return ""
    if event.before_total is None or event.before_total == event.after_total:
        return f"nilai {event.after_total}"
    return f"nilai {event.before_total} → {event.after_total}"
