"""The region that this site is for, and where somebody's new things belong."""

from django.conf import settings

from kotaku.caching.remembered import remembered
from kotaku.models import Region


@remembered("frame")
def region_coded(code: str) -> Region | None:
    """Return the region with this Kemendagri code, with the one above it."""
    return Region.objects.select_related("parent").filter(code=code).first()


def home_region() -> Region | None:
    """Return the region that this site is for (HOME_REGION); None before it is recorded."""
    return region_coded(settings.HOME_REGION)


def working_region(user) -> Region | None:
    """Return where a signed-in person's new things belong: their own region, else the site's."""
    return user.region or home_region()
