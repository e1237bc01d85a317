"""The secrets of the second step: encrypted, with keys that change, get lost and come back."""

import io
from base64 import b32encode
from binascii import unhexlify
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django_otp.plugins.otp_totp.models import TOTPDevice

from kotaku.accounts import two_factor
from kotaku.backup.making import backup
from kotaku.backup.restoring import restore
from kotaku.models import AuditEvent, CodeApp
from kotaku.sealed import seal
from tests.areas.public.pages import text_of
from tests.factories import PASSWORD, UserFactory
from tests.security.test_two_factor import (  # noqa: F401
    KEY,
    PAGE,
    clock,
    code_of,
    enrolled,
    give_code,
    give_password,
    is_in,
    key_in_session,
)

OLD, NEW = "lama" * 12, "baru" * 12


def everything_stored():
    """Return all rows of all tables as one text."""
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows += cursor.fetchall()
    return repr(rows)


def step(user, code=None):
    """Sign in with password and code; return the client and the last answer."""
    client, _ = give_password(user)
    return client, give_code(client, code or code_of(user))


def test_no_row_holds_the_secret_as_text(officer, client_of, clock):  # noqa: F811
    client = client_of(officer)
    client.get(PAGE)
    key = key_in_session(client)
    forms = (key, b32encode(unhexlify(key)).decode(), str(unhexlify(key)))
    assert not any(form in everything_stored() for form in forms)
    client.post(PAGE, {"code": code_of(key=key), "password": PASSWORD})
    assert CodeApp.objects.get().bin_key == unhexlify(key)
    assert not any(form in everything_stored() for form in forms)


def test_secrets_from_before_are_encrypted_and_work(officer, clock):  # noqa: F811
    migration = import_module("kotaku.migrations.0006_access_secrets")
    two_factor.enable(officer, KEY, code_of())
    CodeApp.objects.get().delete(keep_parents=True)
    TOTPDevice.objects.update(key=KEY)
    migration.seal_secrets(apps, connection.schema_editor())
    assert KEY not in everything_stored()
    clock.now += 60
    assert is_in(step(officer)[0])
    migration.open_secrets(apps, connection.schema_editor())
    assert TOTPDevice.objects.get().key == KEY


def test_a_key_is_replaced_without_anybody_noticing(officer, settings, clock):  # noqa: F811
    # Sealed before the setting was there.
    two_factor.enable(officer, KEY, code_of())
    for keys in ([OLD], [NEW, OLD], [NEW]):
        settings.TWO_FACTOR_KEYS = keys
        clock.now += 60
        assert is_in(step(officer)[0])
        out = io.StringIO()
        call_command("reseal_secrets", stdout=out)
        assert out.getvalue() == "1 secrets are encrypted with the first key.\n"
    settings.SECRET_KEY = "another-key"
    clock.now += 60
    assert CodeApp.objects.get().bin_key == unhexlify(KEY)


@pytest.fixture
def lost(enrolled, settings):  # noqa: F811
    """The enrolled officer on a server that has lost its key; their code and recovery codes."""
    user, codes = enrolled
    settings.TWO_FACTOR_KEYS = [OLD]
    call_command("reseal_secrets", stdout=io.StringIO())
    code = code_of(user)
    settings.TWO_FACTOR_KEYS = [NEW]
    return user, code, codes


def test_a_lost_key_is_said_at_the_sign_in_and_reset_by_an_admin(lost, admin, client_of):
    user, code, _ = lost
    client, answer = step(user, code)
    assert (answer.status_code, is_in(client)) == (422, False)
    assert "kunci di server sudah berganti" in text_of(answer)
    assert "minta admin di Bappeda menyetel ulang" in text_of(answer)
    assert AuditEvent.objects.filter(kind="two_factor_unreadable", subject=user).count() == 1
    data = {"action": "reset_two_factor", "_selected_action": [user.pk]}
    client_of(admin).post("/admin/kotaku/user/", data)
    assert is_in(give_password(user)[0])


def test_recovery_codes_work_without_the_key_and_the_page_says_the_rest(lost, caplog):
    user, code, codes = lost
    client, _ = step(user, codes[0])
    assert is_in(client)
    for page in ("kode-pemulihan/", "penonaktifan/"):
        answer = client.post(PAGE + page, {"code": code})
        assert answer.status_code == 422
        assert "minta admin di Bappeda menyetel ulang" in text_of(answer)
    assert f"account {user.pk} is unreadable" in caplog.text


def test_a_secret_that_waits_for_its_code_is_drawn_anew(officer, client_of, clock):  # noqa: F811
    client = client_of(officer)
    session = client.session
    # As an earlier version stored it.
    session["two_factor_key"] = KEY
    session.save()
    assert KEY not in text_of(client.get(PAGE))
    data = {"code": code_of(key=key_in_session(client)), "password": PASSWORD}
    assert client.post(PAGE, data).status_code == 200
    assert CodeApp.objects.filter(user=officer).exists()


def test_the_server_names_lost_secrets_and_resets_them(lost):
    user, _, _ = lost
    CodeApp.objects.create(user=UserFactory(), name="Aplikasi", key="", secret=seal(KEY))
    with pytest.raises(CommandError, match="1 cannot be read with any key: petugas"):
        call_command("reseal_secrets", stdout=io.StringIO())
    with pytest.raises(CommandError, match="no account siapa; nothing was reset"):
        call_command("reset_two_factor", "Petugas", "siapa", stdout=io.StringIO())
    assert CodeApp.objects.exists()
    call_command("reset_two_factor", "Petugas", stdout=io.StringIO())
    assert is_in(give_password(user)[0])
    line = AuditEvent.objects.get(kind="two_factor_reset")
    assert (line.actor, line.subject, line.text) == (None, user, "dari server")


@pytest.mark.django_db(transaction=True)
def test_a_restored_second_step_needs_the_key_of_its_backup(
    enrolled,  # noqa: F811
    settings,
    tmp_path,
    clock,  # noqa: F811
):
    user, _ = enrolled
    settings.TWO_FACTOR_KEYS = [OLD]
    call_command("reseal_secrets", stdout=io.StringIO())
    made = backup(tmp_path)
    call_command("reset_two_factor", user.username, stdout=io.StringIO())
    restore(made.path, replace=True)
    assert is_in(step(user)[0])
    clock.now += 60
    code = code_of(user)
    settings.TWO_FACTOR_KEYS = [NEW]
    assert "kunci di server sudah berganti" in text_of(step(user, code)[1])
