"""What every page knows."""

from django.conf import settings
from django.utils.functional import lazystr


def site(request):
    """Name the reader's region or the site's, and the view, so that one sees where one is."""
    match = getattr(request, "resolver_match", None)
    return {
        # Only where a page says it: asking who reads it makes it a page of theirs.
        "city_name": lazystr(_Owner(request)),
        "view_name": match.view_name if match else "",
    }


class _Owner:
    """The name of the region whose office the reader works for, else of the site's owner."""

    def __init__(self, request):
        self.request = request

    def __str__(self):
        user = getattr(self.request, "user", None)
        region = user.region if user is not None and user.is_authenticated else None
        return region.full_name if region else settings.CITY_NAME
