"""Fixtures for all tests."""

import os

from hypothesis import settings

from tests.cast import (  # noqa: F401
    admin,
    bappeda,
    baseline,
    client_of,
    officer,
    other_baseline,
    other_officer,
    programme,
    second_bappeda,
    second_officer,
    viewer,
)
from tests.harness_fixtures import (  # noqa: F401
    forbid_remembering_more_than_its_topics,
    forbid_writes_on_get,
    let_flush_empty_the_history,
    shuffle_unordered_querysets,
)

# No property depends on the clock of a busy machine.
settings.register_profile(
    "kotaku", deadline=None, max_examples=int(os.environ.get("EXAMPLES", "100"))
)
settings.load_profile("kotaku")
