"""A yearly figure in any order of what people can do with it."""

from tests.machines.figure_world import World
from tests.machines.machine import run
from tests.machines.review_machine import FigureMachine


def test_a_figure_is_never_lost_misread_or_stuck(db):
    run(FigureMachine, World())
