"""What the site is called and whose it is, in every template, also where no request is drawn for."""

from django import template
from django.conf import settings

from kotaku.interface.abbreviations import meanings_in, spelled_out

register = template.Library()


@register.simple_tag
def site_name() -> str:
    """Return the name of the site."""
    return settings.SITE_NAME


@register.simple_tag
def site_name_spelled() -> str:
    """Return what the abbreviations in the site's name stand for."""
    return meanings_in(settings.SITE_NAME)


@register.filter
def spelled(text) -> str:
    """Return a text with its abbreviations spelled out where they first appear in it."""
    return spelled_out(str(text))


@register.simple_tag
def owner_name() -> str:
    """Return the name of the city, province or nation whose site it is."""
    return settings.CITY_NAME
