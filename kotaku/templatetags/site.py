"""The names of site and owner for every template, also without a request."""

import re

from django import template
from django.conf import settings

from kotaku.colours import COLOURS
from kotaku.interface import social
from kotaku.interface.abbreviations import meanings_in, spelled_out
from kotaku.interface.unbroken import unbroken

register = template.Library()


@register.simple_tag
def site_name() -> str:
    """Return the name of the site."""
    return settings.SITE_NAME


@register.simple_tag
def site_name_spelled() -> str:
    """Return the meanings of the abbreviations in the site's name."""
    return meanings_in(settings.SITE_NAME)


@register.filter
def spelled(text) -> str:
    """Return a text with each abbreviation spelled out at its first occurrence."""
    return spelled_out(str(text))


@register.filter
def whole(text) -> str:
    """Return the text with each date and phone number on one line."""
    return unbroken(text)


@register.filter
def first_sentence(text) -> str:
    """Return a text's first sentence; an abbreviation inside of it ends none."""
    return re.split(r"(?<=[.;!?]) (?=[A-Z])", str(text), maxsplit=1)[0]


@register.filter
def without_label(text, label) -> str:
    """Return an error without the label of its field, where it begins with that."""
    return str(text).removeprefix(f"{label}: ")


@register.filter
def other_sentences(text) -> str:
    """Return what follows a text's first sentence, with the space between them."""
    return str(text)[len(first_sentence(text)) :]


@register.tag
def colour(parser, token):
    """Write a colour of kotaku/colours.py: `fill="{% colour ink %}"`. An unknown name is an error."""
    _, name = token.split_contents()
    return template.base.TextNode(COLOURS[name])


@register.simple_tag
def owner_name() -> str:
    """Return the name of the site's owner: a city, province or the nation."""
    return settings.CITY_NAME


@register.simple_tag(takes_context=True)
def canonical(context) -> str:
    """Return the one address of a public page, "" for other pages and without a request."""
    request = context.get("request")
    return social.canonical(request) if request else ""
