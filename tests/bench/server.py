"""The real stack on a free port of this machine: gunicorn with gunicorn.conf.py."""

import http.client
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PATIENCE_SECONDS = 60


class Server:
    """Context manager: gunicorn with this environment, stopped at the end."""

    def __init__(self, environment: dict[str, str]):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.environment = os.environ | environment | {"BIND": f"127.0.0.1:{self.port}"}

    def __enter__(self):
        command = [sys.executable, "-m", "gunicorn", "--log-level", "warning", "kotaku.wsgi"]
        self._master = subprocess.Popen(command, cwd=ROOT, env=self.environment)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline and self._master.poll() is None:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/bench/halo/")
                if connection.getresponse().status == 200:
                    return self
            except OSError:
                time.sleep(0.1)
        self.__exit__()
        raise RuntimeError("gunicorn did not start; what it said stands above")

    def __exit__(self, *exception):
        self._master.terminate()
        try:
            self._master.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._master.kill()
            self._master.wait()

    def workers(self) -> list[int]:
        """Return the worker processes' numbers."""
        children = Path(f"/proc/{self._master.pid}/task/{self._master.pid}/children")
        return [int(pid) for pid in children.read_text().split()]

    def memory(self) -> dict[str, float]:
        """Return MB of the largest worker: its peak, and its share when what is common is split."""
        peaks, shares = [0.0], [0.0]
        for pid in self.workers():
            peaks.append(_kilobytes(Path(f"/proc/{pid}/status"), "VmHWM:") / 1024)
            shares.append(_kilobytes(Path(f"/proc/{pid}/smaps_rollup"), "Pss:") / 1024)
        return {"peak_mb": max(peaks), "share_mb": max(shares)}


def _kilobytes(path, name) -> int:
    for line in path.read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1])
    return 0
