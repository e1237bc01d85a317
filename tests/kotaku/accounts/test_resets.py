"""A forgotten password is reset by mail, and the answer does not reveal who has an account."""

from datetime import timedelta
from urllib.parse import urlparse

import pytest
from axes.models import AccessAttempt, AccessFailureLog
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from kotaku.accounts import reset_links, reset_requests
from kotaku.models import AuditEvent, Contact, User
from tests.areas.public.pages import text_of
from tests.drawn_forms import as_drawn
from tests.factories import PASSWORD, UserFactory, city

ASK = "/akun/sandi/lupa/"
SENT = "/akun/sandi/lupa/terkirim/"
NEW = "kapal hujan roti 55"


@pytest.fixture
def person(db):
    """A user with an address."""
    return UserFactory(username="petugas", full_name="Ibu Petugas", email="ibu@contoh.id")


def asked(typed, client=None):
    return (client or Client()).post(ASK, {"account": typed})


def links_in(mail):
    return [urlparse(line).path for line in mail.body.splitlines() if line.startswith("http")]


def link_of(user):
    """Return the path of a new link of this user."""
    return urlparse(reset_links.reset_url(user)).path


def opened(link, client=None):
    """Return a browser that has opened a link, and what it shows."""
    client = client or Client()
    return client, client.get(link, follow=True)


def choose(link, new=NEW):
    client, page = opened(link)
    return page, client.post(
        page.request["PATH_INFO"], {"new_password1": new, "new_password2": new}
    )


@pytest.mark.parametrize(
    "typed", ["petugas", " Petugas ", "PETUGAS\u00a0", "ibu@contoh.id", " IBU@contoh.id"]
)
def test_name_or_address_brings_a_link_by_mail(person, mailoutbox, typed):
    assert asked(typed)["Location"] == SENT
    (mail,) = mailoutbox
    assert mail.to == ["ibu@contoh.id"]
    assert mail.content_subtype == "plain"
    assert "Ibu Petugas, nama pengguna petugas:" in mail.body
    (link,) = links_in(mail)
    page, response = choose(link)
    assert "petugas" in text_of(page)
    assert response["Location"] == "/akun/masuk/"
    person.refresh_from_db()
    assert person.check_password(NEW)
    found = AuditEvent.objects.order_by("pk").values_list("kind", "subject__username")
    assert list(found) == [("reset_asked", "petugas"), ("password_reset", "petugas")]


def test_unknown_names_get_the_same_answer_and_no_mail(person, mailoutbox):
    UserFactory(username="tanpa-email")
    UserFactory(username="pergi", email="pergi@contoh.id", is_active=False)
    silent = UserFactory(username="tanpa-sandi", email="x@contoh.id")
    silent.set_unusable_password()
    silent.save()
    known = asked("petugas")
    mailoutbox.clear()
    for typed in ("tidak-ada", "a@b.id", "tanpa-email", "pergi", "tanpa-sandi", "%", "x" * 200):
        answer = asked(typed)
        assert (answer.status_code, answer["Location"]) == (known.status_code, known["Location"])
        assert answer.content == known.content
        assert set(answer.headers) == set(known.headers)
    assert mailoutbox == []
    unknown = AuditEvent.objects.filter(kind="reset_asked", subject=None)
    assert unknown.count() == 7
    assert not unknown.filter(text__contains="tidak-ada").exists()
    assert "Bila akun itu ada" in text_of(Client().get(SENT))


def test_nothing_typed_says_what_to_type(db):
    response = asked("   ")
    assert response.status_code == 422
    assert "Tulis nama pengguna atau alamat email Anda." in text_of(response)


def test_mail_leaves_only_after_the_answer(person, mailoutbox, rf):
    request = rf.post(ASK)
    request.user = AnonymousUser()
    response = reset_requests.RedirectThenSend(SENT, reset_requests.ask(request, "petugas"))
    assert mailoutbox == []
    response.close()
    response.close()
    assert len(mailoutbox) == 1


def test_a_mail_server_that_refuses_changes_no_answer(person, settings):
    settings.EMAIL_BACKEND = "tests.meetings.papers.broken_mail.EmailBackend"
    assert asked("petugas")["Location"] == SENT


def test_without_a_mail_server_the_page_names_the_contact_and_sends_nothing(
    person, settings, mailoutbox
):
    Contact.objects.create(region=city(), office="Bappeda", whatsapp="0812-3456-7890")
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    page = Client().get(ASK)
    assert "Situs ini belum mengirim email." in text_of(page)
    assert "<button" not in page.content.decode().partition("<main")[2]
    assert asked("petugas").status_code == 200
    # Nor do other pages lead there.
    for page in ("/akun/masuk/", "/akun/sandi/baru/MQ/abc-def/"):
        assert ASK not in Client().get(page).content.decode()
    assert not AuditEvent.objects.exists()


def test_people_who_share_an_address_get_one_mail_with_a_link_each(person, mailoutbox):
    UserFactory(username="tetangga", email="IBU@contoh.id")
    asked("ibu@contoh.id")
    (mail,) = mailoutbox
    assert len(links_in(mail)) == 2
    assert "nama pengguna tetangga" in mail.body


def test_an_account_gets_ten_mails_a_day_and_nobody_is_locked_out_by_them(
    person, mailoutbox, settings
):
    for _ in range(settings.SIGN_IN_FAILURES + 2):
        assert asked("petugas")["Location"] == SENT
    assert len(mailoutbox) == settings.SIGN_IN_FAILURES
    assert not AccessAttempt.objects.exists()
    data = {"username": "petugas", "password": PASSWORD}
    assert Client().post("/akun/masuk/", data).status_code == 302
    AccessFailureLog.objects.update(
        attempt_time=AccessFailureLog.objects.first().attempt_time - timedelta(days=1)
    )
    asked("petugas")
    assert len(mailoutbox) == settings.SIGN_IN_FAILURES + 1


def test_an_address_that_asks_too_often_has_to_wait(person, mailoutbox, settings):
    settings.SIGN_IN_FAILURES_OF_ADDRESS = 3
    for name in ("a", "b", "c"):
        assert asked(name).status_code == 302
    response = asked("petugas")
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert "Terlalu banyak percobaan dari jaringan ini" in text_of(response)
    assert 'value="petugas"' in response.content.decode()
    assert mailoutbox == []


def test_a_link_works_once(person):
    link = link_of(person)
    assert choose(link)[1].status_code == 302
    _, page = opened(link)
    assert page.status_code == 410
    assert "Tautan ini tidak berlaku lagi" in text_of(page)


def test_of_two_open_pages_of_a_link_one_stores(person):
    link = link_of(person)
    (first, page), (second, _) = opened(link), opened(link)
    address = page.request["PATH_INFO"]
    for client, status in ((first, 302), (second, 410)):
        data = {"new_password1": NEW + str(status), "new_password2": NEW + str(status)}
        assert client.post(address, data).status_code == status
    person.refresh_from_db()
    assert person.check_password(NEW + "302")


def test_a_link_ends_after_a_day_and_with_a_sign_in(person, monkeypatch):
    link = link_of(person)
    now = reset_links.tokens._now()
    for hours, status in ((23, 200), (25, 410)):
        monkeypatch.setattr(reset_links.tokens, "_now", lambda h=hours: now + timedelta(hours=h))
        assert opened(link)[1].status_code == status
    monkeypatch.undo()
    Client().post("/akun/masuk/", {"username": "petugas", "password": PASSWORD})
    assert opened(link)[1].status_code == 410


@pytest.mark.parametrize("what", ["inactive", "foreign", "nonsense"])
def test_links_of_nobody_lead_nowhere(person, what):
    link = link_of(person)
    if what == "inactive":
        User.objects.update(is_active=False)
    elif what == "foreign":
        other = UserFactory()
        link = "/".join([*link_of(other).split("/")[:-2], link.split("/")[-2], ""])
    else:
        link = "/akun/sandi/baru/AA/bukan-token/"
    assert opened(link)[1].status_code == 410


def test_other_sessions_end_and_the_second_step_stays(person, client_of):
    elsewhere = client_of(person)
    assert elsewhere.get("/akun/").status_code == 200
    choose(link_of(person))
    assert elsewhere.get("/akun/").status_code == 302
    stranger, page = opened(link_of(User.objects.get()))
    data = {"new_password1": NEW + "a", "new_password2": NEW + "a"}
    stranger.post(page.request["PATH_INFO"], data)
    # The link itself does not sign in.
    assert stranger.get("/akun/").status_code == 302


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        (PASSWORD, "Ini kata sandi Anda yang sekarang."),
        (PASSWORD + " ", "Ini kata sandi Anda yang sekarang."),
        ("pendek", "terlalu"),
    ],
)
def test_a_bad_new_password_is_refused_and_the_link_goes_on_working(person, new, sentence):
    link = link_of(person)
    _, response = choose(link, new)
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert choose(link)[1].status_code == 302


def test_a_locked_person_is_let_in_with_the_new_password(person, settings):
    settings.SIGN_IN_FAILURES = 1
    Client().post("/akun/masuk/", {"username": "petugas", "password": "salah"})
    right = {"username": "petugas", "password": NEW}
    choose(link_of(person))
    assert Client().post("/akun/masuk/", right).status_code == 302


def test_the_sign_in_page_leads_there(db):
    page = Client().get("/akun/masuk/")
    assert f'href="{ASK}"' in page.content.decode()
    assert as_drawn(Client().get(ASK), "account")["account"] == [""]
