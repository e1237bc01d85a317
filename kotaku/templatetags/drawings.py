"""Cache rendered parts of pages by their template and values.

`{% drawing "charts/map.svg.html" chart=map origin="" %}` renders a template whose inputs are
strings, booleans and frozen dataclasses of formatted strings. When a page is rendered again
because one figure changed, its unchanged rows, charts and maps come from the cache. They are
never stale, because the values themselves are the key.
"""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import get_script_prefix

register = template.Library()


@register.simple_tag(name="drawing")
def drawing(name: str, **values) -> str:
    """Return the template rendered with these values; lists become tuples, to be hashable."""
    # During development, changed templates must take effect at once.
    if settings.DEBUG:
        return render_to_string(name, values)
    for key, value in values.items():
        if type(value) is list:
            values[key] = tuple(value)
    # URLs in the result begin with the script prefix.
    return _drawn(name, get_script_prefix(), **values)


# Mostly rows of some hundred bytes, and a few maps of some ten thousand.
@lru_cache(maxsize=1024)
def _drawn(name, script_prefix, **values):
    return render_to_string(name, values)
