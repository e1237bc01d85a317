"""The forms that outlive a session: the newest of each page, and the newest pages."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory

from kotaku.requests import kept_forms
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def request(method, page, user, session, **typed):
    """Return a request of a user for a page, in a session."""
    made = getattr(RequestFactory(), method)(page, typed)
    made.user, made.session = user, session
    return made


def send(page, user, session, note):
    """Send a form after the session has ended."""
    owner = kept_forms.owner_note(user)
    sent = request("post", page, user, session, note=note, _owner=owner)
    assert kept_forms.stash(sent, page)


def kept(page, user, session):
    """Return the note of the form that is kept for a page, if any."""
    found = kept_forms.restore(request("get", page, user, session))
    return found and found.typed["note"]


def test_the_newest_form_of_a_page_survives_and_the_oldest_pages_go():
    user, session = UserFactory(), SessionStore()
    pages = [f"/isian/{year}/" for year in range(2017, 2017 + kept_forms.MAX_FORMS + 1)]
    send(pages[0], user, session, "pertama")
    send(pages[1], user, session, "lama")
    # Sent again: the newer text replaces the older one, and makes its page the newest.
    send(pages[0], user, session, "baru")
    for page in pages[2:]:
        send(page, user, session, page)
    assert kept(pages[0], user, session) == "baru"
    assert kept(pages[1], user, session) is None
    assert [kept(page, user, session) for page in pages[2:]] == pages[2:]
    # Another page's form that is saved takes none of these away.
    kept_forms.forget(request("post", pages[2], user, session), pages[2])
    assert kept(pages[2], user, session) is None
    assert kept(pages[3], user, session) == pages[3]
