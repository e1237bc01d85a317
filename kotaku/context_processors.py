"""What every page knows."""

from django.conf import settings


def site(request):
    """Name the city, and the view, so that the navigation can mark where one is."""
    match = getattr(request, "resolver_match", None)
    return {"city_name": settings.CITY_NAME, "view_name": match.view_name if match else ""}
