"""Every number shown is recomputed by a second, naive program, after histories of all kinds.

20 histories in an ordinary run; `DEEP=1` makes it 500.
"""

import os
import sys

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.oracle.comparing import Tally
from tests.oracle.histories import histories
from tests.oracle.living import live
from tests.oracle.visits import KINDS, Visit

DEEP = os.environ.get("DEEP") == "1"
# Histories come in parts, for several processes; each part compares its share of the values.
PARTS = 100 if DEEP else 10
HISTORIES, VALUES = (500, 30_000) if DEEP else (20, 3_000)
# Each history is held against every n-th kind of page, beginning at another one each time.
EVERY = 5


@pytest.mark.django_db
@pytest.mark.parametrize("part", range(PARTS))
def test_what_is_shown_is_what_the_oracle_says(part):
    tally, lived = Tally(), []

    @seed(part)
    @settings(
        max_examples=HISTORIES // PARTS,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(histories())
    def held_against_the_oracle(history):
        turn = part + len(lived)
        lived.append(history)
        with transaction.atomic():
            visit = Visit(live(history), tally)
            for kind in KINDS[turn % EVERY :: EVERY]:
                kind(visit, turn)
            transaction.set_rollback(True)

    held_against_the_oracle()
    report = f"{len(lived)} histories, {tally.total} values compared: {tally.values}\n"
    sys.stdout.write(report)
    assert not tally.faults, "\n".join([f"{len(tally.faults)} disagreements", *tally.faults[:60]])
    assert len(lived) >= HISTORIES // PARTS
    assert tally.total >= VALUES // PARTS
