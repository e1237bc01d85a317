"""URLs of many regions with a single reverse lookup."""

from collections.abc import Callable

from django.urls import reverse

from kotaku.models import Region
from kotaku.regions.page_region import PARAMETER


def region_addresses() -> Callable[[Region], str]:
    """Return a function from a region to the URL of its page; region codes need no escaping."""
    before = reverse("areas:progress", query={PARAMETER: ""})
    return lambda region: f"{before}{region.code}"
