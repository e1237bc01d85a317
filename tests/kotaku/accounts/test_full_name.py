"""One full name with title; earlier accounts keep theirs."""

import os
import sqlite3
import subprocess
import sys

from kotaku.settings import BASE_DIR
from tests.areas.public.pages import text_of
from tests.drawn_forms import save_shown
from tests.factories import PASSWORD, UserFactory

NAMES = {
    "lengkap": ("H. Asep", "Suryana, S.Sos.", "H. Asep Suryana, S.Sos."),
    "depan": ("Siti", "", "Siti"),
    "belakang": ("", " Dewi ", "Dewi"),
    "tanpa": ("", "", ""),
    "panjang": ("a" * 150, "b" * 150, f"{'a' * 150} {'b' * 150}"),
}


def manage(database, *command):
    environment = {
        **os.environ,
        "KOTAKU_ENV_FILE": "",
        "DEBUG": "on",
        "DATABASE_URL": f"sqlite:///{database}",
    }
    run = [sys.executable, "manage.py", *command, "--verbosity=0"]
    subprocess.run(run, cwd=BASE_DIR, env=environment, check=True, timeout=300)


def stored(database, columns):
    with sqlite3.connect(database) as connection:
        rows = connection.execute(f"SELECT username, {columns} FROM kotaku_user").fetchall()
    return {name: values for name, *values in rows}


def test_first_and_last_name_are_joined_and_nothing_is_cut_off(tmp_path):
    database = tmp_path / "before.sqlite3"
    manage(database, "migrate", "kotaku", "0001")
    with sqlite3.connect(database) as connection:
        connection.executemany(
            "INSERT INTO kotaku_user (username, first_name, last_name, password, email, is_active,"
            " is_staff, is_superuser, date_joined, role, position, phone, must_change_password,"
            " must_use_two_factor) VALUES (?, ?, ?, '', '', 1, 0, 0, '2026-01-01', 'viewer', '',"
            " '', 0, 0)",
            [(name, first, last) for name, (first, last, _) in NAMES.items()],
        )
    manage(database, "migrate", "kotaku", "0002_access")
    assert stored(database, "full_name") == {name: [full] for name, (_, _, full) in NAMES.items()}
    manage(database, "migrate", "kotaku", "0001")
    back = stored(database, "first_name || ' ' || last_name")
    assert {name: text.strip() for name, (text,) in back.items()} == {
        name: full for name, (_, _, full) in NAMES.items()
    }


def test_the_name_with_its_title_is_what_others_read(client_of, admin):
    person = UserFactory(username="asep")
    client = client_of(person)
    save_shown(client, "/akun/", {"full_name": "H. Asep Suryana, S.Sos."})
    assert "<h1>H. Asep Suryana, S.Sos.</h1>" in client.get("/akun/").content.decode()
    found = client_of(admin).get("/admin/kotaku/user/?q=Suryana")
    assert "H. Asep Suryana, S.Sos." in text_of(found)
    person.refresh_from_db()
    assert person.get_full_name() == person.get_short_name() == "H. Asep Suryana, S.Sos."


def test_a_password_made_of_ones_own_name_is_refused(client_of, db):
    client = client_of(UserFactory(username="x1", full_name="H. Wiranatakusumah, S.Sos."))
    new = "wiranatakusumah7"
    data = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert "terlalu mirip" in text_of(client.post("/akun/sandi/", data))
