"""Which region's contact a page shows."""

from django.conf import settings
from django.db.models import Q
from django.http import Http404

from kotaku.caching.remembered import remembered
from kotaku.models import Contact
from kotaku.regions.page_region import PARAMETER, public_region


def contact_of(request) -> Contact | None:
    """Return the contact of the user's region, else of the page's, else of the site's."""
    user = getattr(request, "user", None)
    region = user.region if user is not None and user.is_authenticated else None
    return contact_at(region.code if region else _code_of_page(request))


def contact_at(code: str) -> Contact | None:
    """Return the contact of the region with this code, else of its province, else of the site."""
    return _contact_at(code, settings.HOME_REGION)


def _code_of_page(request) -> str:
    match = getattr(request, "resolver_match", None)
    village = match.kwargs.get("code", "") if match else ""
    if village:
        return village[:5]
    if not request.GET.keys() & {PARAMETER, "periode"}:
        return settings.HOME_REGION
    try:
        region = public_region(request)
    except Http404:
        # The page says so; it needs a contact all the same.
        region = None
    return region.code if region else settings.HOME_REGION


@remembered("frame")
def _contact_at(code: str, home: str) -> Contact | None:
    near = Q(region__code__in=[code, home]) | Q(region__parts__code=code)
    found = Contact.objects.filter(near).select_related("region").distinct()
    return min(found, key=lambda each: _distance(each.region.code, code, home), default=None)


def _distance(code: str, wanted: str, home: str) -> int:
    return 0 if code == wanted else 2 if code == home else 1
