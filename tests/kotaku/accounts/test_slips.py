"""An admin gives a person a new password: on paper or by WhatsApp, shown once."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, urlparse

import pytest
from django.test import Client
from django.utils import timezone

from kotaku.accounts.passphrases import LEAST, MOST, WORDS, new_passphrase
from kotaku.models import AuditEvent, Contact, User
from kotaku.models.user import GIVEN_DAYS
from tests.areas.public.pages import text_of
from tests.drawn_forms import as_drawn
from tests.factories import PASSWORD, UserFactory, city

# Pages of the admin use variables that Django's own templates leave undefined.
pytestmark = pytest.mark.ignore_template_errors
OWN = "kapal hujan roti 55"


@pytest.fixture
def person(db):
    """A village head with a phone."""
    return UserFactory(
        username="desa-sukamaju", full_name="H. Asep, S.Sos.", phone="0812-3456-7890"
    )


def page_of(user):
    return f"/admin/kotaku/user/{user.pk}/change/"


def slip_of(user):
    return f"/admin/kotaku/user/{user.pk}/slip/"


def ask_slip(client, user, page=None):
    """Press the button on a page that asked before, or asks now."""
    form = as_drawn(page or client.get(slip_of(user)), "slip_state")
    return client.post(slip_of(user), form)


def passphrases_in(response):
    markup = response.content.decode()
    return re.findall(r"<dt>Kata sandi sementara</dt><dd>([^<]+)</dd>", markup)


def sign_in(username, password, client=None):
    data = {"username": username, "password": password}
    return (client or Client()).post("/akun/masuk/", data)


def test_one_click_makes_a_slip_with_everything_for_the_first_sign_in(admin, client_of, person):
    Contact.objects.create(region=city(), office="Bappeda Banjar", whatsapp="0856-1111-2222")
    elsewhere = client_of(person)
    response = ask_slip(client_of(admin), person)
    text = text_of(response)
    (passphrase,) = passphrases_in(response)
    for words in (
        *("KOTAKU Banjar", "http://", "H. Asep, S.Sos.", "desa-sukamaju", "Ganti setelah masuk"),
        *("Bappeda Banjar, WhatsApp 0856-1111-2222", "hanya tampil sekali"),
    ):
        assert words in text
    assert "no-store" in response["Cache-Control"]
    # The old one, and the sessions it began, have ended.
    assert elsewhere.get("/akun/").status_code == 302
    assert sign_in("desa-sukamaju", PASSWORD).status_code == 200
    client = Client()
    assert sign_in("desa-sukamaju", passphrase, client).status_code == 302
    assert client.get("/akun/")["Location"].startswith("/akun/sandi/")
    refused = {"old_password": passphrase, "new_password1": passphrase, "new_password2": passphrase}
    assert "sama dengan yang lama" in text_of(client.post("/akun/sandi/", refused))
    chosen = refused | {"new_password1": OWN, "new_password2": OWN}
    assert client.post("/akun/sandi/", chosen).status_code == 302
    assert client.get("/akun/").status_code == 200
    found = AuditEvent.objects.get(kind="password_given")
    assert (found.actor, found.subject) == (admin, person)
    assert passphrase not in "".join(AuditEvent.objects.values_list("text", flat=True))


def test_the_admin_is_asked_before_the_old_password_ends(admin, client_of, person):
    client = client_of(admin)
    assert f'href="{slip_of(person)}"' in client.get(page_of(person)).content.decode()
    asked = text_of(client.get(slip_of(person)))
    assert "Kata sandi baru untuk H. Asep, S.Sos.?" in asked
    assert "kata sandi lama langsung tidak berlaku" in asked
    assert "Belum pernah masuk." in asked
    assert sign_in("desa-sukamaju", PASSWORD).status_code == 302
    ask_slip(client, person)
    again = text_of(client.get(slip_of(person)))
    assert "kata sandi lama dan slip yang pernah dibagikan langsung" in again
    assert "Kata sandi sementara dari" in again


def test_a_slip_names_the_address_through_which_the_admin_came(admin, client_of, person, settings):
    client = client_of(admin)
    form = as_drawn(client.get(slip_of(person)), "slip_state")
    slip = client.post(slip_of(person), form, SERVER_PORT="8199", SERVER_NAME="localhost")
    assert slip.context["site_url"] == "http://localhost:8199"
    assert "http://localhost:8199/akun/sandi/" in slip.context["message"][0]
    settings.SITE_URL = "https://kotaku.example.go.id"
    assert ask_slip(client, person).context["site_url"] == "https://kotaku.example.go.id"


def test_the_text_for_whatsapp_carries_a_link_that_works_once(admin, client_of, person):
    response = ask_slip(client_of(admin), person)
    (passphrase,) = passphrases_in(response)
    (address,) = re.findall(r'href="(https://wa\.me/[^"]+)"', response.content.decode())
    address = urlparse(unescape(address))
    assert address.path == "/6281234567890"
    (text,) = parse_qs(address.query)["text"]
    assert "H. Asep, S.Sos." in text
    assert "desa-sukamaju" in text
    assert passphrase not in text
    link = urlparse(text.splitlines()[-1]).path
    client = Client()
    form = client.get(link, follow=True)
    data = {"new_password1": OWN, "new_password2": OWN}
    assert client.post(form.request["PATH_INFO"], data).status_code == 302
    assert sign_in("desa-sukamaju", passphrase).status_code == 200
    assert sign_in("desa-sukamaju", OWN).status_code == 302
    assert not User.objects.get(pk=person.pk).must_change_password
    assert client.get(link).status_code == 410


def test_without_a_usable_phone_the_admin_chooses_whom_to_write(admin, client_of, person):
    User.objects.filter(pk=person.pk).update(phone="tanya anaknya")
    response = ask_slip(client_of(admin), person)
    assert 'href="https://wa.me/?text=' in response.content.decode()


def test_a_second_click_changes_nothing_and_shows_nothing(admin, client_of, person):
    client = client_of(admin)
    page = client.get(slip_of(person))
    (first,) = passphrases_in(ask_slip(client, person, page))
    again = ask_slip(client, person, page)
    assert again["Location"] == page_of(person)
    assert "jadi sekarang tidak diganti lagi" in text_of(client.get(page_of(person)))
    assert User.objects.get(pk=person.pk).check_password(first)
    (second,) = passphrases_in(ask_slip(client, person))
    assert second != first
    assert AuditEvent.objects.filter(kind="password_given").count() == 2


def test_only_admins_of_the_region_may(client_of, person, bappeda):
    state = as_drawn(client_of(UserFactory(admin=True)).get(slip_of(person)), "slip_state")
    there = UserFactory(admin=True, region=city("32.78", "Tasikmalaya"))
    above = UserFactory(admin=True, region=person.region)
    chief = UserFactory(admin=True, username="pusat")
    address = slip_of(person)
    for who, status in ((None, 302), (bappeda, 302), (person, 302), (there, 302)):
        assert client_of(who).post(address, state).status_code == status
        assert client_of(who).get(address).status_code == status
    assert User.objects.get(pk=person.pk).check_password(PASSWORD)
    # An admin of a region gets no admin of the whole site.
    assert client_of(above).post(slip_of(chief), state).status_code == 302
    assert User.objects.get(pk=chief.pk).check_password(PASSWORD)
    assert not AuditEvent.objects.filter(kind="password_given").exists()
    assert passphrases_in(ask_slip(client_of(above), person))


@pytest.mark.parametrize("what", ["own", "inactive"])
def test_no_slip_for_ones_own_account_nor_for_one_that_is_closed(admin, client_of, person, what):
    client = client_of(admin)
    account = admin if what == "own" else person
    state = as_drawn(client.get(slip_of(person)), "slip_state")
    User.objects.filter(pk=person.pk).update(is_active=what == "own")
    assert slip_of(account) not in client.get(page_of(account)).content.decode()
    assert client.get(slip_of(account))["Location"] == page_of(account)
    client.post(slip_of(account), state)
    assert User.objects.get(pk=account.pk).check_password(PASSWORD)


@pytest.mark.parametrize(("age", "status"), [(GIVEN_DAYS - 1, 302), (GIVEN_DAYS + 1, 200)])
def test_a_password_that_was_handed_out_ends_after_a_month(person, age, status):
    person.give_password("melati sungai topi kerja 47")
    person.password_given_at = timezone.now() - timedelta(days=age)
    person.save()
    response = sign_in("desa-sukamaju", "melati sungai topi kerja 47")
    assert response.status_code == status
    if status == 200:
        assert "hanya berlaku 30 hari, dan sudah lewat" in text_of(response)
        assert "sudah lewat" not in text_of(sign_in("desa-sukamaju", "salah"))


def test_passphrases_are_many_and_easy_to_read_out():
    assert len(set(WORDS)) ** 4 * (MOST - LEAST + 1) > 2**45
    assert all(re.fullmatch("[a-z]{3,8}", word) for word in WORDS)
    made = {new_passphrase() for _ in range(200)}
    assert len(made) == 200
    for passphrase in made:
        *words, number = passphrase.split(" ")
        assert len(words) == 4
        assert set(words) <= set(WORDS)
        assert LEAST <= int(number) <= MOST
        assert 12 <= len(passphrase) <= 128
