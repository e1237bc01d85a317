"""Context variables for every page."""

from django.conf import settings
from django.utils.functional import cached_property, lazystr

from kotaku.models import Region
from kotaku.regions.home import home_region
from kotaku.regions.page_region import region_named


def site(request):
    """Return the names of site, owner and view, the latter for marking the current menu entry."""
    match = getattr(request, "resolver_match", None)
    names = _Names(request)
    return {
        # Lazy: reading the user makes a response personal, so that it could not be cached.
        "city_name": lazystr(_Owner(names)),
        "region_name": lazystr(_Shown(names)),
        "verifiers": lazystr(_Verifiers(names)),
        "view_name": match.view_name if match else "",
    }


class _Names:
    """The regions of a page, each looked up at most once however often their names are shown."""

    def __init__(self, request):
        self.request = request

    @cached_property
    def owner(self) -> Region | None:
        """The user's region, else the site's."""
        user = getattr(self.request, "user", None)
        own = user.region if user is not None and user.is_authenticated else None
        return own or home_region()

    @cached_property
    def shown(self) -> Region | None:
        """The region that the page is about, also of an error page."""
        return region_named(self.request) or self.owner


class _Owner:
    """The name of the user's region, else of the site's owner."""

    def __init__(self, names):
        self.names = names

    def __str__(self):
        return _name(self.names.owner)


class _Shown(_Owner):
    """The name of the region that the page is about."""

    def __str__(self):
        return _name(self.names.shown)


class _Verifiers(_Owner):
    """Whose Bappeda verifies the figures of the page: `Kota Banjar`."""

    def __str__(self):
        region = self.names.shown
        return "setiap kabupaten/kota" if region and region.is_summed else _name(region)


def _name(region: Region | None) -> str:
    return region.full_name if region else settings.CITY_NAME
