"""Django's admin under the site's own policy: no inline style or script is asked for, all works.

The browser reports what the policy blocks as an error of its console, which `page_problems` tells.
"""

import pytest
from django.contrib import admin
from django.urls import reverse
from playwright.sync_api import expect

from areas.models import Programme
from kotaku.admin_site import regional_admin
from kotaku.models import User


def admin_pages():
    """Return every list, and one form of every model that has rows or takes new ones."""
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{name}_changelist")
        if row := model._default_manager.order_by("pk").first():
            yield reverse(f"{name}_change", args=[row.pk])


@pytest.mark.ignore_template_errors  # Django's own templates use variables that are not there.
def test_admin_works_without_inline_styles_and_scripts(desktop, sample_site, sign_in, monkeypatch):
    account = User.objects.get(username="admin")
    sign_in(desktop, account)
    for address in admin_pages():
        assert desktop.goto(address).status == 200, address

    # What its scripts do: the chooser of villages, rows of an inline, the calendar.
    officer = User.objects.get(username="desa-binangun")
    desktop.goto(f"/admin/kotaku/user/{officer.pk}/change/")
    chooser = desktop.locator("#id_villages_from")
    expect(chooser).to_be_visible()
    desktop.locator("#id_villages_input").press_sequentially("Balokang")
    expect(chooser.locator("option")).to_have_count(1)
    chooser.locator("option").first.dblclick()
    expect(desktop.locator("#id_villages_to option")).to_have_count(2)

    desktop.goto(f"/admin/areas/programme/{Programme.objects.current().pk}/change/")
    rows = desktop.locator(".inline-related tr.form-row:not(.empty-form)")
    before = rows.count()
    desktop.locator(".inline-group .add-row a").first.click()
    expect(rows).to_have_count(before + 1)
    desktop.locator(".datetimeshortcuts .date-icon").first.click()
    expect(desktop.locator(".calendarbox:visible")).to_have_count(1)

    # Of more villages than a list is good for, one is searched for.
    monkeypatch.setattr(regional_admin, "MANY", 5)
    desktop.goto(f"/admin/kotaku/user/{officer.pk}/change/")
    chosen = desktop.locator(".field-villages .select2-selection__choice")
    expect(chosen).to_have_count(1)
    desktop.locator(".field-villages .select2-search__field").press_sequentially("Balokang")
    desktop.locator(".select2-results__option", has_text="Balokang").click()
    expect(chosen).to_have_count(2)
