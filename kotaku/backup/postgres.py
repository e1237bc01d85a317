"""PostgreSQL's client programs and sessions, with the connection that the settings name."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator

import psycopg2
from django.db import connection

from kotaku.backup.manifest import BackupError

_VARIABLES = {
    "dbname": "PGDATABASE",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "host": "PGHOST",
    "port": "PGPORT",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
}


def session():
    """Return a new session of psycopg2, without Django's own settings. Raises BackupError."""
    try:
        return psycopg2.connect(**_parameters())
    except psycopg2.OperationalError as error:
        raise BackupError(f"The database cannot be reached: {first_line(error)}.") from error


def database() -> str:
    """Return the name of the configured database."""
    return connection.settings_dict["NAME"]


def program(name: str) -> str:
    """Return the path of a client program. Raises BackupError if it is not installed."""
    found = shutil.which(name)
    if not found:
        raise BackupError(
            f"{name} was not found. Install PostgreSQL's client programs, in the server's version or "
            "newer (Debian: apt install postgresql-client)."
        )
    return found


def run(name: str, *arguments: str) -> str:
    """Run a client program and return its output. Raises BackupError with what it complained."""
    return "".join(lines(name, *arguments))


def lines(name: str, *arguments: str) -> Iterator[str]:
    """Run a client program and yield the lines of its output. Raises BackupError at their end.

    The password is in its environment, where `ps` does not show it.
    """
    environment = {_VARIABLES[name]: str(value) for name, value in _parameters().items()}
    decoded = {"encoding": "utf-8", "errors": "backslashreplace"}
    with (
        tempfile.TemporaryFile("w+", **decoded) as complaints,
        subprocess.Popen(
            [program(name), *arguments],
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=complaints,
            **decoded,
        ) as process,
    ):
        yield from process.stdout
        if process.wait():
            complaints.seek(0)
            said = complaints.read().strip().splitlines() or ["it said nothing"]
            # What follows the first error only tells what it was doing.
            first = next((line for line in said if "error:" in line), said[-1])
            raise BackupError(f"{name} failed: {first}")


def first_line(error: Exception) -> str:
    """Return the first line of what PostgreSQL said, without a full stop."""
    return str(error).strip().split("\n")[0].rstrip(".")


def _parameters() -> dict:
    parameters = connection.get_connection_params()
    return {name: parameters[name] for name in _VARIABLES if name in parameters}
