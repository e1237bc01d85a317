"""Where a region's page is."""

from django.urls import reverse

from areas.scope import PARAMETER
from kotaku.models import Region


def region_url(region: Region) -> str:
    """Return the address of a region's page."""
    return reverse("areas:progress", query={PARAMETER: region.code})
