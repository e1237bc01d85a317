"""The real stack: gunicorn with several processes on the database of the test run."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test import Client

ROOT = Path(__file__).parent.parent.parent
START_SECONDS = 60


def database_url() -> str:
    """The address of the database that this test writes to."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    password = f":{facts['PASSWORD']}" if facts["PASSWORD"] else ""
    return f"postgres://{facts['USER']}{password}@{facts['HOST']}:{facts['PORT']}/{facts['NAME']}"


class Site:
    """A running server; `kill` is kill -9 of all its processes, `start` starts it (again)."""

    def __init__(self, folder: Path):
        self.folder, self._process = folder, None
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    def start(self) -> None:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.faults.server_settings",
            "DEBUG": "off",
            "SECURE_SSL_REDIRECT": "off",
            "ALLOWED_HOSTS": "127.0.0.1",
            "DATABASE_URL": database_url(),
            "DATABASE_CONN_MAX_AGE": "60",
            "SQLITE_SYNCHRONOUS": "FULL",
            "LAST_GOOD_COPY_URL": f"filecache://{self.folder / 'copies'}",
            "MEDIA_ROOT": str(self.folder / "media"),
            "EMAIL_URL": "dummymail://",
        }
        options = ["--workers=2", "--threads=4", f"--bind=127.0.0.1:{self.port}", "--backlog=256"]
        self._log = (self.folder / "log").open("ab")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", *options, "--no-control-socket", "kotaku.wsgi"],
            cwd=ROOT,
            env=environment,
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,
        )
        deadline = time.monotonic() + START_SECONDS
        while self.status("/healthz") != 200:  # which needs no database
            assert self._process.poll() is None, self.log()
            assert time.monotonic() < deadline, self.log()
            time.sleep(0.05)

    def status(self, path) -> int | None:
        """The status of a page; None when nobody listens."""
        try:
            return Browser(self).get(path)[0]
        except (OSError, http.client.HTTPException):
            return None

    def kill(self) -> None:
        """End every process at once, as a power cut or the kernel would."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._log.close()

    def stop(self) -> None:
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()
        self._log.close()

    def log(self) -> str:
        return (self.folder / "log").read_text()


class Browser:
    """One person's browser: a connection, a session, the token of its forms."""

    TOKEN = "k" * 32
    # Their names on a real server, which is without DEBUG.
    SESSION, CSRF = "__Host-sessionid", "__Host-csrftoken"

    def __init__(self, site: Site, user=None):
        self.site, self.cookies = site, {self.CSRF: self.TOKEN} if user else {}
        if user:
            client = Client()
            client.force_login(user)
            self.cookies[self.SESSION] = client.cookies[settings.SESSION_COOKIE_NAME].value

    def get(self, path):
        return self._send("GET", path)

    def post(self, path, fields):
        return self._send("POST", path, urlencode({"csrfmiddlewaretoken": self.TOKEN, **fields}))

    def _send(self, method, path, body=None):
        """Return status, headers and text."""
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=60)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers if self.cookies else {})
            response = connection.getresponse()
            return response.status, response.headers, response.read().decode()
        finally:
            connection.close()


def hidden_fields(page) -> dict[str, str]:
    """The form that a fault's page gives back."""
    return dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page))
