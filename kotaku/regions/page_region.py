"""The region of a page: named in the URL, else that of the user or the site."""

from contextlib import suppress

from django.conf import settings
from django.http import Http404

from kotaku.caching.remembered import remembered
from kotaku.models import Region
from kotaku.regions.home import home_region, region_coded

PARAMETER = "wilayah"


def region_of(request) -> Region | None:
    """Return the region of a page: named in the URL, else the user's own, else the site's.

    A period in the URL names its region too. None until the site's region is created. Raises
    Http404 for an unknown code.
    """
    named = _named(request) or _of_period(request)
    if named is None and request.user.is_authenticated:
        named = request.user.region
    return named or home_region()


def region_named(request) -> Region | None:
    """Return the region that the URL names by its own code, a period or a village's code.

    None if it names none, or an unknown one, whose error page has a frame all the same.
    """
    match = getattr(request, "resolver_match", None)
    code = str(match.kwargs.get("code", "")) if match else ""
    with suppress(Http404):
        return _named(request) or _of_period(request) or (region_coded(code[:5]) if code else None)
    return None


def public_region(request) -> Region | None:
    """Return the region of a page that must not depend on the user."""
    return _named(request) or _of_period(request) or home_region()


def way_to(region: Region | None) -> list[Region]:
    """Return the regions above this one up to the site's, the largest first."""
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
