"""Which part of the country a page is about: as its address says, else where its reader works."""

from django.conf import settings
from django.http import Http404

from kotaku.caching.remembered import remembered
from kotaku.models import Region
from kotaku.regions.home import home_region, region_coded

PARAMETER = "wilayah"


def region_of(request) -> Region | None:
    """Return the region of a page: named in the address, else the reader's own, else the site's.

    A period in the address names its region too. None before any region is recorded: then there is
    nothing to tell apart. Raises Http404 for an unknown code.
    """
    named = _named(request) or _of_period(request)
    if named is None and request.user.is_authenticated:
        named = request.user.region
    return named or home_region()


def public_region(request) -> Region | None:
    """Return the same for what is the same to everybody, whoever asks."""
    return _named(request) or _of_period(request) or home_region()


def way_to(region: Region | None) -> list[Region]:
    """Return the regions above this one, the largest first, up to that of the site."""
    if region is None or region.code == settings.HOME_REGION:
        return []
    home = home_region()
    if home is None or not home.covers(region):
        return []
    above = region.parent
    return [home] if above is None or above.pk == home.pk else [home, above]


def _named(request) -> Region | None:
    code = request.GET.get(PARAMETER)
    if not code:
        return None
    region = region_coded(code)
    if region is None:
        raise Http404("Wilayah tidak dikenal.")
    return region


def _of_period(request) -> Region | None:
    slug = request.GET.get("periode")
    return _region_of_slug(slug) if slug else None


@remembered("frame")
def _region_of_slug(slug) -> Region | None:
    return Region.objects.select_related("parent").filter(programmes__slug=slug).first()
