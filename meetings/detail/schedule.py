"""Start and end times of agenda items. Pure: standard library only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

DAY_MINUTES = 24 * 60


@dataclass(frozen=True)
class Slot:
    """The planned start and length in minutes of one item, both optional, and its day from 1."""

    starts_at: time | None = None
    length_minutes: int | None = None
    day: int = 1


def item_times(first: time | None, slots: Sequence[Slot]) -> list[str]:
    """Return `09.00–09.30` for each item, `09.00` if its end is unknown, "" without a start.

    An item without a planned start begins when the previous one ends; the first one begins with
    the meeting (`first`, None if unknown). The start of a later day is not known.
    """
    starts = _starts(first, slots)
    texts = []
    for number, (start, slot) in enumerate(zip(starts, slots, strict=True)):
        is_followed = number + 1 < len(slots) and slots[number + 1].day == slot.day
        following = starts[number + 1] if is_followed else None
        end = (
            start + slot.length_minutes if start is not None and slot.length_minutes else following
        )
        texts.append(_span(start, end))
    return texts


def misfits(
    first: time | None, last: time | None, slots: Sequence[Slot], days: int = 1
) -> list[tuple[int, str]]:
    """Return (index of an item, what is odd) for items outside the meeting or over each other.

    `first` and `last` are the meeting's own times on its first and last day, None if unknown.
    """
    found, busy, day = [], None, 1
    for index, (start, slot) in enumerate(zip(_starts(first, slots), slots, strict=True)):
        begins = _minutes(first) if slot.day == 1 else None
        ends = _minutes(last) if slot.day == days else None
        if slot.day < day:
            found.append((index, f"di hari ke-{slot.day}, padahal acara di atasnya hari ke-{day}"))
        if slot.day > days:
            found.append((index, f"di hari ke-{slot.day}, padahal rapatnya {days} hari"))
        if slot.day != day:
            busy, day = None, slot.day
        if start is None:
            continue
        end = start + (slot.length_minutes or 0)
        if begins is not None and start < begins:
            found.append(
                (index, f"mulai pukul {clock(start)}, sebelum rapat mulai ({clock(begins)})")
            )
        elif busy is not None and start < busy:
            found.append((index, f"mulai pukul {clock(start)}, sebelum acara di atasnya selesai"))
        if ends is not None and end > ends:
            verb = "selesai" if slot.length_minutes else "mulai"
            found.append(
                (index, f"{verb} pukul {clock(end)}, sesudah rapat selesai ({clock(ends)})")
            )
        busy = end
    return found


def _starts(first, slots) -> list[int | None]:
    """Return the start of each item in minutes since midnight, None if unknown."""
    starts = []
    following, day = _minutes(first), 1
    for slot in slots:
        if slot.day != day:
            following, day = None, slot.day
        start = following if slot.starts_at is None else _minutes(slot.starts_at)
        starts.append(start)
        is_known = start is not None and slot.length_minutes
        following = start + slot.length_minutes if is_known else None
    return starts


def clock(minutes: int) -> str:
    """Return minutes since midnight as `09.00`."""
    return f"{minutes // 60 % 24:02}.{minutes % 60:02}"


def _minutes(moment):
    return None if moment is None else moment.hour * 60 + moment.minute


def _span(start, end) -> str:
    if start is None:
        return ""
    if end is None or end == start or (end - start) % DAY_MINUTES != end - start:
        return clock(start)
    return f"{clock(start)}–{clock(end)}"
