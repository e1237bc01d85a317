"""What one app shows on another's page without being imported by it.

Apps append callables in `AppConfig.ready()`; pages call every one of them.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class WorkItem:
    """A line of "Pekerjaan saya": one thing that waits for this person, and where to do it."""

    text: str
    url: str
    is_urgent: bool = False


# (programme, user) -> iterable of areas.charts.ChartMark: dated events that this user may see.
chart_marks: list[Callable] = []

# (user) -> iterable of WorkItem, most urgent first.
work_items: list[Callable] = []


def gather(contributors: list[Callable], *args) -> list:
    """Return what all contributors have for these arguments, in the order they were added."""
    return [piece for contribute in contributors for piece in contribute(*args)]
