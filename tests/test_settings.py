"""Settings from the environment, as a server would start with them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from kotaku.requests.checks import second_step_has_its_key

ROOT = Path(__file__).parent.parent
PRODUCTION = {
    "KOTAKU_ENV_FILE": "",
    "DEBUG": "off",
    "SECRET_KEY": "x" * 25 + "0123456789abcdefghijklmnopqrstuvwxyz",
    "TWO_FACTOR_KEYS": "y" * 25 + "0123456789abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "kotaku.example.go.id",
    "DATABASE_URL": "sqlite:///:memory:",
}


def manage(*arguments, **environment):
    """Run manage.py in a process of its own; return it with all its output."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**kept, **PRODUCTION, **environment},
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )


def test_deploy_check_is_silent():
    result = manage("check", "--deploy", "--fail-level", "DEBUG")
    assert result.returncode == 0, result.stderr
    assert "no issues (0 silenced)" in result.stdout


@pytest.mark.parametrize("keys", ["", "y" * 42, PRODUCTION["SECRET_KEY"]])
def test_deploy_check_wants_a_key_of_its_own_for_the_second_step(settings, keys):
    settings.SECRET_KEY, settings.TWO_FACTOR_KEYS = PRODUCTION["SECRET_KEY"], [keys] if keys else []
    (error,) = second_step_has_its_key()
    assert (error.id, "TWO_FACTOR_KEYS" in error.msg) == ("kotaku.E003", True)
    settings.TWO_FACTOR_KEYS = ["y" * 43]
    assert second_step_has_its_key() == []


def test_server_without_secret_key_says_what_to_do():
    result = manage("check", SECRET_KEY="")
    assert result.returncode != 0
    assert "SECRET_KEY is missing. Set it in the environment or in .env" in result.stderr


def test_sample_refuses_to_load_on_a_real_server():
    result = manage("load_sample")
    assert result.returncode != 0
    assert "DEBUG is off" in result.stderr


def test_static_files_are_hashed_and_compressed(tmp_path):
    code = (
        "from django.conf import settings; settings.STATIC_ROOT = __import__('sys').argv[1];"
        "import django; django.setup();"
        "from django.core.management import call_command;"
        "call_command('collectstatic', interactive=False, verbosity=0);"
        "from django.templatetags.static import static; print(static('css/app.css'))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "kotaku.settings", **PRODUCTION},
        capture_output=True,
        text=True,
        timeout=110,
        check=True,
    )
    name = result.stdout.strip().removeprefix("/static/")
    assert name != "css/app.css"
    assert {(tmp_path / name).is_file(), (tmp_path / f"{name}.br").is_file()} == {True}


@pytest.mark.django_db
def test_sqlite_is_tuned_for_many_writers():
    if connection.vendor != "sqlite":
        assert connection.vendor == "postgresql"
        return
    with connection.cursor() as cursor:
        pragmas = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "busy_timeout")
        }
    assert pragmas == {"journal_mode": "wal", "busy_timeout": 20000}


def test_on_a_real_server_sqlite_writes_through_to_the_disk():
    code = (
        "from django.db import connection\n"
        "with connection.cursor() as cursor:\n"
        "    print(cursor.execute('PRAGMA synchronous').fetchone()[0])"
    )
    result = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{code}"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "kotaku.settings", **PRODUCTION},
        capture_output=True,
        text=True,
        timeout=110,
        check=True,
    )
    assert result.stdout.strip() == "2"
