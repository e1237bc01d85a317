"""Lines of a record's history as text."""

from dataclasses import dataclass


@dataclass(frozen=True)
class HistoryLine:
    """One event as text, with the tone of its point; `ticked` says what was confirmed."""

    tone: str
    actor: str
    action: str
    area: str
    at: str
    reason: str
    source: str = ""
    ticked: str = ""


def change_text(label: str, before: str, after: str) -> str:
    """Return one change as text: `Volume: 120 → 150`."""
    named = label[:1].upper() + label[1:]
    return f"{named}: {before} → {after or '–'}" if before else f"{named}: {after}"
