"""Guessing passwords is slow, by account and by address; who is locked out reads what to do."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.test import Client, RequestFactory
from django.utils import timezone

from kotaku.models import AuditEvent
from kotaku.requests.client_address import client_address, throttled_address
from tests.areas.public.pages import text_of
from tests.drawn_forms import as_drawn
from tests.factories import PASSWORD, UserFactory

PAGE = "/akun/masuk/"
LIMIT = 3


@pytest.fixture(autouse=True)
def few_tries(settings):
    settings.AXES_FAILURE_LIMIT = LIMIT


def attempt(user="petugas", password="salah", address="192.0.2.1", **headers):
    data = {"username": user, "password": password, "next": "/akun/"}
    return Client(REMOTE_ADDR=address, headers=headers).post(PAGE, data)


def test_account_waits_after_too_many_failures_from_anywhere(officer):
    for number in range(LIMIT - 1):
        assert attempt(address=f"192.0.2.{number}").status_code == 200
    refused = attempt(address="192.0.2.9")
    assert refused.status_code == 429
    # The right password does not help now, from wherever.
    refused = attempt(password=PASSWORD, address="198.51.100.7")
    assert refused.status_code == 429
    text = text_of(refused)
    assert "Terlalu banyak percobaan masuk yang gagal" in text
    assert f"Tunggu {settings.SIGN_IN_WAIT_MINUTES} menit" in text
    assert "hubungi admin di Bappeda" in text
    assert 0 < int(refused["Retry-After"]) <= settings.SIGN_IN_WAIT_MINUTES * 60
    assert 'value="petugas"' in refused.content.decode()
    assert 'name="next" value="/akun/"' in refused.content.decode()


def test_address_waits_after_too_many_failures_on_any_accounts(officer):
    for number in range(LIMIT):
        attempt(user=f"siapa-{number}")
    assert attempt(password=PASSWORD).status_code == 429
    assert attempt(password=PASSWORD, address="192.0.2.2").status_code == 302


def test_own_account_does_not_wash_an_address_clean(officer, viewer):
    for _ in range(LIMIT - 1):
        attempt()
    assert attempt(user=viewer.username, password=PASSWORD).status_code == 302
    assert attempt().status_code == 429


def test_right_password_forgives_the_accounts_failures(officer):
    for _ in range(LIMIT - 1):
        attempt()
    assert attempt(password=PASSWORD).status_code == 302
    for _ in range(LIMIT - 1):
        assert attempt().status_code == 200


def test_wait_ends_by_itself_and_is_not_made_longer_by_trying(officer):
    for _ in range(LIMIT + 2):
        attempt()
    wait = timedelta(minutes=settings.SIGN_IN_WAIT_MINUTES, seconds=1)
    AccessAttempt.objects.update(attempt_time=timezone.now() - wait)
    assert attempt(password=PASSWORD).status_code == 302


def test_unknown_names_are_treated_like_known_ones(officer):
    known, unknown = (text_of(attempt(user=name)) for name in ("petugas", "tidak-ada"))
    assert known == unknown


def test_admin_unlocks_an_account(officer, admin, client_of):
    for number in range(LIMIT):
        attempt(address=f"192.0.2.{number}")
    data = {"action": "release_sign_in", "_selected_action": [officer.pk]}
    response = client_of(admin).post("/admin/kotaku/user/", data, follow=True)
    assert "Kunci masuk 1 akun dibuka." in text_of(response)
    assert attempt(password=PASSWORD).status_code == 302
    line = AuditEvent.objects.get(kind="sign_in_released")
    assert (line.actor, line.subject) == (admin, officer)


@pytest.mark.ignore_template_errors
def test_admin_unlocks_an_address(officer, admin, client_of):
    for number in range(LIMIT):
        attempt(user=f"siapa-{number}")
    client = client_of(admin)
    assert "192.0.2.1" in text_of(client.get("/admin/kotaku/failedsignin/"))
    chosen = list(AccessAttempt.objects.values_list("pk", flat=True))
    data = {"action": "delete_selected", "_selected_action": chosen}
    asked = client.post("/admin/kotaku/failedsignin/", data)
    # Another failure meanwhile holds nothing up.
    AccessAttempt.objects.update(failures_since_start=99)
    client.post("/admin/kotaku/failedsignin/", as_drawn(asked, "_shown"))
    assert attempt(password=PASSWORD).status_code == 302
    assert AuditEvent.objects.filter(kind="sign_in_released").count() == LIMIT


def test_form_that_was_kept_survives_the_lock(officer):
    client = Client(REMOTE_ADDR="192.0.2.1")
    for _ in range(LIMIT):
        response = client.post(
            f"{PAGE}?next=/akun/&tersimpan=1", {"username": "petugas", "password": "x"}
        )
    assert response.status_code == 429
    assert "Isian Anda tidak hilang" in text_of(response)


def request_from(address, forwarded=None):
    more = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return RequestFactory().get("/", REMOTE_ADDR=address, **more)


def test_proxies_are_believed_only_when_told_so(settings):
    forged = request_from("10.0.0.1", "203.0.113.5, 198.51.100.9")
    assert client_address(forged) == "10.0.0.1"
    settings.TRUSTED_PROXIES = 1
    assert client_address(forged) == "198.51.100.9"
    assert client_address(request_from("10.0.0.1")) == "10.0.0.1"
    settings.TRUSTED_PROXIES = 2
    assert client_address(forged) == "203.0.113.5"
    assert client_address(request_from("", "bukan alamat, lain")) is None


def test_neighbours_of_one_ipv6_network_are_counted_together():
    first, second = (throttled_address(request_from(f"2001:db8:1:2::{n}")) for n in (1, 2))
    assert first == second == "2001:db8:1:2::"
    assert throttled_address(request_from("::ffff:192.0.2.7")) == "192.0.2.7"


def test_forged_header_does_not_escape_the_lock(officer):
    for number in range(LIMIT):
        response = attempt(user=f"siapa-{number}", **{"X-Forwarded-For": f"203.0.113.{number}"})
    assert response.status_code == 429


def test_sign_ins_are_on_record_without_what_was_typed(db):
    user = UserFactory(username="petugas")
    attempt()
    attempt(user="rahasia-saya-terketik-di-sini")
    attempt(password=PASSWORD)
    attempt(address="192.0.2.2")
    kinds = list(AuditEvent.objects.order_by("pk").values_list("kind", "actor", "subject"))
    assert kinds == [
        ("sign_in_failed", None, user.pk),
        ("sign_in_failed", None, None),
        ("signed_in", user.pk, None),
        ("sign_in_failed", None, user.pk),
    ]
    assert not AuditEvent.objects.filter(text__contains="rahasia").exists()
    assert set(AuditEvent.objects.values_list("address", flat=True)) == {"192.0.2.1", "192.0.2.2"}
