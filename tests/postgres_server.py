"""A throwaway PostgreSQL server, made from the binaries that the machine has.

    with PostgresServer() as url:
        ...

`python tests/postgres_server.py` runs one by hand: it prints the address and stops at the end
of its input (Ctrl-D). That command is also what the class starts: a keeper process that owns
the server and stops it as soon as its input closes, so no way to die (Ctrl-C, kill -9) of the
process that wanted the server leaves one behind.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

START_ATTEMPTS = 3
# Speed instead of safety: a crash costs nothing here.
SERVER_OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "200",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    # Compiling a query takes longer than it runs on the few rows of a test.
    "jit": "off",
}


class PostgresServerError(RuntimeError):
    """The server could not be started; the message holds what PostgreSQL said."""


class PostgresServer:
    """Context manager whose value is the URL of a fresh, empty server."""

    def __enter__(self) -> str:
        self.start()
        return self.url

    def __exit__(self, *exception) -> None:
        self.stop()

    def start(self) -> None:
        self._keeper = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,  # Ctrl-C must reach the tests only; they stop us.
        )
        self.url = self._keeper.stdout.readline().strip()
        if not self.url:
            raise PostgresServerError(self._keeper.communicate()[1].strip())

    def stop(self) -> None:
        """Stop the server and remove its files; a second call does nothing."""
        self._keeper.communicate()


def find_binaries() -> Path | None:
    """The folder with initdb and pg_ctl, the newest version first; None without a server."""
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    newest_first = sorted(versions, key=lambda path: -float(path.parent.name))
    on_path = [Path(folder) for folder in os.get_exec_path()]
    for folder in newest_first + on_path:
        if all(os.access(folder / name, os.X_OK) for name in ("initdb", "pg_ctl", "postgres")):
            return folder
    return None


def unprivileged_account() -> pwd.struct_passwd | None:
    """Whom to run the server as: root may not, anybody else runs it as themselves."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise PostgresServerError("PostgreSQL refuses root, and there is no account postgres or nobody")


def keep_server() -> None:
    """Run a server until the input closes, having printed its URL."""
    binaries, account = find_binaries(), unprivileged_account()
    if binaries is None:
        raise PostgresServerError("found no PostgreSQL server binaries")
    folder = Path(tempfile.mkdtemp(prefix="kotaku-postgres-"))
    data = folder / "data"
    identity = account and {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}

    def run(program: str, *arguments: str) -> None:
        finished = subprocess.run(
            [binaries / program, *arguments],
            cwd=folder,
            env={key: value for key, value in os.environ.items() if not key.startswith("PG")},
            capture_output=True,
            text=True,
            check=False,
            **(identity or {}),
        )
        if finished.returncode:
            log = folder / "log"
            details = log.read_text() if log.exists() else ""
            raise PostgresServerError(f"{program}: {finished.stdout}{finished.stderr}{details}")

    try:
        if account:
            os.chown(folder, account.pw_uid, account.pw_gid)
        run(
            "initdb",
            f"--pgdata={data}",
            "--username=kotaku",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        )
        port = start_on_free_port(run, folder)
        sys.stdout.write(f"postgres://kotaku@127.0.0.1:{port}/postgres\n")
        sys.stdout.flush()
        sys.stdin.read()
    finally:
        if (data / "postmaster.pid").exists():
            run("pg_ctl", "stop", "--silent", "--mode=immediate", f"--pgdata={data}")
        shutil.rmtree(folder, ignore_errors=True)


def start_on_free_port(run, folder: Path) -> int:
    """Start the server; somebody may take the port that was free, hence several attempts."""
    options = SERVER_OPTIONS | {"unix_socket_directories": str(folder)}
    for attempt in range(1, START_ATTEMPTS + 1):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        settings = " ".join(f"-c {name}={value}" for name, value in options.items())
        try:
            run(
                "pg_ctl",
                "start",
                "--silent",
                "--wait",
                f"--pgdata={folder / 'data'}",
                f"--log={folder / 'log'}",
                f"--options=-p {port} {settings}",
            )
        except PostgresServerError:
            if attempt == START_ATTEMPTS:
                raise
        else:
            return port


if __name__ == "__main__":
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(1))
    try:
        keep_server()
    except PostgresServerError as error:
        sys.exit(str(error))
