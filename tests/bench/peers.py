"""What other software answers per second with the same rows, beside ours in the same run.

The admin's list is that of Django's own classes. Datasette is measured where it is installed.
"""

import http.client
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager

DJANGO_LIST = "/bench/admin/areas/yearlyfigure/"
DATASETTE_TABLE = "/{}/areas_yearlyfigure"
PATIENCE_SECONDS = 30


def has_datasette() -> bool:
    """Whether Datasette is installed on this machine."""
    return shutil.which("datasette") is not None


@contextmanager
def datasette(database):
    """Serve this SQLite file with Datasette; the value is its port and the path of the table."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    path = DATASETTE_TABLE.format(database.stem)
    command = ["datasette", "serve", str(database), "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port, path)
        yield port, path
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(port, path):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", path)
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("Datasette did not start")
