"""What one app shows on another's page without being imported by it.

Apps append callables in `AppConfig.ready()`; pages call every one of them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.template.loader import render_to_string


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

# (village, user) -> iterable of Section: what else this person sees on a village's page.
village_sections: list[Callable] = []

# (activity, user) -> iterable of Section: where an activity of the work plan comes from.
activity_sections: list[Callable] = []

# (reference in the address, user) -> iterable of Origin: what a new activity is planned because of.
activity_origins: list[Callable] = []

# (region, user) -> iterable of Section: what else this person sees on the home page of a region.
home_sections: list[Callable] = []

# () -> iterable of kotaku.spreadsheets.tables.Dataset: more tables of open data.
open_data: list[Callable] = []

# (words, user) -> iterable of kotaku.search.SearchHit that this person may see, best first.
search_sources: list[Callable] = []

# () -> iterable of kotaku.audit.Trail: tables that remember who did what when.
audit_trails: list[Callable] = []


@dataclass(frozen=True)
class Origin:
    """What a new activity is planned because of; `attach(activity, by=user)` ties the two."""

    text: str
    url: str
    attach: Callable


@dataclass(frozen=True)
class Section:
    """A piece of a page: a template of the contributing app, and what it is drawn with."""

    template: str
    context: dict


def gather(contributors: list[Callable], *args) -> list:
    """Return what all contributors have for these arguments, in the order they were added."""
    return [piece for contribute in contributors for piece in contribute(*args)]


def sections(contributors: list[Callable], *args) -> list[str]:
    """Return the sections that all contributors have, drawn."""
    return [
        render_to_string(section.template, section.context)
        for section in gather(contributors, *args)
    ]
