"""A meeting's minutes and follow-ups in any order of what people can do with them."""

from tests.machines.machine import run
from tests.machines.meeting_machine import MeetingMachine
from tests.machines.meeting_world import World


def test_minutes_and_follow_ups_are_never_lost_or_stuck(db):
    run(MeetingMachine, World())
