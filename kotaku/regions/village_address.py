"""Where the pages of many villages are: looked up once, not once for each."""

from collections.abc import Callable

from django.urls import reverse

ANY = "00.00.00.0000"


def village_addresses(query: str) -> Callable[[str], str]:
    """Return what leads from a village's code to its page, with this query after it."""
    before, after = reverse("areas:village-detail", args=[ANY]).split(ANY)
    return lambda code: f"{before}{code}{after}{query}"
