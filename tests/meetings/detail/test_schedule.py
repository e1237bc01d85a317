"""When each agenda item is on."""

from datetime import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.detail.schedule import Slot, clock, item_times, misfits

SLOTS = st.lists(
    st.builds(
        Slot,
        starts_at=st.none() | st.times(),
        length_minutes=st.none() | st.integers(1, 600),
    ),
    max_size=12,
)


@pytest.mark.parametrize(
    ("slots", "found"),
    [
        ([Slot(time(9), 60), Slot(length_minutes=60), Slot(time(11))], []),
        ([Slot(time(8, 30), 30)], [(0, "mulai pukul 08.30, sebelum rapat mulai (09.00)")]),
        ([Slot(time(10, 45), 45)], [(0, "selesai pukul 11.30, sesudah rapat selesai (11.00)")]),
        ([Slot(time(11, 15))], [(0, "mulai pukul 11.15, sesudah rapat selesai (11.00)")]),
        # The second item has no start of its own and ends too late.
        (
            [Slot(length_minutes=100), Slot(length_minutes=30)],
            [(1, "selesai pukul 11.10, sesudah rapat selesai (11.00)")],
        ),
        (
            [Slot(time(9), 60), Slot(time(9, 30), 15)],
            [(1, "mulai pukul 09.30, sebelum acara di atasnya selesai")],
        ),
    ],
)
def test_items_outside_the_meeting_or_over_each_other_are_named(slots, found):
    assert misfits(time(9), time(11), slots) == found
    assert misfits(None, None, [Slot(length_minutes=30), Slot()]) == []


def test_items_follow_each_other():
    slots = [Slot(length_minutes=15), Slot(length_minutes=90), Slot()]
    assert item_times(time(9), slots) == ["09.00–09.15", "09.15–10.45", "10.45"]


def test_planned_start_wins_and_ends_the_one_before():
    slots = [Slot(), Slot(starts_at=time(10, 30), length_minutes=30)]
    assert item_times(time(9), slots) == ["09.00–10.30", "10.30–11.00"]


def test_unknown_stays_unknown():
    assert item_times(None, [Slot(), Slot(length_minutes=30)]) == ["", ""]
    assert item_times(time(9), [Slot(), Slot()]) == ["09.00", ""]
    assert item_times(time(9), []) == []


def test_clock_goes_round_at_midnight():
    assert (clock(0), clock(9 * 60 + 5), clock(24 * 60 + 30)) == ("00.00", "09.05", "00.30")


@given(st.none() | st.times(), SLOTS)
def test_every_item_has_a_text_that_reads_as_a_time(first, slots):
    texts = item_times(first, slots)
    assert len(texts) == len(slots)
    for text, slot in zip(texts, slots, strict=True):
        parts = text.split("–") if text else []
        assert len(parts) <= 2
        for part in parts:
            hours, minutes = part.split(".")
            assert 0 <= int(hours) < 24
            assert 0 <= int(minutes) < 60
        if slot.starts_at:
            assert parts[0] == f"{slot.starts_at:%H.%M}"


@given(st.times(), st.lists(st.integers(1, 30), min_size=1, max_size=10))
def test_known_lengths_leave_no_gap(first, lengths):
    texts = item_times(first, [Slot(length_minutes=minutes) for minutes in lengths])
    for earlier, later in pairwise(texts):
        assert earlier.split("–")[-1] == later.split("–")[0]
