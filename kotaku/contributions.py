"""Let one app show content on another app's page without being imported by it.

Apps append callables to these lists in `AppConfig.ready()`; pages call all of them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.template.loader import render_to_string


@dataclass(frozen=True)
class WorkItem:
    """A line of "Pekerjaan saya": a task of this user and the URL of its page."""

    text: str
    url: str
    is_urgent: bool = False


@dataclass(frozen=True)
class Waiting:
    """A number of tasks on the admin's start page and the page where they are done."""

    count: int
    text: str
    url: str
    detail: str = ""
    is_late: bool = False


@dataclass(frozen=True)
class Finding:
    """What the admin's start page finds odd (or in order), with links that repair it.

    `links` are pairs of text and URL.
    """

    title: str
    detail: str
    links: tuple[tuple[str, str], ...] = ()
    is_bad: bool = False
    is_good: bool = False

    @property
    def css_class(self) -> str:
        """Return the class of its line."""
        return "is-bad" if self.is_bad else "is-good" if self.is_good else ""


@dataclass(frozen=True)
class SetupStep:
    """A step of setting up the site; `is_done` is read from the data, never clicked.

    `is_post`: the URL is that of a button, not of a page.
    """

    order: int
    title: str
    purpose: str
    is_done: bool
    action: str
    url: str
    is_post: bool = False


@dataclass(frozen=True)
class AdminLists:
    """A group of lists on the admin's start page: labels of models, and pairs of text and URL."""

    title: str
    models: tuple[str, ...]
    links: tuple[tuple[str, str], ...] = ()


# (user) -> iterable of whether this user's part of the record has sample rows.
admin_samples: list[Callable] = []

# (user) -> iterable of Waiting, of Finding, of SetupStep; () -> iterable of AdminLists.
admin_waits: list[Callable] = []
admin_findings: list[Callable] = []
setup_steps: list[Callable] = []
admin_lists: list[Callable] = []

# (programme, user) -> iterable of areas.charts.parts.ChartMark: events that this user may see.
chart_marks: list[Callable] = []


@dataclass(frozen=True)
class MenuEntry:
    """An entry of the site's navigation; `place` orders the entries alike for all users.

    `waiting` are the querysets of what waits for this user there, whose rows the menu counts in one
    query; pages below `url` or one of `also` belong to it. `is_tool`: it stands beside the person's
    account instead of in the row.
    """

    place: int
    label: str
    url: str
    waiting: tuple[QuerySet, ...] = ()
    also: tuple[str, ...] = ()
    is_tool: bool = False


# (user) -> iterable of WorkItem, most urgent first.
work_items: list[Callable] = []

# The same for tasks that come and go with the hour, or with rows that are no part of the record.
fresh_work_items: list[Callable] = []

# (user) -> iterable of MenuEntry that this user may open, nine at most in the row.
menu_entries: list[Callable] = []

# (village, user) -> iterable of Section: further sections on a village's page for this user.
village_sections: list[Callable] = []

# (activity, user) -> iterable of Section: the origin of an activity of the work plan.
activity_sections: list[Callable] = []

# (reference in the URL, user) -> iterable of Origin: the origin of a new activity.
activity_origins: list[Callable] = []

# (region, user) -> iterable of Section: further sections on a region's home page for this user.
home_sections: list[Callable] = []

# () -> iterable of kotaku.spreadsheets.tables.Dataset: further tables of open data.
open_data: list[Callable] = []

# (words, user) -> iterable of kotaku.interface.search.SearchHit visible to this user, best first.
search_sources: list[Callable] = []

# () -> iterable of kotaku.verification.histories.History; of kotaku.verification.checks.Check.
record_histories: list[Callable] = []
record_checks: list[Callable] = []

# () -> iterable of kotaku.audit.trail.Trail: further tables of the audit log.
audit_trails: list[Callable] = []


@dataclass(frozen=True)
class Term:
    """How long some personal data is kept: what and how long in the words of the privacy page.

    `remove(now)` deletes what is older and returns the number of rows; `name` is for its log.
    """

    name: str
    what: str
    lasts: str
    remove: Callable | None = None


# () -> iterable of Term.
retention_terms: list[Callable] = []


@dataclass(frozen=True)
class ContactHolder:
    """A person with contact data: who it is, what is kept ("" for nothing), and what stays.

    `remove(request)` removes the contacts and writes to the audit.
    """

    kind: str
    pk: int
    name: str
    what: str
    kept: str
    stays: str
    remove: Callable


@dataclass(frozen=True)
class ContactSource:
    """A kind of ContactHolder: `find(words, user)` returns several, `get(pk, user)` one or None."""

    kind: str
    find: Callable
    get: Callable


contact_sources: list[ContactSource] = []


@dataclass(frozen=True)
class Origin:
    """The origin of a new activity; `attach(activity, by=user)` links the two."""

    text: str
    url: str
    attach: Callable


@dataclass(frozen=True)
class Section:
    """A section of a page: a template of the contributing app and its context."""

    template: str
    context: dict


def gather(contributors: list[Callable], *args) -> list:
    """Call all contributors and return their results as one list, in the order they were added."""
    return [piece for contribute in contributors for piece in contribute(*args)]


def sections(contributors: list[Callable], *args) -> list[str]:
    """Return the rendered sections of all contributors."""
    return [
        render_to_string(section.template, section.context)
        for section in gather(contributors, *args)
    ]
