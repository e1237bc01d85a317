"""An RT's assessment in any order of what people can do with it."""

from tests.machines.assessment_machine import AssessmentMachine
from tests.machines.assessment_world import World
from tests.machines.machine import run


def test_an_assessment_is_never_lost_misread_or_stuck(db):
    run(AssessmentMachine, World(), steps=12)
