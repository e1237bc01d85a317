"""Addresses that only take a sent form: opened like a page, they lead to the page of their button.

Such an address is opened after signing in again, from a history of the browser or by a reload.
"""

from urllib.parse import urlsplit

from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme


class PageForSteps:
    """Innermost middleware: give a bare 405 to GET a page in the site's look; the status stays."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != 405 or request.method not in ("GET", "HEAD"):
            return response
        page = render(request, "405.html", {"page": _page_above(request)}, status=405)
        page["Allow"] = response.get("Allow", "POST")
        page["Cache-Control"] = "no-store"
        return page


def page_of_button(request) -> str:
    """Return the page of ours from which a form was sent, as the browser names it; "" if unknown."""
    page = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(
        page, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    parts = urlsplit(page)
    return parts._replace(scheme="", netloc="", fragment="").geturl() if is_ours else ""


def _page_above(request) -> str:
    """Return the nearest address above that has a page; above what it removes, if it removes it."""
    match = request.resolver_match
    path = request.path
    if match and match.url_name and match.url_name.endswith("-removal"):
        path = _above(path)
    while (path := _above(path)) != "/":
        try:
            resolve(path)
        except Resolver404:
            continue
        return path
    return path


def _above(path: str) -> str:
    return path.rstrip("/").rpartition("/")[0] + "/"
