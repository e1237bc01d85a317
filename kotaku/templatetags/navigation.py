"""The site's navigation: one row of at most nine entries, in the same order for all users."""

from dataclasses import dataclass

from django import template
from django.contrib.auth.models import AnonymousUser

from kotaku import contributions

register = template.Library()


@dataclass(frozen=True)
class Link:
    """An entry as shown; `current` is the value of aria-current, "" on other pages."""

    label: str
    url: str
    waiting: int
    current: str


@register.simple_tag(takes_context=True)
def menu_links(context) -> tuple[Link, ...]:
    """Return the navigation of the current user, with the current page's entry marked."""
    request = context.get("request")
    path = request.path if request else ""
    entries = contributions.gather(
        contributions.menu_entries, context.get("user") or AnonymousUser()
    )
    entries.sort(key=lambda entry: entry.place)
    here = _entry_of(path, entries)
    return tuple(
        Link(
            entry.label,
            entry.url,
            entry.waiting,
            "" if entry is not here else "page" if entry.url == path else "true",
        )
        for entry in entries
    )


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
