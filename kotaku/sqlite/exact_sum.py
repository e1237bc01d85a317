"""Sums of decimals, rounded once, half up to two decimals, on every database."""

from django.db.models import Sum
from django.db.models.functions import Round

from kotaku.sqlite.rounded_sum import NAME


class _ExactSum(Sum):
    """A sum without SQLite's binary arithmetic, in which 0.005 is not exact."""

    def as_sqlite(self, compiler, connection, **extra):
        """Use the rounding aggregate that `kotaku.sqlite.kept_connections` registers."""
        return self.as_sql(compiler, connection, function=NAME, **extra)


def rounded_sum(field: str, **kwargs) -> Round:
    """Return the sum of a column, rounded half up to two decimals; None without rows."""
    return Round(_ExactSum(field, **kwargs), precision=2)
