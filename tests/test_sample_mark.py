"""Every page that shows a sample row says so, and no other page does: one walk over the URL table."""

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils import timezone

from meetings.models import Article, Meeting
from tests.areas.public.pages import text_of
from tests.security.rooms import TABLE, addresses
from tests.test_permissions import world  # noqa: F401

MARK = "data contoh"
# Pages that say what the mark means.
EXPLAINS = {"areas:data-dictionary", "guide"}
# Pages that show no row which can be sample data. The audit names rows, but shows none.
WITHOUT_ROWS = {
    "areas:activity-add", "areas:data", "areas:import-start", "audit", "contact-holder",
    "contacts", "guide", "guide-of", "login", "meetings:calendar", "meetings:meeting-add", "offline",
    "password-change", "password-reset", "password-reset-sent", "privacy", "profile", "queue",
    "search", "two-factor",
}  # fmt: skip


def mark_all(*, sample: bool) -> None:
    """Make all rows of the world sample data, or none."""
    for model in apps.get_models():
        try:
            model._meta.get_field("is_sample")
        except FieldDoesNotExist:
            continue
        model._base_manager.update(is_sample=sample)


def marked(client, places) -> dict[str, bool]:
    """Return the name of each page → whether it carries the mark."""
    found = {}
    for name, address in places.items():
        if TABLE[name][0] == "post":
            continue
        response = client.get(address)
        if response.status_code == 200 and "html" in response.get("Content-Type", ""):
            found[name] = MARK in text_of(response).lower()
    return found


@pytest.mark.parametrize("role", ["visitor", "officer", "bappeda", "admin"])
def test_sample_rows_are_marked_and_others_are_not(world, client_of, request, role, baseline):  # noqa: F811
    user = () if role == "visitor" else (request.getfixturevalue(role),)
    places = addresses(world)
    Meeting.objects.update(programme=baseline.programme)
    Article.objects.update(state="published", published_at=timezone.now())
    mark_all(sample=False)
    real = marked(client_of(*user), places)
    mark_all(sample=True)
    sample = marked(client_of(*user), places)
    # An admin has no village to enter figures for.
    without_rows = WITHOUT_ROWS | ({"areas:entry-overview"} if role == "admin" else set())
    assert {name for name, is_marked in real.items() if is_marked} <= EXPLAINS
    assert {name for name, is_marked in sample.items() if not is_marked} <= without_rows
