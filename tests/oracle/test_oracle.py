"""Every number shown is recomputed by a second, naive program (issue: no figure is misread)."""

import os

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings

from tests.oracle.comparing import Tally
from tests.oracle.histories import histories
from tests.oracle.living import live
from tests.oracle.visits import KINDS, Visit

DEEP = os.environ.get("DEEP") == "1"
EXAMPLES, VALUES = (500, 30_000) if DEEP else (20, 3_000)
# Each history is held against every n-th kind of page, beginning at another one each time.
EVERY = 3


@pytest.mark.django_db
@pytest.mark.ignore_template_errors
def test_pages_say_what_the_oracle_says():
    tally, number = Tally(), iter(range(10**6))

    @settings(
        max_examples=EXAMPLES,
        derandomize=not DEEP,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(histories())
    def held_against_the_oracle(history):
        turn = next(number)
        with transaction.atomic():
            visit = Visit(live(history), tally)
            for place, kind in enumerate(KINDS):
                if (place + turn) % EVERY == 0:
                    kind(visit)
            transaction.set_rollback(True)

    held_against_the_oracle()
    print(f"\n{tally.total} values compared: {tally.values}")
    assert not tally.faults, "\n".join([f"{len(tally.faults)} disagreements", *tally.faults[:40]])
    assert tally.total >= VALUES
    assert next(number) >= EXAMPLES
