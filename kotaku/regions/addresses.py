"""Where the pages of many regions are: looked up once, not once for each."""

from collections.abc import Callable

from django.urls import reverse

from kotaku.models import Region
from kotaku.regions.page_region import PARAMETER


def region_addresses() -> Callable[[Region], str]:
    """Return what leads from a region to its page; a region's code is as safe in an address."""
    before = reverse("areas:progress", query={PARAMETER: ""})
    return lambda region: f"{before}{region.code}"
