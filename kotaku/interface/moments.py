"""Stored moments as Indonesian text in the site's time zone."""

from django.utils import timezone

from kotaku.formats import format_date, format_moment


def moment_text(at) -> str:
    """Return `8 November 2016, 09.00 WIB` for an aware datetime, "" for None."""
    return format_moment(timezone.localtime(at)) if at else ""


def day_text(at) -> str:
    """Return the day of an aware datetime, `8 November 2016`."""
    return format_date(timezone.localdate(at))
