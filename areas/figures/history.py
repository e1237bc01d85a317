"""Histories as lines to read: who did what when, from which hectares to which, whence, and why."""

from dataclasses import dataclass

from areas.models import FigureEvent
from areas.sample.reference import SOURCE_ACCOUNT
from kotaku.formats import format_hectares_unit
from kotaku.interface.moments import moment_text

SENTENCES = {
    FigureEvent.Kind.ENTERED: "mengisi",
    FigureEvent.Kind.EVIDENCE_ADDED: "menambah bukti dukung",
    FigureEvent.Kind.EVIDENCE_REMOVED: "menghapus bukti dukung",
    FigureEvent.Kind.SUBMITTED: "mengajukan",
    FigureEvent.Kind.RETURNED: "mengembalikan",
    FigureEvent.Kind.VERIFIED: "memverifikasi",
    FigureEvent.Kind.CORRECTED: "mengoreksi",
    FigureEvent.Kind.IMPORTED: "mengimpor",
}


ASSESSMENT_SENTENCES = {
    "entered": "mengisi",
    "submitted": "mengajukan",
    "returned": "mengembalikan",
    "verified": "memverifikasi",
    "reopened": "membuka kembali",
    "imported": "mengimpor",
}


@dataclass(frozen=True)
class HistoryLine:
    """One event in ready words; `kind` is for the look."""

    kind: str
    actor: str
    action: str
    area: str
    at: str
    reason: str
    source: str = ""


def history_lines(events) -> list[HistoryLine]:
    """Return events (with their actors loaded), oldest first, as lines."""
    return [
        HistoryLine(
            kind=event.kind,
            actor=str(event.actor),
            action=_figure_action(event),
            area=_area(event),
            at=moment_text(event.at),
            reason=event.reason,
            source=event.source,
        )
        for event in events
    ]


def _figure_action(event) -> str:
    """An office that announced a figure did not do anything here on the day it was recorded."""
    is_source = event.actor.username == SOURCE_ACCOUNT
    return "dicatat sebagai sumber" if is_source else SENTENCES[event.kind]


def baseline_lines(events) -> list[HistoryLine]:
    """Return a baseline's events (with their actors loaded), oldest first, as lines."""
    return [
        HistoryLine(
            kind="baseline",
            actor=str(event.actor),
            action=_baseline_action(event),
            area=_area(event),
            at=moment_text(event.at),
            reason=event.reason,
            source=event.source,
        )
        for event in events
    ]


def _baseline_action(event) -> str:
    if event.before_ha is None:
        return "menetapkan baseline"
    return "menghapus baseline" if event.after_ha is None else "mengubah baseline"


def _area(event) -> str:
    if event.after_ha is None:
        return ""
    after = format_hectares_unit(event.after_ha)
    if event.before_ha is None or event.before_ha == event.after_ha:
        return after
    return f"{format_hectares_unit(event.before_ha)} → {after}"


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


def change_text(label: str, before: str, after: str) -> str:
    """Return one change in words: `Volume: 120 → 150`."""
    named = label[:1].upper() + label[1:]
    return f"{named}: {before} → {after or '–'}" if before else f"{named}: {after}"
