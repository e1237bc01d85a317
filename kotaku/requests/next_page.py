"""The page to continue with; never a page of another site."""

from django.utils.http import url_has_allowed_host_and_scheme


def next_page(request) -> str:
    """Return the page that `next` names, or "" if it is on another site."""
    page = request.POST.get("next", request.GET.get("next", ""))
    is_ours = url_has_allowed_host_and_scheme(
        page, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return page if is_ours else ""
