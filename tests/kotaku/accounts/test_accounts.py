"""Signing in, passwords, the profile, and pages for when something is wrong."""

import pytest
from django.test import Client

from tests.areas.public.pages import text_of
from tests.drawn_forms import save_shown
from tests.factories import PASSWORD, UserFactory

NEW = "sandi-baru-yang-panjang-7"


@pytest.fixture
def user(db):
    return UserFactory(username="petugas", full_name="Ibu Petugas")


def sign_in(client, user, **more):
    data = {"username": user.username, "password": PASSWORD, **more}
    return client.post("/akun/masuk/", data)


def test_person_signs_in_and_goes_where_they_wanted(user):
    assert sign_in(Client(), user)["Location"] == "/"
    assert sign_in(Client(), user, next="/akun/")["Location"] == "/akun/"


@pytest.mark.parametrize(
    "page", ["https://jahat.example/", "//jahat.example", "javascript:alert(1)"]
)
def test_sign_in_leads_to_no_foreign_site(user, page):
    assert sign_in(Client(), user, next=page)["Location"] == "/"


def test_wrong_password_reads_what_to_do(user):
    response = sign_in(Client(), user, password="salah")
    assert "Nama pengguna atau kata sandi tidak cocok." in text_of(response)
    assert 'value="petugas"' in response.content.decode()


def test_person_signs_out_by_posting_only(user, client_of):
    client = client_of(user)
    assert client.get("/akun/keluar/").status_code == 405
    client.post("/akun/keluar/")
    assert client.get("/akun/").status_code == 302


def change_password(client, address="/akun/sandi/", new=NEW, old=PASSWORD):
    data = {"old_password": old, "new_password1": new, "new_password2": new}
    return client.post(address, data)


def test_newcomer_chooses_a_password_and_goes_on(db, client_of):
    newcomer = UserFactory(must_change_password=True)
    client = client_of(newcomer)
    assert "Pilih kata sandi Anda sendiri" in text_of(client.get("/akun/sandi/"))
    response = change_password(client, "/akun/sandi/?next=/akun/")
    assert response["Location"] == "/akun/"
    newcomer.refresh_from_db()
    assert not newcomer.must_change_password
    assert newcomer.check_password(NEW)
    assert client.get("/akun/").status_code == 200


def test_password_change_leads_to_no_foreign_site(user, client_of):
    response = change_password(client_of(user), "/akun/sandi/?next=//jahat.example/")
    assert response["Location"] == "/akun/"


@pytest.mark.parametrize(
    "new", ["pendek", "sebelas-11x", "password1234", "1234567890123", "petugas1"]
)
def test_weak_passwords_are_refused(user, client_of, new):
    assert change_password(client_of(user), new=new).status_code == 200
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_person_changes_their_profile_but_not_their_role(user, client_of):
    client = client_of(user)
    data = {
        "full_name": "Bapak",
        "phone": "0812-1111-2222",
        "role": "bappeda",
        "is_superuser": "on",
    }
    save_shown(client, "/akun/", data)
    user.refresh_from_db()
    assert (user.full_name, user.phone, user.role) == ("Bapak", "0812-1111-2222", "viewer")
    assert not user.is_superuser


def test_wrong_profile_keeps_what_was_typed(user, client_of):
    response = save_shown(client_of(user), "/akun/", {"full_name": "Bapak", "email": "bukan email"})
    content = response.content.decode()
    assert 'value="Bapak"' in content
    assert "<h1>Ibu Petugas</h1>" in content


def test_admin_door_leads_to_the_one_sign_in_page(user, client_of):
    assert Client().get("/admin/", follow=True).redirect_chain[-1][0] == "/akun/masuk/?next=/admin/"
    response = client_of(user).get("/admin/", follow=True)
    assert response.status_code == 403
    assert "Halaman ini bukan untuk akun Anda" in text_of(response)


def test_missing_pages_say_so_in_the_sites_look(db):
    response = Client().get("/tidak-ada/")
    assert response.status_code == 404
    assert "Halaman tidak ditemukan" in text_of(response)
    assert "KOTAKU Banjar" in text_of(response)


def test_faults_say_so_in_the_sites_look(db, monkeypatch):
    from areas.public import views

    def fail(*arguments, **options):
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(views, "programme_series", fail)
    monkeypatch.setattr(views, "chosen_of", fail)
    response = Client(raise_request_exception=False).get("/")
    assert response.status_code == 500
    assert "yang belum mendapat tanda tersimpan berarti belum tersimpan" in text_of(response)


def test_posts_from_elsewhere_are_refused_with_a_page(user):
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    response = client.post("/akun/", {"full_name": "Curang"})
    assert response.status_code == 403
    assert "Formulir sudah kedaluwarsa" in text_of(response)
