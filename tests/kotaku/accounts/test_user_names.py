"""A user name is one name, however its letters are written."""

import pytest
from axes.models import AccessAttempt
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from kotaku.models import User
from tests.areas.public.pages import text_of
from tests.factories import PASSWORD, UserFactory


@pytest.mark.parametrize("typed", ["petugas", "Petugas", "PETUGAS", " petugas ", "ｐｅｔｕｇａｓ"])
def test_people_sign_in_whatever_the_case(client, officer, typed):
    data = {"username": typed, "password": PASSWORD}
    assert client.post("/akun/masuk/", data).status_code == 302


def test_failures_count_for_the_account_whatever_the_case(client, officer):
    for typed in ("petugas", "Petugas", "PETUGAS"):
        client.post("/akun/masuk/", {"username": typed, "password": "salah"})
    attempt = AccessAttempt.objects.get()
    assert (attempt.username, attempt.failures_since_start) == ("petugas", 3)


@pytest.mark.ignore_template_errors
@pytest.mark.parametrize("typed", ["PETUGAS", "Petugas", "petugas"])
def test_the_admin_takes_no_second_account_of_a_name(client_of, admin, officer, typed):
    data = {
        "username": typed,
        "usable_password": "true",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "role": "viewer",
    }
    response = client_of(admin).post("/admin/kotaku/user/add/", data)
    assert response.status_code == 200
    assert "Sudah ada pengguna dengan nama ini." in text_of(response)
    assert User.objects.filter(username=typed).count() == 1


def test_names_are_stored_and_looked_up_in_one_form(db):
    user = UserFactory(username="Siti.Élan")
    assert user.username == "siti.élan"
    assert User.objects.get(username="SITI.ÉLAN") == user
    assert User.objects.get_by_natural_key("Siti.élan") == user
    call_command("createsuperuser", username="ADMIN", email="a@b.id", interactive=False)
    assert User.objects.get(username="admin").is_superuser


def test_the_database_takes_no_name_twice(officer):
    other = UserFactory(username="lain")
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE kotaku_user SET username = 'PETUGAS' WHERE id = %s", [other.pk])
