"""Drawings that are not drawn twice: the same values through the same template give the same text.

`{% drawing "charts/map.svg.html" chart=map origin="" %}` draws a template whose inputs are strings, yes or
no, and frozen dataclasses of ready strings. When a page is drawn anew because one figure changed, the rows, charts
and maps that did not change are taken as they are; nothing can be stale, because the values
themselves are the key.
"""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import get_script_prefix

register = template.Library()


@register.simple_tag(name="drawing")
def drawing(name: str, **values) -> str:
    """Return the template drawn with these values; a list counts as its elements."""
    # While templates are being written, nobody wants yesterday's.
    if settings.DEBUG:
        return render_to_string(name, values)
    for key, value in values.items():
        if type(value) is list:
            values[key] = tuple(value)
    # Addresses on a drawing begin with it.
    return _drawn(name, get_script_prefix(), **values)


# Rows of some hundred bytes mostly, maps of some ten thousand at times.
@lru_cache(maxsize=1024)
def _drawn(name, script_prefix, **values):
    return render_to_string(name, values)
