"""Sessions and passwords: what ends them, and what a password may be."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import identify_hasher
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from kotaku import settings as site_settings
from kotaku.models import AuditEvent
from tests.areas.public.pages import text_of
from tests.drawn_forms import save_shown
from tests.factories import PASSWORD

NEW = "sandi-baru-yang-panjang-7"


def change_password(client, new=NEW):
    data = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    return client.post("/akun/sandi/", data)


def is_in(client):
    return client.get("/akun/").status_code == 200


def test_other_browsers_are_signed_out_when_the_password_changes(officer, client_of):
    here, elsewhere = client_of(officer), client_of(officer)
    assert is_in(elsewhere)
    change_password(here)
    assert is_in(here)
    assert not is_in(elsewhere)
    assert AuditEvent.objects.get(kind="password_changed").actor == officer


@pytest.mark.ignore_template_errors
def test_password_set_by_an_admin_ends_sessions_and_must_be_changed(officer, admin, client_of):
    there = client_of(officer)
    data = {"usable_password": "true", "password1": NEW, "password2": NEW}
    save_shown(client_of(admin), f"/admin/kotaku/user/{officer.pk}/password/", data)
    assert not is_in(there)
    officer.refresh_from_db()
    assert officer.must_change_password
    line = AuditEvent.objects.get(kind="password_changed")
    assert (line.actor, line.subject) == (admin, officer)
    client = Client()
    client.post("/akun/masuk/", {"username": officer.username, "password": NEW})
    assert client.get("/akun/")["Location"].startswith("/akun/sandi/?next=")


def test_signing_in_begins_a_new_session_and_signing_out_ends_it(officer):
    client = Client()
    client.post("/akun/masuk/", {"username": officer.username, "password": PASSWORD})
    session = client.session.session_key
    copied = Client()
    copied.cookies["sessionid"] = session
    assert is_in(copied)
    response = client.post("/akun/keluar/")
    assert response["Clear-Site-Data"] == '"cache"'
    assert not is_in(copied)
    assert AuditEvent.objects.filter(kind="signed_out", actor=officer).exists()


def test_session_of_before_the_sign_in_is_worth_nothing_afterwards(officer):
    client = Client()
    # Somebody planted this session's key; a kept form has made it exist.
    client.get("/akun/masuk/")
    session = client.session
    session["planted"] = 1
    session.save()
    client.cookies["sessionid"] = session.session_key
    client.post("/akun/masuk/", {"username": officer.username, "password": PASSWORD})
    planted = Client()
    planted.cookies["sessionid"] = session.session_key
    assert not is_in(planted)


def test_a_session_ends_hours_after_the_sign_in_whatever_is_done_in_it(officer, settings):
    client = Client()
    client.post("/akun/masuk/", {"username": officer.username, "password": PASSWORD})
    begun = client.session.get_expiry_date()
    age = settings.SESSION_COOKIE_AGE
    assert abs((begun - timezone.now()).total_seconds() - age) < 60
    # Later, something is stored in it.
    stored = Session.objects.get(pk=client.session.session_key)
    session = client.session
    session.set_expiry(timezone.now() + timedelta(minutes=2))
    session.save()
    form = {"email": "", "phone": "x" * 99}
    client.post("/akun/", form)
    session = client.session
    session["kept"] = "a form"
    session.save()
    stored.refresh_from_db()
    assert (stored.expire_date - timezone.now()).total_seconds() <= 120
    session.set_expiry(timezone.now() - timedelta(seconds=1))
    session.save()
    assert not is_in(client)


@pytest.mark.parametrize(("length", "is_taken"), [(128, True), (129, False), (5000, False)])
def test_longer_than_128_is_refused(officer, client_of, length, is_taken):
    response = change_password(client_of(officer), ("Padi-air-" * 600)[:length])
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD) is not is_taken
    assert is_taken or "aling banyak" in text_of(response)


@pytest.mark.parametrize(
    "common", ["1q2w3e4r5t", "qwertyuiop", "Bismillah-123", "kotabanjar2016", "Persib.1933"]
)
def test_common_passwords_are_refused(officer, client_of, common):
    response = change_password(client_of(officer), common)
    assert "umum" in text_of(response) or "mudah ditebak" in text_of(response)
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)


def test_passwords_are_kept_by_argon2(officer, client_of, settings):
    # The tests' own hasher is a quick one.
    settings.PASSWORD_HASHERS = [*site_settings.PASSWORD_HASHERS, *settings.PASSWORD_HASHERS]
    change_password(client_of(officer))
    officer.refresh_from_db()
    assert identify_hasher(officer.password).algorithm == "argon2"


def test_admins_own_doors_lead_to_the_sites(admin, client_of):
    client = client_of(admin)
    assert client.get("/admin/password_change/")["Location"] == "/akun/sandi/"
    client.post("/admin/logout/")
    assert not is_in(client)
    assert AuditEvent.objects.filter(kind="signed_out").exists()
