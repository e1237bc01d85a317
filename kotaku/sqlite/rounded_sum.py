"""A decimal sum for SQLite."""

from decimal import ROUND_HALF_UP, Context, Decimal

NAME = "kotaku_rounded_sum"
# The digits that a binary number holds exactly; Django reads columns with the same number.
_READ = Context(prec=15)


class RoundedSum:
    """An aggregate: SQLite calls `step` for every row of a group, then `finalize`."""

    def __init__(self):
        self.sum = None

    def step(self, value):
        """Add one value."""
        if value is not None:
            self.sum = (self.sum or Decimal(0)) + _READ.create_decimal(repr(value))

    def finalize(self):
        """Return the sum with two decimals, half up; None without values."""
        return (
            None if self.sum is None else float(self.sum.quantize(Decimal("0.01"), ROUND_HALF_UP))
        )
