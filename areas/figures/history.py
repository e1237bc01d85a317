"""History lines of figures and baselines: actor, action, time, hectares, source and reason."""

from areas.models import FigureEvent
from areas.models.states import TRANSITIONS
from areas.rules.findings import listed
from areas.rules.plausibility import named
from kotaku.accounts.source_account import SOURCE_ACCOUNT
from kotaku.formats import format_hectares_unit
from kotaku.interface.moments import moment_text
from kotaku.workflow.history import HistoryLine
from kotaku.workflow.states import Tone, tones

TONES = tones(TRANSITIONS.values())
# Actions whose words differ from the event's name.
ACTIONS = {
    FigureEvent.Kind.EVIDENCE_ADDED: "menambah bukti dukung",
    FigureEvent.Kind.EVIDENCE_REMOVED: "menghapus bukti dukung",
}


def history_lines(events) -> list[HistoryLine]:
    """Return history lines for a figure's events (oldest first, actors loaded)."""
    return [
        HistoryLine(
            tone=TONES.get(event.kind, Tone.PLAIN),
            actor=str(event.actor),
            action=_figure_action(event),
            area=_area(event),
            at=moment_text(event.at),
            reason=event.reason,
            source=event.source,
            ticked=_ticked(event),
        )
        for event in events
    ]


def _ticked(event) -> str:
    """Return what was ticked with an action, as a sentence; "" if nothing was asked."""
    if not event.marks:
        return ""
    if event.kind == FigureEvent.Kind.SUBMITTED:
        return "Menyatakan bahwa luasnya memang tetap seperti yang dikembalikan."
    marks = listed([concern.value for concern in named(event.marks)])
    return f"Menyatakan sudah memeriksa tanda: {marks}."


def _figure_action(event) -> str:
    """Return the action; an office that announced a figure is its source and did not act here."""
    if event.actor.username == SOURCE_ACCOUNT:
        return "dicatat sebagai sumber"
    return ACTIONS.get(event.kind, event.get_kind_display().lower())


def baseline_lines(events) -> list[HistoryLine]:
    """Return history lines for a baseline's events (oldest first, actors loaded)."""
    return [
        HistoryLine(
            tone=Tone.PLAIN,
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
