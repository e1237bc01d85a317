"""How long the long proofs run: few examples in `make test`, many in `make deep` (DEEP=1)."""

import os

DEEP = os.environ.get("DEEP") == "1"


def examples(quick: int, deep: int) -> int:
    """Return how many examples to make; EXAMPLES overrules both."""
    return int(os.environ.get("EXAMPLES") or (deep if DEEP else quick))
