"""The history of an assessment as lines of text."""

from kotaku.interface.moments import moment_text
from kotaku.workflow.history import HistoryLine

ASSESSMENT_SENTENCES = {
    "entered": "mengisi",
    "submitted": "mengajukan",
    "returned": "mengembalikan",
    "verified": "memverifikasi",
    "reopened": "membuka kembali",
    "imported": "mengimpor",
}


def assessment_lines(events) -> list[HistoryLine]:
    """Return an assessment's events (with their actors loaded), oldest first, as lines."""
    return [
        HistoryLine(
            kind="returned" if event.kind == "reopened" else event.kind,
            actor=str(event.actor),
            action=ASSESSMENT_SENTENCES[event.kind],
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
