"""Pytest plugin that decides what the tests run against, before Django reads its settings.

Loaded by `-p tests.harness` (pyproject.toml). `--database=postgresql` starts a throwaway server
unless TEST_DATABASE_URL names one, and leaves out what would be the same there. What the machine
lacks is skipped with one line; with CI=true that line is a failure. pytest-xdist: the first
process prepares everything, the workers inherit its environment.
"""

import gc
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

import pytest

from tests.deep import DEEP
from tests.postgres_server import PostgresServer, find_binaries

# The same engine without windows takes a third of the processor time of the whole browser.
HEADLESS = "chromium-headless-shell"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")

# Paths of tests whose subject is what the database keeps, refuses, counts or locks.
ABOUT_THE_DATABASE = (
    "/models/", "/integrity/", "/backup/", "/verification/", "/machines/", "/oracle/", "/faults/",
    "test_data_version", "test_permissions", "test_four_eyes", "test_regions",
)  # fmt: skip


def pytest_addoption(parser):
    parser.getgroup("kotaku").addoption(
        "--database",
        choices=("sqlite", "postgresql"),
        default="sqlite",
        help="the database to test with (default: sqlite)",
    )


@pytest.hookimpl(tryfirst=True)  # pytest-django loads the settings in the same hook.
def pytest_load_initial_conftests(early_config):
    options = early_config.known_args_namespace
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        os.environ["MEDIA_ROOT"] += f"-{worker}"
        return
    folder = Path(tempfile.mkdtemp(prefix="kotaku-tests-"))
    early_config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    # `kill` and a closed terminal end like Ctrl-C: with everything cleaned up.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.default_int_handler)
    set_environment(folder)
    if options.help or options.version:
        return
    if options.markexpr == "browser" and not find_chromium():
        skip_run("Browser tests skipped: no Chromium found (Debian: apt install chromium).")
    if options.database == "postgresql":
        os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL") or start_postgres(
            early_config
        )
    elif options.markexpr == "browser":
        # A new connection reads the whole schema, and SQLite's file can be dropped beside one.
        os.environ["DATABASE_CONN_MAX_AGE"] = "60"


def pytest_configure(config):
    from django.conf import settings

    # Slow on purpose in production, and every test signs somebody in.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_collection_modifyitems(config, items):
    """Leave out on PostgreSQL what has run on SQLite before and would be the same here."""
    if config.option.database == "postgresql":
        known = set()
        chosen = [item for item in items if may_differ(item, known)]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(chosen)])
        items[:] = chosen


def may_differ(item, known: set) -> bool:
    """Whether a test may end differently on another database. `known`: the functions seen so far.

    One of a table of cases shows that this database understands the questions. All cases run where
    the database itself is the subject, and with DEEP set.
    """
    function = (item.path, item.originalname)
    is_first = function not in known
    known.add(function)
    is_about_it = any(part in str(item.path) for part in ABOUT_THE_DATABASE)
    return touches_database(item) and (is_first or is_about_it or DEEP)


def pytest_collection_finish(session):
    """Let the garbage collector pass over what stays anyway: a tenth of the run's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def touches_database(item) -> bool:
    """Whether a test may query; those with servers of their own (faults) do so in any case."""
    marked = item.get_closest_marker("django_db") or item.get_closest_marker("faults")
    return bool(marked) or not {"db", "transactional_db", "live_server"}.isdisjoint(
        item.fixturenames
    )


def set_environment(folder: Path) -> None:
    """The settings of every test run, whatever the developer's .env or shell says."""
    for name in (
        "ADMINS",
        "ALLOWED_HOSTS",
        "CSRF_TRUSTED_ORIGINS",
        "DEFAULT_FROM_EMAIL",
        "LOG_JSON",
    ):
        os.environ.pop(name, None)
    os.environ |= {
        "KOTAKU_ENV_FILE": "",
        # Settings choose development storage by it; pytest-django then turns DEBUG itself off.
        "DEBUG": "on",
        "SECRET_KEY": "only-for-tests",
        "EMAIL_URL": "memorymail://",
        "MEDIA_ROOT": str(folder / "media"),
        # A file, because it locks like production's; each worker adds its own suffix.
        "KOTAKU_TEST_SQLITE": str(folder / "test.sqlite3"),
        "DATABASE_URL": f"sqlite:///{folder / 'never-used.sqlite3'}",
        # A power cut ends the test run as well; PostgreSQL's throwaway server does the same.
        "SQLITE_SYNCHRONOUS": "OFF",
        # Connections kept open would stop the test database from being dropped.
        "DATABASE_CONN_MAX_AGE": "0",
    }


def start_postgres(config) -> str:
    """The URL of a new server that ends with the test run."""
    if not find_binaries():
        skip_run("PostgreSQL tests skipped: no server found (Debian: apt install postgresql).")
    server = PostgresServer()
    server.start()
    config.add_cleanup(server.stop)
    return server.url


def find_chromium(*names) -> str | None:
    """The path of a Chromium: what CHROMIUM names, else the first of these on the PATH."""
    names = names or (HEADLESS, *CHROMIUM_NAMES)
    if os.environ.get("CHROMIUM"):
        names = [os.environ["CHROMIUM"]]
    return next(filter(None, map(shutil.which, names)), None)


def find_libreoffice() -> str | None:
    """The path of LibreOffice's program, wherever it is called so."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def in_ci() -> bool:
    return os.environ.get("CI", "").lower() in ("1", "on", "true", "yes")


def skip_run(reason: str) -> None:
    """End the whole run: as a success that says what was left out, in CI as a failure."""
    sys.stdout.write(f"{reason}{' CI=true allows no skipping.' if in_ci() else ''}\n")
    raise SystemExit(1 if in_ci() else 0)
