"""The page for choosing a kabupaten or kota."""

from itertools import groupby

from kotaku.models import Region
from kotaku.regions.page_region import way_to


def choice_context(region: Region, heading: str, lead: str) -> dict:
    """Return the context of a page for choosing a kabupaten or kota, grouped by province."""
    regencies = Region.objects.inside(region).exclude(parent=None).select_related("parent")
    grouped = groupby(regencies.order_by("code"), key=lambda regency: regency.parent)
    return {
        "region": region,
        "above": way_to(region),
        "heading": heading,
        "lead": lead,
        "provinces": [(province, list(below)) for province, below in grouped],
    }
