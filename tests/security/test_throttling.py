"""Guessing passwords is slow, by name and by address; a hall full of people still gets in."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessFailureLog
from django.conf import settings
from django.test import Client, RequestFactory
from django.utils import timezone

from kotaku import settings as site_settings
from kotaku.models import AuditEvent
from kotaku.requests.client_address import client_address, throttled_address
from tests.areas.public.pages import text_of
from tests.drawn_forms import as_drawn, save_shown
from tests.factories import PASSWORD, UserFactory

PAGE = "/akun/masuk/"
LIMIT, OF_ADDRESS, OF_NAME = 3, 8, 6


@pytest.fixture(autouse=True)
def few_tries(settings):
    settings.SIGN_IN_FAILURES = LIMIT
    settings.SIGN_IN_FAILURES_OF_ADDRESS = OF_ADDRESS
    settings.SIGN_IN_FAILURES_OF_NAME = OF_NAME


def attempt(user="petugas", password="salah", address="192.0.2.1", **headers):
    data = {"username": user, "password": password, "next": "/akun/"}
    return Client(REMOTE_ADDR=address, headers=headers).post(PAGE, data)


def attempts(count, **more):
    return [attempt(**more).status_code for _ in range(count)]


def age_failures(**passed):
    """Let time pass for all failures so far."""
    for model in (AccessAttempt, AccessFailureLog):
        for row in model.objects.all():
            then = row.attempt_time - timedelta(**passed)
            model.objects.filter(pk=row.pk).update(attempt_time=then)


def test_the_limits_are_those_that_were_decided():
    assert site_settings.SIGN_IN_FAILURES == 10
    assert site_settings.SIGN_IN_FAILURES_OF_ADDRESS == 100
    assert site_settings.SIGN_IN_FAILURES_OF_NAME == 50


def test_name_waits_at_one_address_after_too_many_failures(officer):
    assert attempts(LIMIT) == [200, 200, 429]
    # The right password does not help now, with whatever browser.
    refused = attempt(password=PASSWORD, **{"User-Agent": "lain"})
    assert refused.status_code == 429
    text = text_of(refused)
    assert "Terlalu banyak percobaan masuk yang gagal" in text
    assert "masuk dengan nama ini dari jaringan ini dihentikan sementara" in text
    assert f"Tunggu {settings.SIGN_IN_WAIT_MINUTES} menit" in text
    assert "hubungi admin di Bappeda" in text
    assert 0 < int(refused["Retry-After"]) <= settings.SIGN_IN_WAIT_MINUTES * 60
    assert 'value="petugas"' in refused.content.decode()
    assert 'name="next" value="/akun/"' in refused.content.decode()
    # Everybody else at the address, and this name elsewhere, is not concerned.
    assert attempt(user=UserFactory().username, password=PASSWORD).status_code == 302
    assert attempt(password=PASSWORD, address="198.51.100.7").status_code == 302


def test_failures_of_one_name_with_many_browsers_count_together(officer):
    answers = [attempt(**{"User-Agent": f"peramban {n}"}).status_code for n in range(LIMIT)]
    assert answers == [200, 200, 429]


def test_address_waits_after_too_many_failures_on_any_accounts(officer):
    answers = [attempt(user=f"siapa-{n}").status_code for n in range(OF_ADDRESS)]
    assert answers == [200] * (OF_ADDRESS - 1) + [429]
    refused = attempt(password=PASSWORD)
    assert refused.status_code == 429
    text = text_of(refused)
    assert "dihentikan sementara untuk semua nama" in text
    assert "Dari jaringan lain, misalnya data seluler" in text
    assert f"Tunggu {settings.SIGN_IN_WAIT_MINUTES} menit" in text
    assert attempt(password=PASSWORD, address="192.0.2.2").status_code == 302


def test_hall_full_of_people_gets_in(db, settings):
    settings.SIGN_IN_FAILURES, settings.SIGN_IN_FAILURES_OF_ADDRESS = 10, 100
    people = [UserFactory(username=f"desa-{number}") for number in range(33)]
    for person in people:
        assert attempts(3, user=person.username) == [200] * 3
    for person in people:
        assert attempt(user=person.username, password=PASSWORD).status_code == 302


def test_name_waits_after_too_many_failures_from_anywhere_in_a_day(officer):
    answers = [attempt(address=f"192.0.2.{n}").status_code for n in range(OF_NAME)]
    assert answers == [200] * (OF_NAME - 1) + [429]
    refused = attempt(password=PASSWORD, address="198.51.100.7")
    assert refused.status_code == 429
    text = text_of(refused)
    assert "masuk dengan nama ini dihentikan sementara dari semua jaringan" in text
    assert "Bila bukan Anda yang salah mengetik, beri tahu admin." in text
    tomorrow = timezone.localtime(timezone.now() + timedelta(days=1))
    assert f"Tunggu sampai {tomorrow.day} " in text
    assert 86_000 < int(refused["Retry-After"]) <= 86_400
    # Another name from there is not concerned.
    other = UserFactory().username
    assert attempt(user=other, password=PASSWORD, address="192.0.2.5").status_code == 302


def test_page_says_the_longest_of_two_waits(officer):
    for number in range(OF_NAME - LIMIT):
        attempt(address=f"192.0.2.{number + 10}")
    assert attempts(LIMIT - 1) == [200] * (LIMIT - 1)
    refused = attempt()
    assert "dihentikan sementara dari semua jaringan" in text_of(refused)
    assert int(refused["Retry-After"]) > settings.SIGN_IN_WAIT_MINUTES * 60


def test_failures_of_a_name_count_for_a_day(officer):
    for number in range(OF_NAME - 1):
        attempt(address=f"192.0.2.{number}")
    age_failures(hours=23)
    assert attempt(address="192.0.2.20").status_code == 429
    # The first ones are older than a day by now, the last one is not.
    age_failures(hours=2)
    assert attempt(address="192.0.2.30").status_code == 200
    assert AccessFailureLog.objects.count() == 2


def test_patient_guesser_at_one_address_reaches_the_limit_of_the_name(officer):
    for _ in range(OF_NAME // LIMIT):
        assert attempts(LIMIT)[-1] == 429
        age_failures(minutes=settings.SIGN_IN_WAIT_MINUTES, seconds=1)
    assert attempt(password=PASSWORD, address="192.0.2.2").status_code == 429


def test_right_password_forgives_the_failures_of_this_name_and_address(officer):
    for _ in range(2):
        attempts(LIMIT - 1)
        assert attempt(password=PASSWORD).status_code == 302
    attempt()
    # The limit of the name counts on.
    assert attempt().status_code == 429
    assert attempt(password=PASSWORD, address="192.0.2.2").status_code == 429


def test_right_password_forgives_no_failures_at_another_address(officer):
    attempts(LIMIT - 1)
    assert attempt(password=PASSWORD, address="192.0.2.2").status_code == 302
    assert attempt().status_code == 429


def test_own_account_does_not_wash_an_address_clean(officer, viewer):
    attempts(LIMIT - 1)
    assert attempt(user=viewer.username, password=PASSWORD).status_code == 302
    assert attempt().status_code == 429


def test_own_failures_and_success_do_not_wash_an_address_clean(officer, viewer):
    attempts(LIMIT - 1, user=viewer.username)
    for number in range(OF_ADDRESS - LIMIT):
        attempt(user=f"siapa-{number}")
    assert attempt(user=viewer.username, password=PASSWORD).status_code == 302
    assert attempt().status_code == 429


def test_wait_ends_by_itself_and_is_not_made_longer_by_trying(officer):
    attempts(LIMIT)
    age_failures(minutes=settings.SIGN_IN_WAIT_MINUTES - 1)
    assert attempts(2) == [429, 429]
    assert "Tunggu 1 menit" in text_of(attempt())
    age_failures(minutes=1, seconds=1)
    assert attempt(password=PASSWORD).status_code == 302


def test_wait_of_an_address_ends_as_soon_as_enough_failures_are_old(officer):
    for number in range(OF_ADDRESS - 1):
        attempt(user=f"siapa-{number}")
    age_failures(minutes=10)
    refused = attempt(user="siapa-lain")
    assert refused.status_code == 429
    assert f"Tunggu {settings.SIGN_IN_WAIT_MINUTES - 10} menit" in text_of(refused)
    age_failures(minutes=5, seconds=1)
    assert attempt(password=PASSWORD).status_code == 302


def test_unknown_names_are_treated_like_known_ones(officer):
    known, unknown = (text_of(attempt(user=name)) for name in ("petugas", "tidak-ada"))
    assert known == unknown


def test_admin_unlocks_an_account(officer, admin, client_of):
    for number in range(OF_NAME):
        attempt(address=f"192.0.2.{number}")
    assert attempt(password=PASSWORD).status_code == 429
    age_failures(hours=1)
    data = {"action": "release_sign_in", "_selected_action": [officer.pk]}
    response = client_of(admin).post("/admin/kotaku/user/", data, follow=True)
    assert "Kunci masuk 1 akun dibuka." in text_of(response)
    assert attempt(password=PASSWORD).status_code == 302
    line = AuditEvent.objects.get(kind="sign_in_released")
    assert (line.actor, line.subject) == (admin, officer)


@pytest.mark.ignore_template_errors
def test_admin_unlocks_an_address(officer, admin, client_of):
    other = UserFactory().username
    for password in ("salah", PASSWORD):
        attempt(user=other, password=password)
    for number in range(1, OF_ADDRESS):
        attempt(user=f"siapa-{number}")
    assert attempt(password=PASSWORD).status_code == 429
    client = client_of(admin)
    assert "192.0.2.1" in text_of(client.get("/admin/kotaku/failedsignin/"))
    chosen = list(AccessAttempt.objects.values_list("pk", flat=True))
    data = {"action": "delete_selected", "_selected_action": chosen}
    asked = client.post("/admin/kotaku/failedsignin/", data)
    # Another failure meanwhile holds nothing up.
    AccessAttempt.objects.update(failures_since_start=99)
    client.post("/admin/kotaku/failedsignin/", as_drawn(asked, "_shown"))
    assert attempt(password=PASSWORD).status_code == 302
    assert AuditEvent.objects.filter(kind="sign_in_released").count() == OF_ADDRESS - 1
    # Also those that a right password had forgiven.
    assert not AccessFailureLog.objects.exists()


@pytest.mark.ignore_template_errors
def test_new_password_from_the_admin_unlocks_the_account(officer, admin, client_of):
    attempts(LIMIT)
    new = "sandi-baru-yang-panjang-7"
    data = {"usable_password": "true", "password1": new, "password2": new}
    save_shown(client_of(admin), f"/admin/kotaku/user/{officer.pk}/password/", data)
    assert attempt(password=new).status_code == 302


@pytest.mark.ignore_template_errors
def test_admin_unlocks_a_name_by_deleting_its_failures(officer, admin, client_of):
    for number in range(OF_NAME):
        attempt(address=f"192.0.2.{number}")
    row = AccessAttempt.objects.first()
    save_shown(client_of(admin), f"/admin/kotaku/failedsignin/{row.pk}/delete/", {"post": "yes"})
    assert not AccessFailureLog.objects.exists()
    assert attempt(password=PASSWORD, address="198.51.100.7").status_code == 302


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
    for number in range(OF_ADDRESS):
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
        ("new_device", user.pk, user.pk),
        ("sign_in_failed", None, user.pk),
    ]
    assert not AuditEvent.objects.filter(text__contains="rahasia").exists()
    assert set(AuditEvent.objects.values_list("address", flat=True)) == {"192.0.2.1", "192.0.2.2"}


@pytest.mark.parametrize(
    ("count", "more", "reason"),
    [
        (LIMIT, {}, "nama ini dari alamat ini"),
        (
            OF_ADDRESS,
            {"user": "siapa-{}"},
            "semua nama dari alamat ini. Nama pengguna tidak dikenal",
        ),
        (OF_NAME, {"address": "192.0.2.{}"}, "nama ini dari semua alamat"),
    ],
)
def test_lock_is_on_record_with_its_reason(officer, count, more, reason):
    for number in range(count):
        attempt(**{name: value.format(number) for name, value in more.items()})
    assert AuditEvent.objects.get(kind="sign_in_locked").text == reason


def test_names_that_grow_in_lower_case_are_counted_too(db):
    assert attempt(user="\u0390" * 150).status_code == 200
