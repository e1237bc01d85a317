"""The second step of the sign-in: set up, used, required, lost."""

import html
import re
import time
from base64 import b32decode
from binascii import unhexlify
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from kotaku.accounts import two_factor
from kotaku.accounts.slips import give_passphrase
from kotaku.models import AuditEvent, CodeApp, RecoveryCode, User
from kotaku.requests.kept_forms import owner_note
from kotaku.sealed import unseal
from tests.areas.public.pages import text_of
from tests.factories import PASSWORD

PAGE = "/akun/dua-langkah/"
KEY = "31" * 20


class Clock:
    """The time as phone and server see it, moved by hand."""

    def __init__(self):
        self.now = 1_800_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(time, "time", clock)
    return clock


def code_of(user=None, key=KEY, later=0):
    """Return what the app on the phone shows."""
    totp = TOTP(CodeApp.objects.get(user=user).bin_key if user else unhexlify(key))
    totp.time = time.time() + later
    return f"{totp.token():06}"


def key_in_session(client):
    """Return the secret that waits for its first code."""
    return unseal(client.session["two_factor_key"])


@pytest.fixture
def enrolled(officer, clock):
    """The officer with a phone, and their recovery codes."""
    codes = two_factor.enable(officer, KEY, code_of())
    clock.now += 60
    return officer, codes


def shown_key(content):
    """Return the secret as a person copies it from the page."""
    (code,) = re.findall(r"<code>(.*?)</code>", content)
    return b32decode(re.sub(r"</?span>", "", code))


def give_password(user, next_page="/akun/", client=None):
    client = client or Client()
    data = {"username": user.username, "password": PASSWORD, "next": next_page}
    return client, client.post("/akun/masuk/", data)


def give_code(client, code, next_page="/akun/"):
    return client.post("/akun/masuk/kode/", {"code": code, "next": next_page})


def is_in(client):
    return client.get("/akun/").status_code == 200


def test_person_sets_up_the_second_step(officer, client_of, clock):
    client = client_of(officer)
    page = client.get(PAGE)
    assert page["Cache-Control"] == "private, no-store"
    content = page.content.decode()
    key = key_in_session(client)
    assert shown_key(content) == unhexlify(key)
    assert 'class="qr"' in content
    assert not TOTPDevice.objects.exists()
    # The same secret waits until it is used.
    assert shown_key(client.get(PAGE).content.decode()) == unhexlify(key)
    data = {"code": code_of(key=key), "password": PASSWORD}
    shown = client.post(PAGE, data)
    codes = re.findall(r"<code>([a-z2-9-]{19})</code>", shown.content.decode())
    assert len(codes) == len(set(codes)) == 10
    assert shown["Cache-Control"] == "private, no-store"
    # Shown once: the page does not know them any more, and neither does the database.
    assert not any(code in client.get(PAGE).content.decode() for code in codes)
    stored = " ".join(RecoveryCode.objects.values_list("digest", flat=True))
    assert not any(code.replace("-", "") in stored for code in codes)
    assert is_in(client)
    assert AuditEvent.objects.get(kind="two_factor_on").subject == officer


@pytest.mark.parametrize(
    "wrong", [{"code": "000000"}, {"code": "abc"}, {"password": "salah"}, {"code": "٣٤٥٦٧٨"}]
)
def test_set_up_wants_the_right_code_and_the_password(officer, client_of, clock, wrong):
    client = client_of(officer)
    client.get(PAGE)
    data = {"code": code_of(key=key_in_session(client)), "password": PASSWORD}
    response = client.post(PAGE, data | wrong)
    assert response.status_code == 422
    assert "tidak cocok" in text_of(response)
    assert not TOTPDevice.objects.exists()


def test_link_opens_the_app_on_the_same_phone(officer, client_of, clock):
    client = client_of(officer)
    content = client.get(PAGE).content.decode()
    (link,) = re.findall(
        r'<a class="button button--quiet" href="(.*?)">Buka di aplikasi kode', content
    )
    address = urlsplit(html.unescape(link))
    assert (address.scheme, address.netloc) == ("otpauth", "totp")
    assert unquote(address.path) == "/KOTAKU Banjar:petugas"
    found = parse_qs(address.query)
    assert found["issuer"] == ["KOTAKU Banjar"]
    # The app shows the code that the site expects.
    key = b32decode(found["secret"][0])
    assert key == shown_key(content)
    digits, period = int(found["digits"][0]), int(found["period"][0])
    totp = TOTP(key, step=period, digits=digits)
    totp.time = time.time()
    data = {"code": f"{totp.token():06}", "password": PASSWORD}
    assert "Simpan kode pemulihan" in text_of(client.post(PAGE, data))


def test_qr_code_says_what_the_app_needs(officer):
    qr = two_factor.qr_code(two_factor.app_link(officer, KEY))
    assert qr.side > 40
    assert re.fullmatch(r"(M\d+ \d+h1v1h-1z)+", qr.path)


def test_password_alone_lets_nobody_in(enrolled):
    client, response = give_password(enrolled[0])
    assert response["Location"].startswith("/akun/masuk/kode/?next=%2Fakun%2F")
    assert "_auth_user_id" not in client.session
    assert not is_in(client)
    # Not even the admin's or the password's door knows them yet.
    for page in ("/admin/", "/akun/sandi/", PAGE, "/isian/"):
        assert client.get(page)["Location"].startswith(("/akun/masuk/", "/admin/login/"))


def test_session_of_before_the_password_does_not_wait_for_the_code(enrolled):
    client = Client()
    session = client.session
    session["planted"] = 1
    session.save()
    client.cookies["sessionid"] = session.session_key
    give_password(enrolled[0], client=client)
    planted = Client()
    planted.cookies["sessionid"] = session.session_key
    assert give_code(planted, code_of(enrolled[0]))["Location"].startswith("/akun/masuk/?")


def test_code_lets_in_and_leads_where_they_wanted(enrolled):
    client, _ = give_password(enrolled[0])
    before = client.session.session_key
    response = give_code(client, code_of(enrolled[0]))
    assert response["Location"] == "/akun/"
    assert is_in(client)
    assert client.session.session_key != before


def test_code_leads_to_no_foreign_site(enrolled):
    client, _ = give_password(enrolled[0], next_page="//jahat.example")
    response = give_code(client, code_of(enrolled[0]), next_page="//jahat.example")
    assert response["Location"] == "/"


def test_code_is_right_only_once(enrolled, clock):
    user, _ = enrolled
    code = code_of(user)
    assert give_code(give_password(user)[0], code)["Location"] == "/akun/"
    second = give_code(give_password(user)[0], code)
    assert second.status_code == 422
    assert "setiap kode hanya berlaku sekali" in text_of(second)


def test_old_codes_are_wrong(enrolled):
    assert (
        give_code(give_password(enrolled[0])[0], code_of(enrolled[0], later=-120)).status_code
        == 422
    )


def test_guessing_codes_is_slow_and_ends_the_attempt(enrolled):
    user, _ = enrolled
    client, _ = give_password(user)
    assert give_code(client, "000000").status_code == 422
    waiting = give_code(client, code_of(user))
    assert "Tunggu" in text_of(waiting)
    assert "detik" in text_of(waiting)
    for _ in range(3):
        response = give_code(client, "000000")
    assert response["Location"].startswith("/akun/masuk/?next=")
    assert client.get("/akun/masuk/kode/")["Location"].startswith("/akun/masuk/?next=")
    assert AuditEvent.objects.filter(kind="sign_in_failed", subject=user).count() == 5


def test_guessing_recovery_codes_is_slow(enrolled):
    user, codes = enrolled
    client, _ = give_password(user)
    assert give_code(client, "abcde-fghij").status_code == 422
    assert "Tunggu" in text_of(give_code(client, codes[0]))


def test_recovery_code_lets_in_once(enrolled):
    user, codes = enrolled
    client, _ = give_password(user)
    response = client.post("/akun/masuk/kode/", {"code": codes[0].upper()}, follow=True)
    assert "Sisa 9 kode" in text_of(response)
    assert is_in(client)
    assert give_code(give_password(user)[0], codes[0]).status_code == 422
    assert AuditEvent.objects.filter(kind="recovery_code_used", subject=user).count() == 1


def test_recovery_codes_are_of_one_person(enrolled, other_officer):
    assert not RecoveryCode.use(other_officer, enrolled[1][0])


def test_half_a_sign_in_ends_after_ten_minutes(enrolled, clock):
    client, _ = give_password(enrolled[0])
    clock.now += 601
    assert give_code(client, code_of(enrolled[0]))["Location"].startswith("/akun/masuk/")
    assert not is_in(client)


@pytest.mark.parametrize("change", ["own password", "by an admin", "another phone", "switched off"])
def test_half_a_sign_in_ends_when_password_or_phone_changes(enrolled, clock, change):
    user, codes = enrolled
    client, _ = give_password(user)
    if change == "own password":
        user.choose_password("kapal hujan roti 55")
        user.save()
    elif change == "by an admin":
        give_passphrase(user)
    elif change == "another phone":
        two_factor.enable(user, "32" * 20, code_of(key="32" * 20))
    else:
        two_factor.disable(user)
    clock.now += 60
    # Neither the code nor a recovery code goes on from the password of before.
    for code in (code_of(user) if change != "switched off" else "123456", codes[0]):
        assert give_code(client, code)["Location"].startswith("/akun/masuk/")
        assert not is_in(client)
    assert "second_step" not in client.session


def test_half_a_sign_in_ends_with_the_account(enrolled):
    user, _ = enrolled
    client, _ = give_password(user)
    user.is_active = False
    user.save()
    give_code(client, code_of(user))
    assert not is_in(client)


def test_setting_it_up_ends_the_other_sessions(officer, client_of, clock):
    elsewhere, here = client_of(officer), client_of(officer)
    here.get(PAGE)
    data = {"code": code_of(key=key_in_session(here)), "password": PASSWORD}
    here.post(PAGE, data)
    assert is_in(here)
    assert not is_in(elsewhere)


def enter(user):
    client, _ = give_password(user)
    give_code(client, code_of(user))
    return client


def test_person_renews_codes_and_switches_off_with_the_phone_at_hand(enrolled, clock):
    user, old = enrolled
    client = enter(user)
    assert client.post(f"{PAGE}kode-pemulihan/", {"code": "000000"}).status_code == 422
    clock.now += 60
    TOTPDevice.objects.update(throttling_failure_count=0)
    shown = client.post(f"{PAGE}kode-pemulihan/", {"code": code_of(user)})
    assert "Simpan kode pemulihan Anda" in text_of(shown)
    assert not RecoveryCode.use(user, old[1])
    clock.now += 60
    assert client.post(f"{PAGE}penonaktifan/", {"code": ""}).status_code == 422
    response = client.post(f"{PAGE}penonaktifan/", {"code": code_of(user)}, follow=True)
    assert "sudah dimatikan" in text_of(response)
    assert not TOTPDevice.objects.exists()
    assert not RecoveryCode.objects.exists()
    assert give_password(user)[1]["Location"] == "/akun/"


def require(user):
    user.must_use_two_factor = True
    user.save()


def test_required_second_step_comes_before_anything_else(officer, client_of, clock):
    require(officer)
    client = client_of(officer)
    assert client.get("/isian/")["Location"] == f"{PAGE}?next=%2Fisian%2F"
    assert client.get("/").status_code == 200
    assert "Akun Anda memerlukannya" in text_of(client.get(f"{PAGE}?next=/isian/"))
    data = {
        "code": code_of(key=key_in_session(client)),
        "password": PASSWORD,
        "next": "/isian/",
    }
    assert 'href="/isian/"' in client.post(PAGE, data).content.decode()
    assert client.get("/isian/").status_code == 200
    clock.now += 60
    officer.refresh_from_db()
    client.post(f"{PAGE}penonaktifan/", {"code": code_of(officer)})
    assert TOTPDevice.objects.filter(user=officer).exists()


def test_setting_requires_it_of_bappeda_and_admins_only(settings, officer, viewer, bappeda, admin):
    people = (officer, viewer, bappeda, admin)
    assert [user.needs_two_factor for user in people] == [False] * 4
    settings.REQUIRE_TWO_FACTOR = True
    assert [user.needs_two_factor for user in people] == [False, False, True, True]


def test_who_must_have_it_by_the_setting_cannot_switch_it_off(
    settings, bappeda, officer, client_of, clock
):
    settings.REQUIRE_TWO_FACTOR = True
    for user, still_has_it in ((bappeda, True), (officer, False)):
        two_factor.enable(user, KEY, code_of())
        clock.now += 60
        client = enter(user)
        clock.now += 60
        page = client.post(f"{PAGE}penonaktifan/", {"code": code_of(user)}, follow=True)
        assert ("wajib memakai verifikasi dua langkah" in text_of(page)) == still_has_it
        assert TOTPDevice.objects.filter(user=user).exists() == still_has_it
        assert User.objects.get(pk=user.pk).recovery_codes.exists() == still_has_it
        # Nor is it offered.
        offered = f'action="{PAGE}penonaktifan/"' in client.get(PAGE).content.decode()
        assert not offered


def test_admin_requires_it_and_resets_a_lost_phone(enrolled, admin, client_of):
    user, _ = enrolled
    there = enter(user)
    client = client_of(admin)
    data = {"action": "reset_two_factor", "_selected_action": [user.pk]}
    assert "1 akun disetel ulang" in text_of(client.post("/admin/kotaku/user/", data, follow=True))
    assert not is_in(there)
    assert give_password(user)[1]["Location"] == "/akun/"
    line = AuditEvent.objects.get(kind="two_factor_reset")
    assert (line.actor, line.subject) == (admin, user)
    assert client.get("/admin/otp_totp/totpdevice/").status_code == 404


@pytest.mark.parametrize("has_phone", [True, False], ids=["code", "set-up"])
def test_typed_form_comes_back_after_the_second_step(
    baseline, officer, client_of, clock, has_phone
):
    address = f"/isian/2017/?desa={baseline.village.code}"
    typed = {
        "area_ha": "12,34",
        "note": "Diukur ulang.",
        "version": "0",
        "_owner": owner_note(officer),
    }
    if has_phone:
        two_factor.enable(officer, KEY, code_of())
        clock.now += 60
        client = Client()
        there = client.post(address, typed)["Location"]
        assert "tersimpan=1" in there
        step = client.post(there, {"username": officer.username, "password": PASSWORD})["Location"]
        assert "Isian Anda tidak hilang" in text_of(client.get(step))
        back = client.post(step, {"code": code_of(officer)})["Location"]
    else:
        client = client_of(officer)
        require(officer)
        step = client.post(address, typed)["Location"]
        client.get(step)
        data = {"code": code_of(key=key_in_session(client)), "password": PASSWORD}
        shown = client.post(step, data).content.decode()
        back = re.search(r'class="button" href="([^"]+)"', shown)[1].replace("&amp;", "&")
    content = client.get(back).content.decode()
    assert 'value="12,34"' in content
    assert "Diukur ulang." in content
