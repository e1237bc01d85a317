"""Forms that the site's script sends: the answer says where to go and whether it is saved."""

import pytest

from kotaku.requests import kept_forms
from tests.areas.figures.test_entry import FORM, typed

pytestmark = pytest.mark.django_db
SCRIPT = {"X-Kotaku-Send": "1"}


@pytest.fixture
def browser(officer, client_of):
    """The officer's browser."""
    return client_of(officer)


def test_saved_form_answers_with_the_next_address_and_keeps_its_message(browser):
    response = browser.post(FORM, typed("12"), headers=SCRIPT)
    assert (response.status_code, response["X-Kotaku-Location"]) == (204, FORM)
    assert response["X-Kotaku-Saved"] == "1"
    assert "Location" not in response
    assert "Draf tersimpan." in browser.get(FORM).content.decode()


def test_browsers_own_request_is_answered_as_ever(browser):
    response = browser.post(FORM, typed("12"))
    assert (response.status_code, response["Location"]) == (302, FORM)
    assert "X-Kotaku-Saved" not in response


def test_refused_form_is_the_page_itself_and_not_saved(browser):
    response = browser.post(FORM, typed("lima"), headers=SCRIPT)
    assert response.status_code == 422
    assert "X-Kotaku-Saved" not in response
    assert "X-Kotaku-Location" not in response


def test_ended_session_leads_to_sign_in_and_is_not_saved(browser, officer):
    browser.logout()
    data = typed("12", _owner=kept_forms.owner_note(officer))
    response = browser.post(FORM, data, headers=SCRIPT)
    assert response.status_code == 204
    assert response["X-Kotaku-Location"].startswith("/akun/masuk/?next=")
    assert "X-Kotaku-Saved" not in response
