"""What people are told about the access to their own account: by mail, and on their account page."""

import re
from pathlib import Path

import pytest
from django.test import Client

from kotaku.accounts import two_factor
from kotaku.accounts.devices import device_text
from kotaku.accounts.notices import SENTENCES, recent
from kotaku.accounts.reset_links import reset_url
from kotaku.audit.trail import Kind
from kotaku.models import AuditEvent, User
from tests.areas.public.pages import text_of
from tests.drawn_forms import save_shown
from tests.factories import PASSWORD
from tests.kotaku.accounts.test_resets import choose
from tests.kotaku.accounts.test_slips import ask_slip
from tests.security.test_audit import account_form
from tests.security.test_two_factor import (  # noqa: F401
    KEY,
    PAGE,
    clock,
    code_of,
    give_code,
    give_password,
    key_in_session,
)

# Pages of the admin use variables that Django's own templates leave undefined.
pytestmark = pytest.mark.ignore_template_errors
ROOT = Path(__file__).parents[3]
NEW = "kapal hujan roti 55"
OLD_ADDRESS = "petugas@contoh.id"
BROKEN = "tests.meetings.papers.broken_mail.EmailBackend"


@pytest.fixture
def person(officer):
    """The officer, with an address and a phone."""
    officer.email, officer.phone = OLD_ADDRESS, "0812-3456-7890"
    officer.save()
    return officer


class Deeds:
    """Each event done through its address, by the person or by an admin."""

    def __init__(self, person, admin, client_of, clock):  # noqa: F811
        self.person, self.client_of, self.clock = person, client_of, clock
        self.own, self.admin = client_of(person), client_of(admin)

    def page_of_account(self):
        return f"/admin/kotaku/user/{self.person.pk}/"

    def enrol(self):
        codes = two_factor.enable(self.person, KEY, code_of())
        self.clock.now += 60
        self.own.force_login(self.person)
        return codes

    def new_device(self):
        give_password(self.person, client=Client(HTTP_USER_AGENT="Mozilla Android Chrome/120"))

    def password_changed(self):
        typed = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
        self.own.post("/akun/sandi/", typed)

    def password_changed_by_admin(self):
        typed = {"password1": NEW, "password2": NEW, "usable_password": "true"}
        save_shown(self.admin, f"{self.page_of_account()}password/", typed)

    def password_given_by_admin(self):
        ask_slip(self.admin, self.person)

    def password_reset(self):
        choose(reset_url(self.person))

    def two_factor_on(self):
        self.own.get(PAGE)
        code = code_of(key=key_in_session(self.own))
        self.own.post(PAGE, {"code": code, "password": PASSWORD})

    def two_factor_off(self):
        self.enrol()
        self.own.post(f"{PAGE}penonaktifan/", {"code": code_of(self.person)})

    def recovery_codes_renewed(self):
        self.enrol()
        self.own.post(f"{PAGE}kode-pemulihan/", {"code": code_of(self.person)})

    def recovery_code_used(self):
        codes = self.enrol()
        give_code(give_password(self.person)[0], codes[0])

    def two_factor_reset_by_admin(self):
        self.enrol()
        data = {"action": "reset_two_factor", "_selected_action": [self.person.pk]}
        self.admin.post("/admin/kotaku/user/", data)

    def contact_changed(self):
        typed = {"full_name": "Petugas", "phone": "0812-1111-2222", "email": "baru@contoh.id"}
        save_shown(self.own, "/akun/", typed)

    def contact_changed_by_admin(self):
        villages = [village.pk for village in self.person.villages.all()]
        changed = {"email": "baru@contoh.id", "phone": "0812-1111-2222", "villages": villages}
        typed = account_form(self.person, **changed)
        save_shown(self.admin, f"{self.page_of_account()}change/", typed)

    def contact_removed_by_admin(self):
        self.admin.post(f"/data-kontak/akun/{self.person.pk}/penghapusan/")


DEEDS = [name for name in vars(Deeds) if name.removesuffix("_by_admin") in SENTENCES]


@pytest.fixture
def deeds(person, admin, client_of, clock):  # noqa: F811
    return Deeds(person, admin, client_of, clock)


@pytest.mark.parametrize("deed", DEEDS)
def test_person_is_told_by_mail_and_on_the_account_page(
    deed, deeds, person, admin, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        getattr(deeds, deed)()
    sentence = SENTENCES[Kind(deed.removesuffix("_by_admin"))]
    found = [mail for mail in mailoutbox if mail.subject.startswith(sentence)]
    (mail,) = found
    assert mail.to == [OLD_ADDRESS]
    assert sentence in mail.body
    assert ("oleh Orang" in mail.body) == deed.endswith("_by_admin")
    assert "segera hubungi admin" in mail.body
    # Nothing that another reader of the mail box could use.
    assert not re.search(rf"{NEW}|{PASSWORD}|baru@contoh|0812|/baru/", mail.body)
    # Until the password is changed, every page leads there.
    User.objects.filter(pk=person.pk).update(must_change_password=False)
    person.refresh_from_db()
    page = text_of(deeds.client_of(person).get("/akun/"))
    assert sentence in page
    assert (f"oleh {admin}" in page) == deed.endswith("_by_admin")


def test_every_event_is_told_and_recorded_in_one_place():
    assert {deed.removesuffix("_by_admin") for deed in DEEDS} == set(SENTENCES)
    kinds = "|".join(kind.name for kind in SENTENCES)
    # Guests of a meeting have no account: their line is about no subject.
    directly = re.compile(rf"trail\.record\(\s*(?:trail\.)?Kind\.({kinds})\b[^)]*subject=")
    found = [
        path
        for app in ("kotaku", "areas", "meetings")
        for path in (ROOT / app).rglob("*.py")
        if directly.search(path.read_text())
    ]
    assert found == []


@pytest.mark.parametrize("deed", ["new_device", "contact_changed", "password_given_by_admin"])
def test_nothing_fails_when_mail_fails(
    deed, deeds, person, settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = BROKEN
    with django_capture_on_commit_callbacks(execute=True):
        getattr(deeds, deed)()
    kind = deed.removesuffix("_by_admin")
    assert AuditEvent.objects.filter(kind=kind, subject=person).count() == 1


def test_who_has_no_address_reads_it_on_the_page(
    officer, client_of, mailoutbox, django_capture_on_commit_callbacks
):
    assert "Kejadian di akun Anda" not in text_of(client_of(officer).get("/akun/"))
    client = Client()
    with django_capture_on_commit_callbacks(execute=True):
        give_password(officer, client=client)
    assert mailoutbox == []
    assert "dipakai masuk dari perangkat baru" in text_of(client.get("/akun/"))


def test_unchanged_contacts_and_wrong_passwords_tell_nothing(
    person, client_of, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        typed = {"full_name": "Nama Baru", "phone": person.phone, "email": person.email}
        save_shown(client_of(person), "/akun/", typed)
        Client().post("/akun/masuk/", {"username": person.username, "password": "salah"})
    assert mailoutbox == []


def devices(user):
    return AuditEvent.objects.filter(kind="new_device", subject=user).count()


def test_a_device_is_new_once_for_each_account_and_again_after_a_year(person, bappeda, clock):  # noqa: F811
    client = Client()
    for _ in range(2):
        give_password(person, client=client)
        cookie = client.cookies[f"device-{person.pk}"]
        client.post("/akun/keluar/")
    assert devices(person) == 1
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (
        True,
        "Lax",
        365 * 86400,
    )
    give_password(bappeda, client=client)
    client.post("/akun/keluar/")
    assert (devices(person), devices(bappeda)) == (1, 1)
    # Each sign-in prolongs it.
    for days, count in ((300, 1), (364, 1), (366, 2)):
        clock.now += days * 86400
        give_password(person, client=client)
        client.post("/akun/keluar/")
        assert devices(person) == count


def test_the_cookie_of_another_account_or_of_ones_own_making_is_none(person, bappeda):
    client = Client()
    give_password(bappeda, client=client)
    client.post("/akun/keluar/")
    name = f"device-{person.pk}"
    for value in (client.cookies[f"device-{bappeda.pk}"].value, "1", "1:x:y", ""):
        before = devices(person)
        other = Client()
        other.cookies[name] = value
        give_password(person, client=other)
        assert devices(person) == before + 1


def test_the_second_step_comes_before_the_device(person, clock):  # noqa: F811
    two_factor.enable(person, KEY, code_of())
    clock.now += 60
    client, _ = give_password(person)
    assert (devices(person), f"device-{person.pk}" in client.cookies) == (0, False)
    give_code(client, code_of(person))
    assert (devices(person), f"device-{person.pk}" in client.cookies) == (1, True)


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        ("Mozilla/5.0 (Linux; Android 10; K) Chrome/120.0 Mobile Safari/537.36", "Chrome di Android"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36 Edg/120.0", "Edge di Windows"),
        ("Mozilla/5.0 (iPhone; CPU like Mac OS X) Version/17 Safari/604.1", "Safari di iPhone atau iPad"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Firefox/120.0", "Firefox di Linux"),
        ("curl/8.0 <b>", "peramban lain"),
        ("", "peramban lain"),
    ],
)  # fmt: skip
def test_devices_are_named_as_people_know_them(user_agent, words):
    assert device_text(user_agent) == words


def test_a_person_reads_the_own_events_and_who_else_did_them(officer, bappeda, admin):
    for subject, actor in ((bappeda, bappeda), (officer, officer), (officer, admin)):
        AuditEvent.objects.create(kind=Kind.PASSWORD_CHANGED, subject=subject, actor=actor)
    said = SENTENCES[Kind.PASSWORD_CHANGED]
    assert [line.text for line in recent(officer)] == [f"{said}, oleh {admin}.", f"{said}."]
