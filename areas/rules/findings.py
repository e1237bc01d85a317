"""The sentence about a series and its target, and lists in words. Pure.

A sentence is used only where the figures carry it; else a plainer one stands in its place.
"""

from collections.abc import Sequence

from areas.rules.narrative import gap_note
from areas.rules.progress import Series, Status
from kotaku.formats import format_hectares_unit


def target_sentence(series: Series) -> str:
    """Return the sentence beside the status: what the target is, or how far off the series is.

    "" without figures or without a target.
    """
    latest, target = series.latest, series.final_target
    if not series.is_counted or latest.status is None:
        return ""
    aim = f"Target {format_hectares_unit(target.area_ha)} pada akhir {target.year}"
    if latest.status == Status.REACHED:
        return f"{aim} sudah tercapai."
    if latest.year >= target.year:
        return f"{aim} belum tercapai."
    note = gap_note(latest.gap_ha)
    end = "" if latest.is_running else "akhir "
    return f"{note[0].upper()}{note[1:]} {end}{latest.year}."


def listed(names: Sequence[str]) -> str:
    """Return `A`, `A dan B`, `A, B, dan C`."""
    if len(names) < 3:
        return " dan ".join(names)
    return f"{', '.join(names[:-1])}, dan {names[-1]}"
