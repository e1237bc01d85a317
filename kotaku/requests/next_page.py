"""Where to go on: a page of this site that somebody wanted, never one of another site."""

from django.utils.http import url_has_allowed_host_and_scheme


def next_page(request) -> str:
    """Return the page that `next` names, or nothing if that is not ours."""
    page = request.POST.get("next", request.GET.get("next", ""))
    is_ours = url_has_allowed_host_and_scheme(
        page, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return page if is_ours else ""
