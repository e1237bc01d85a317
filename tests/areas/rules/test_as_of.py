"""Days of figures."""

from datetime import date

from areas.rules.as_of import AsOf, on


def test_a_single_figure_has_its_day_and_counts_once():
    day = date(2023, 2, 3)
    assert on(day) == AsOf(day, day, 1)
    assert on(None) is None
