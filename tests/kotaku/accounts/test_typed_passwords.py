"""A phone adds a space after a word; and a new password is really a new one."""

import time
from binascii import unhexlify

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.hashers import make_password
from django.test import Client
from django_otp.oath import TOTP

from kotaku.models import AuditEvent
from kotaku.sealed import unseal
from tests.areas.public.pages import text_of
from tests.factories import PASSWORD, UserFactory

NEW = "sandi-baru-yang-panjang-7"
UNCHANGED = "Kata sandi baru sama dengan yang lama. Pilih kata sandi yang berbeda."


def sign_in(typed, name="petugas"):
    return Client().post("/akun/masuk/", {"username": name, "password": typed})


def change_password(client, new, old=PASSWORD):
    data = {"old_password": old, "new_password1": new, "new_password2": new}
    return client.post("/akun/sandi/", data)


@pytest.fixture
def spaced(db):
    """A user whose password ends in a space."""
    return UserFactory(username="spasi", password=make_password(f"{PASSWORD} "))


@pytest.mark.parametrize(
    "name", ["  petugas", "petugas   ", "\u00a0petugas\u00a0", f"{' ' * 90}petugas"]
)
def test_spaces_around_a_name_are_ignored(officer, name):
    assert sign_in(PASSWORD, name).status_code == 302
    assert sign_in("salah", name).status_code == 200
    assert AccessAttempt.objects.get().username == "petugas"
    assert AuditEvent.objects.get(kind="sign_in_failed").subject == officer


def test_failure_is_on_record_for_a_name_after_many_spaces(officer):
    sign_in("salah", f"{' ' * 200}petugas")
    assert AuditEvent.objects.get(kind="sign_in_failed").subject == officer


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        (PASSWORD, 302),
        (f"{PASSWORD} ", 302),
        (f"{PASSWORD}  ", 200),
        (f" {PASSWORD}", 200),
        (f"{PASSWORD}\t", 200),
        (f"{PASSWORD}\n", 200),
        (" ", 200),
        (PASSWORD[:-1], 200),
    ],
)
def test_one_trailing_space_of_a_password_is_forgiven(officer, typed, status):
    assert sign_in(typed).status_code == status


def test_a_password_that_ends_in_a_space_is_tried_as_typed_first(spaced):
    assert sign_in(f"{PASSWORD} ", "spasi").status_code == 302
    assert sign_in(f"{PASSWORD}  ", "spasi").status_code == 302
    assert sign_in(PASSWORD, "spasi").status_code == 200


def test_both_tries_are_one_attempt_and_never_written_down(officer, caplog):
    caplog.set_level("DEBUG")
    assert sign_in("rahasia-salah ").status_code == 200
    attempt = AccessAttempt.objects.get()
    assert attempt.failures_since_start == 1
    assert [event.kind for event in AuditEvent.objects.all()] == ["sign_in_failed"]
    assert sign_in(f"{PASSWORD} ").status_code == 302
    assert AuditEvent.objects.filter(kind="sign_in_failed").count() == 1
    written = f"{attempt.post_data}{attempt.get_data}{caplog.text}"
    assert "rahasia-salah" not in written
    assert PASSWORD not in written


def test_inactive_account_stays_out_with_a_space_too(officer):
    type(officer).objects.filter(pk=officer.pk).update(is_active=False)
    assert sign_in(f"{PASSWORD} ").status_code == 200


def test_old_password_with_a_trailing_space_is_accepted(officer, client_of):
    assert change_password(client_of(officer), NEW, old=f"{PASSWORD} ").status_code == 302
    officer.refresh_from_db()
    assert officer.check_password(NEW)


def test_second_step_is_set_up_with_a_trailing_space(officer, client_of):
    client = client_of(officer)
    client.get("/akun/dua-langkah/")
    totp = TOTP(unhexlify(unseal(client.session["two_factor_key"])))
    totp.time = time.time()
    data = {"code": f"{totp.token():06}", "password": f"{PASSWORD} "}
    assert "Simpan kode pemulihan" in text_of(client.post("/akun/dua-langkah/", data))


@pytest.mark.parametrize("forced", [True, False])
@pytest.mark.parametrize("new", [PASSWORD, f"{PASSWORD} ", f"{PASSWORD}  "])
def test_the_old_password_is_no_new_one(officer, client_of, forced, new):
    officer.must_change_password = forced
    officer.save()
    response = change_password(client_of(officer), new)
    assert response.status_code == 200
    assert UNCHANGED in text_of(response)
    assert 'href="#id_new_password1"' in response.content.decode()
    officer.refresh_from_db()
    assert officer.must_change_password is forced
    assert officer.check_password(PASSWORD)
    assert not AuditEvent.objects.filter(kind="password_changed").exists()


def test_the_old_password_without_its_space_is_no_new_one(spaced, client_of):
    response = change_password(client_of(spaced), PASSWORD, old=f"{PASSWORD} ")
    assert UNCHANGED in text_of(response)


def test_who_does_not_know_the_old_password_learns_nothing_about_it(officer, client_of):
    response = change_password(client_of(officer), PASSWORD, old="salah-sama-sekali")
    assert UNCHANGED not in text_of(response)
    assert "Kata sandi lama tidak cocok." in text_of(response)
    response = change_password(client_of(officer), PASSWORD, old="")
    assert UNCHANGED not in text_of(response)
