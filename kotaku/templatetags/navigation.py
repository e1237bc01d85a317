"""The site's navigation: one row of at most nine entries, in the same order for all users.

What is asked rarely stands beside the account, with search and guide.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from django import template
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, QuerySet, Value
from django.utils import timezone

from kotaku import contributions
from kotaku.caching.remembered import remembered
from kotaku.contributions import MenuEntry

register = template.Library()


@dataclass(frozen=True)
class Link:
    """An entry as shown; `current` is the value of aria-current, "" on other pages."""

    label: str
    url: str
    waiting: int
    current: str


class Menu(NamedTuple):
    """The entries of the row, and those beside the account."""

    row: tuple[Link, ...]
    tools: tuple[Link, ...]


@register.simple_tag(takes_context=True)
def menu_links(context) -> Menu:
    """Return the navigation of the current user, with the current page's entry marked."""
    request = context.get("request")
    path = request.path if request else ""
    user = context.get("user")
    if user is not None and user.is_authenticated:
        counted = _counted(user, timezone.localdate())
    else:
        counted = [(entry, 0) for entry in _entries(AnonymousUser())]
    here = _entry_of(path, [entry for entry, _ in counted])
    links = [
        (
            entry.is_tool,
            Link(
                entry.label,
                entry.url,
                waiting,
                "" if entry is not here else "page" if entry.url == path else "true",
            ),
        )
        for entry, waiting in counted
    ]
    row, tools = (
        tuple(link for is_tool, link in links if is_tool is kind) for kind in (False, True)
    )
    return Menu(row, tools)


@remembered()
def _counted(user, today: date) -> list[tuple[MenuEntry, int]]:
    """Return the entries of this user, each with the number of rows that wait there."""
    entries = _entries(user)
    numbers = counts(rows for entry in entries for rows in entry.waiting)
    return [
        (replace(entry, waiting=()), sum(numbers.pop(0) for _ in entry.waiting))
        for entry in entries
    ]


def _entries(user) -> list[MenuEntry]:
    entries = contributions.gather(contributions.menu_entries, user)
    return sorted(entries, key=lambda entry: entry.place)


def counts(querysets: Iterable[QuerySet]) -> list[int]:
    """Return the number of different rows of each queryset, in one query for all of them."""
    numbered = [
        rows.order_by()
        .values(number=Value(number))
        .annotate(rows=Count("pk", distinct=True))
        .values_list("number", "rows")
        for number, rows in enumerate(querysets)
    ]
    # A queryset that is empty without a query has no line here.
    found = dict(numbered[0].union(*numbered[1:], all=True)) if numbered else {}
    return [found.get(number, 0) for number in range(len(numbered))]


def _entry_of(path: str, entries):
    """Return the entry that a page belongs to: the one with the longest matching start."""
    starts = [(start, entry) for entry in entries for start in (entry.url, *entry.also)]
    home = min((entry.url for entry in entries), key=len, default="")
    fitting = [
        (len(start), index)
        for index, (start, _) in enumerate(starts)
        if path == start or (start != home and path.startswith(start))
    ]
    return starts[max(fitting)[1]][1] if fitting else None
