"""Context variables for every page."""

from django.utils.functional import lazystr

from kotaku.regions.home import owner_name
from kotaku.regions.page_region import region_shown


def site(request):
    """Return the names of site, owner and view, the latter for marking the current menu entry."""
    match = getattr(request, "resolver_match", None)
    return {
        # Lazy: reading the user makes a response personal, so that it could not be cached.
        "city_name": lazystr(_Owner(request)),
        "region_name": lazystr(_Shown(request)),
        "verifiers": lazystr(_Verifiers(request)),
        "view_name": match.view_name if match else "",
    }


class _Owner:
    """The name of the user's region, else of the site's owner."""

    def __init__(self, request):
        self.request = request

    def __str__(self):
        user = getattr(self.request, "user", None)
        region = user.region if user is not None and user.is_authenticated else None
        return region.full_name if region else owner_name()


class _Shown:
    """The name of the region that the page is about."""

    def __init__(self, request):
        self.request = request

    def __str__(self):
        region = region_shown(self.request)
        return region.full_name if region else owner_name()


class _Verifiers(_Shown):
    """Whose Bappeda verifies the figures of the page: `Kota Banjar`."""

    def __str__(self):
        region = region_shown(self.request)
        return "setiap kabupaten/kota" if region and region.is_summed else super().__str__()
