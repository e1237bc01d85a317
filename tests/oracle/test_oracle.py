"""Every number shown is recomputed by a second, naive program, after histories of all kinds.

20 histories in an ordinary run, 500 with `DEEP=1`; `EXAMPLES` says another number. Hypothesis
makes them, the same ones whenever the same modules are loaded: it takes constants from them.
"""

import sys
from functools import cache

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.deep import DEEP, examples
from tests.oracle.comparing import Tally
from tests.oracle.histories import histories
from tests.oracle.living import live, make_busy
from tests.oracle.staff_pages import officer_home
from tests.oracle.visits import KINDS, Visit
from tests.oracle.work_strip import expect_reviewer

HISTORIES = examples(quick=20, deep=500)
VALUES = HISTORIES * (60 if DEEP else 150)
# Each history is compared with every n-th kind of page, beginning at another one each time, and
# against more of them until its share of the values is compared.
EVERY = 9


@cache
def all_histories() -> list:
    """Return HISTORIES different histories, the simplest first."""
    # By their text: Hypothesis draws some of them twice.
    found = {}

    @seed(17)
    @settings(
        max_examples=2 * HISTORIES,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(histories())
    def collect(history):
        found.setdefault(repr(history), history)

    collect()
    return list(found.values())[:HISTORIES]


@pytest.mark.django_db
@pytest.mark.parametrize("number", range(HISTORIES))
def test_what_is_shown_is_what_the_oracle_says(number):
    tally = Tally()
    # By turns, so that 20 histories meet every kind of page several times.
    start = number % EVERY
    later = [kind for place, kind in enumerate(KINDS) if place % EVERY != start]
    with transaction.atomic():
        visit = Visit(live(all_histories()[number]), tally)
        for kind in KINDS[start::EVERY]:
            kind(visit, number)
        while later and tally.total < VALUES // HISTORIES:
            later.pop(0)(visit, number)
        transaction.set_rollback(True)
    sys.stdout.write(f"{tally.total} values compared: {tally.values}\n")
    assert not tally.faults, "\n".join([f"{len(tally.faults)} disagreements", *tally.faults[:60]])
    assert tally.total >= VALUES // HISTORIES


@pytest.mark.django_db
@pytest.mark.parametrize("number", range(0, min(HISTORIES, 20), 3))
def test_work_with_questions_and_minutes_is_what_the_oracle_says(number):
    tally = Tally()
    world = live(all_histories()[number])
    make_busy(world, number // 3)
    visit = Visit(world, tally)
    expect_reviewer(visit.page("reviewer's work", "/", world.bappeda), visit)
    officer_home(visit, number)
    assert not tally.faults, "\n".join(tally.faults)
    assert tally.total


def test_the_histories_are_as_many_as_they_should_be():
    assert len(all_histories()) == HISTORIES
