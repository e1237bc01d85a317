"""Context variables for every page."""

from django.conf import settings
from django.utils.functional import lazystr


def site(request):
    """Return the names of site, owner and view, the latter for marking the current menu entry."""
    match = getattr(request, "resolver_match", None)
    return {
        # Lazy: reading the user makes a response personal, so that it could not be cached.
        "city_name": lazystr(_Owner(request)),
        "view_name": match.view_name if match else "",
    }


class _Owner:
    """The name of the user's region, else of the site's owner."""

    def __init__(self, request):
        self.request = request

    def __str__(self):
        user = getattr(self.request, "user", None)
        region = user.region if user is not None and user.is_authenticated else None
        return region.full_name if region else settings.CITY_NAME
