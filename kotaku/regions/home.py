"""The region of this site, and the region of a user's new records."""

from django.conf import settings

from kotaku.caching.remembered import remembered
from kotaku.models import Region


@remembered("frame")
def region_coded(code: str) -> Region | None:
    """Return the region with this Kemendagri code, with its parent loaded."""
    return Region.objects.select_related("parent").filter(code=code).first()


def home_region() -> Region | None:
    """Return the region of this site (HOME_REGION); None until it is created."""
    return region_coded(settings.HOME_REGION)


def owner_name() -> str:
    """Return the name of the site's region; CITY_NAME until it is created."""
    home = home_region()
    return home.full_name if home else settings.CITY_NAME


def working_region(user) -> Region | None:
    """Return the region of a user's new records: the user's own, else the site's."""
    return user.region or home_region()
