"""A sum for SQLite that adds decimals up as decimals."""

from decimal import ROUND_HALF_UP, Context, Decimal

NAME = "kotaku_rounded_sum"
# As many digits as a binary number holds exactly; Django reads columns with as many.
_READ = Context(prec=15)


class RoundedSum:
    """What SQLite calls for every row of a group, and at its end."""

    def __init__(self):
        self.sum = None

    def step(self, value):
        """Add one value."""
        if value is not None:
            self.sum = (self.sum or Decimal(0)) + _READ.create_decimal(repr(value))

    def finalize(self):
        """Return the sum with two decimals, half up; None where there was nothing."""
        return (
            None if self.sum is None else float(self.sum.quantize(Decimal("0.01"), ROUND_HALF_UP))
        )
