"""The forms of every page: whom they name, and that one kept from before has its old version."""

from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import resolve

from kotaku.requests import kept_forms
from tests.drawn_forms import Forms
from tests.security.rooms import TABLE, addresses
from tests.test_permissions import world  # noqa: F401

# Forms without a version: new rows, and forms that send what they showed in another field.
WITHOUT_VERSION = {
    "areas:activity-photo-add", "areas:import-start", "areas:questions", "meetings:attachment-add",
    "meetings:attendance", "meetings:decision-add", "meetings:decision-edit",
    "meetings:participant-import", "meetings:participant-reply", "meetings:pokja-import",
}  # fmt: skip
# A button alone, with nothing typed that could be lost.
WITHOUT_OWNER = {"meetings:meeting-completion"}


def kept_forms_of(client, places):
    """Yield (name of the URL, address, hidden fields) of each form that outlives a session."""
    seen = set()
    for name, page in places.items():
        method, _, (visitor, *_) = TABLE[name]
        if method == "post" or visitor == 200:
            continue
        response = client.get(page)
        if response.status_code != 200 or "html" not in response.get("Content-Type", ""):
            continue
        for targets, fields in Forms(page, response.content.decode()).found:
            for target in targets - seen:
                match = resolve(urlsplit(target).path)
                if hasattr(match.func, "form_page"):
                    seen.add(target)
                    yield match.view_name, target, fields


@pytest.mark.parametrize("role", ["officer", "bappeda"])
def test_forms_name_their_owner_and_a_kept_one_keeps_its_version(world, client_of, role):  # noqa: F811
    """Else typed words would be lost, or would replace what another person saved meanwhile."""
    user = world["people"][role]
    found = list(kept_forms_of(client_of(user), addresses(world)))
    assert len(found) > 12
    for name, address, fields in found:
        browser = Client()
        response = browser.post(address, {**fields, "version": "77"})
        assert response["Location"].endswith("&tersimpan=1") == (name not in WITHOUT_OWNER), name
        assert ("version" in fields) == (name not in WITHOUT_VERSION), name
        # A new row has no version yet.
        assert fields.get("version", "0").isdecimal() or name.endswith("-add"), name
        browser.force_login(user)
        for page in browser.session.get(kept_forms.SESSION_KEY, {}):
            if page == address and name not in WITHOUT_VERSION:
                again = Forms(page, browser.get(page).content.decode()).found
                assert "77" in [
                    fields.get("version") for targets, fields in again if page in targets
                ], name
