"""What the site is called and whose it is, in every template, also where no request is drawn for."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def site_name() -> str:
    """Return the name of the site."""
    return settings.SITE_NAME


@register.simple_tag
def owner_name() -> str:
    """Return the name of the city, province or nation whose site it is."""
    return settings.CITY_NAME
