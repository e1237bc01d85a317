"""Drawings that are not drawn twice: the same values through the same template give the same text.

`{% drawing "charts/map.svg.html" chart=map origin="" %}` draws a template whose inputs are strings
and frozen dataclasses of ready strings. When a page is drawn anew because one figure changed, the rows, charts
and maps that did not change are taken as they are; nothing can be stale, because the values
themselves are the key.
"""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string

register = template.Library()


@register.simple_tag(name="drawing")
def drawing(name: str, **values) -> str:
    """Return the template drawn with these values."""
    # While templates are being written, nobody wants yesterday's.
    return _draw(name, **values) if settings.DEBUG else _drawn(name, **values)


def _draw(name, **values):
    return render_to_string(name, values)


# Rows of some hundred bytes mostly, maps of some ten thousand at times.
_drawn = lru_cache(maxsize=1024)(_draw)
