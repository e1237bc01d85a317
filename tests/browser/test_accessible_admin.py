"""axe-core on the pages of Django's admin, by discovery: every list, form and page of our own."""

import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse

from areas.models import Programme
from kotaku.models import User
from tests.browser.examiner import DESK, PHONE, Examiner
from tests.browser.test_layout import sideways
from tests.factories import BoundaryFactory

# What every model has; further pages of an admin have names of their own.
USUAL = ("changelist", "add", "history", "delete", "change")
NOT_PAGES = {
    "areas_programme_download": "a file",
    "areas_village_download": "a file",
    "areas_yearlyfigure_download": "a file",
    "kotaku_user_download": "a file",
    "kotaku_user_slip": "asks before a slip is shown once, in test_account_slips.py",
}


def own_pages(model_admin) -> list[str]:
    """Return the addresses of an admin's further pages."""
    named = {pattern.name for pattern in model_admin.get_urls() if pattern.name}
    own = {name for name in named if not name.endswith(USUAL)} - set(NOT_PAGES)
    return [reverse(f"admin:{name}") for name in sorted(own)]


def pages_of(model, model_admin, request) -> list[str]:
    """Return the list of a model, a form, the empty form, history and deletion where there are any."""
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    pages = [reverse(f"{name}_changelist")]
    row = model._default_manager.order_by("pk").first()
    if row is not None:
        pages += [reverse(f"{name}_{kind}", args=[row.pk]) for kind in ("change", "history")]
        if model_admin.has_delete_permission(request, row):
            pages.append(reverse(f"{name}_delete", args=[row.pk]))
    if model_admin.has_add_permission(request):
        pages.append(reverse(f"{name}_add"))
    return pages + own_pages(model_admin)


@pytest.fixture
def asked():
    """A request of the sample's administrator."""
    request = RequestFactory().get("/admin/")
    request.user = User.objects.get(username="admin")
    return request


@pytest.mark.ignore_template_errors  # Django's own templates use variables that are not there.
def test_pages_of_the_admin(desktop, sample_site, asked, sign_in, page_problems):
    # axe-core itself sets an inline style there, which the site's policy blocks.
    page_problems.allow("Applying inline style")
    village = asked.user.villages.model.objects.first()
    BoundaryFactory(village=village)
    sign_in(desktop, asked.user)
    examiner = Examiner(desktop)
    kinds = set()
    for model, model_admin in admin.site._registry.items():
        for address in pages_of(model, model_admin, asked):
            # Histories, deletions and empty forms differ in their words: colours of one of each.
            kind = address.split("/")[-2]
            colours = kind not in kinds
            kinds |= {kind} & {"add", "history", "delete"}
            answer = examiner.open(address, dark=colours, colours=colours, sizes=[DESK])
            assert answer.status == 200, address
            assert sideways(desktop, [PHONE]) == []
            desktop.set_viewport_size(DESK)

    # As a phone shows them, and in the scheme that was chosen instead of the device's.
    programme = Programme.objects.current()
    form = reverse("admin:areas_programme_change", args=[programme.pk])
    for address in ("/admin/kotaku/user/", form):
        examiner.open(address, whole=True, sizes=[PHONE])
        desktop.evaluate("document.documentElement.dataset.theme = 'dark'")
        examiner.look(f"{address}, dark by choice", whole=True, sizes=[DESK])
        desktop.evaluate("document.documentElement.dataset.theme = 'auto'")
    examiner.verdict()
