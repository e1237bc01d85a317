"""Requests for a few seconds, to this machine only: wrk where there is one, else threads."""

import http.client
import re
import shutil
import statistics
import subprocess
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

CONNECTIONS = 8
# Fewer answers say little: a measurement goes on until there are so many, or as long as this.
ENOUGH = 30
LONGEST_SECONDS = 120
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


@dataclass(frozen=True)
class Result:
    """Answers, also per second, and how long half and 99 % of them took at most, in milliseconds."""

    answers: int
    per_second: float
    p50_ms: float
    p99_ms: float


def middle(results: list[Result]) -> Result:
    """Return several results as one: all answers, and of each measure the one in the middle."""
    measures = {
        name: statistics.median(getattr(result, name) for result in results)
        for name in ("per_second", "p50_ms", "p99_ms")
    }
    return Result(sum(result.answers for result in results), **measures)


def get(
    port: int, path: str, *, seconds: float, headers=None, status: int = 200, enough: int = ENOUGH
) -> Result:
    """Ask for a page over and over. Raises RuntimeError when an answer has another status."""
    headers = headers or {}
    found = _status(port, path, headers)
    if found != status:
        raise RuntimeError(f"{path} answers {found}, not {status}")
    if shutil.which("wrk"):
        return _long_enough(lambda time: _wrk(port, path, time, headers), seconds, enough)
    senders = [lambda connection: _get(connection, path, headers, status)] * CONNECTIONS
    return _long_enough(lambda time: timed(port, time, senders), seconds, enough)


def _long_enough(measure, seconds, enough) -> Result:
    """Measure anew for a longer time while there were too few answers, within the limit."""
    while True:
        result = measure(seconds)
        if result.answers >= enough or seconds >= LONGEST_SECONDS:
            return result
        wanted = seconds * 1.5 * enough / max(1, result.answers)
        seconds = min(LONGEST_SECONDS, max(2 * seconds, wanted))


def _status(port, path, headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", path, headers=headers)
    return connection.getresponse().status


def _get(connection, path, headers, status):
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    response.read()
    if response.status != status:
        raise RuntimeError(f"{path} answers {response.status}")


def _wrk(port, path, seconds, headers) -> Result:
    said = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    command = [
        "wrk", "--latency", "-t1", f"-c{CONNECTIONS}", f"-d{max(1, round(seconds))}s", "--timeout", "60s",
        *said, f"http://127.0.0.1:{port}{path}",
    ]  # fmt: skip
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in text or "Socket errors" in text:
        raise RuntimeError(f"{path}: {text}")

    def latency(share):
        number, unit = re.search(
            rf"^\s+{share}%\s+([\d.]+)(us|ms|s|m)\s*$", text, re.MULTILINE
        ).groups()
        return float(number) * UNITS[unit]

    answers = int(re.search(r"(\d+) requests in ", text)[1])
    per_second = float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1])
    return Result(answers, per_second, latency(50), latency(99))


def timed(port: int, seconds: float, senders) -> Result:
    """Let each sender use a connection of its own until the time is up."""
    took, faults, lock = [], [], threading.Lock()
    deadline = time.monotonic() + seconds

    def run(send):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        mine = []
        try:
            while time.monotonic() < deadline:
                started = time.perf_counter()
                send(connection)
                mine.append((time.perf_counter() - started) * 1000)
        except Exception as fault:
            faults.append(fault)
        with lock:
            took.extend(mine)

    started = time.perf_counter()
    threads = [threading.Thread(target=run, args=[send]) for send in senders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise RuntimeError(f"a request failed: {faults[0]}")
    took.sort()
    elapsed = time.perf_counter() - started
    half, nearly_all = took[len(took) // 2], took[int(len(took) * 0.99)]
    return Result(len(took), len(took) / elapsed, half, nearly_all)


def drafts(port: int, *, officers, year: int, seconds: float, enough: int = ENOUGH) -> Result:
    """Let each officer save the draft of a year over and over, as the form does."""
    senders = [_Officer(officer, year).save for officer in officers]
    return _long_enough(lambda time: timed(port, time, senders), seconds, enough)


@contextmanager
def saving_every_second(port: int, officer, year: int):
    """Let this officer save a draft every second in the background."""
    stopped, saver = threading.Event(), _Officer(officer, year)

    def run():
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        while not stopped.wait(1):
            saver.save(connection)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join()


class _Officer:
    SECRET = "a" * 32

    def __init__(self, officer, year):
        self.path = f"/isian/{year}/?desa={officer['code']}"
        self.headers = {
            "Cookie": f"{officer['cookie']}; {officer['csrf_cookie']}={self.SECRET}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self.version = None
        self.saved = 0

    def save(self, connection):
        if self.version is None:
            self.version = self._current_version(connection)
        self.saved += 1
        typed = {
            "csrfmiddlewaretoken": self.SECRET,
            "version": self.version,
            "area_ha": f"0,{10 + self.saved % 40}",
            "note": f"Simpan ke-{self.saved}",
        }
        connection.request("POST", self.path, urlencode(typed), self.headers)
        response = connection.getresponse()
        response.read()
        if response.status != 302:
            raise RuntimeError(f"{self.path} answers {response.status} to a draft")
        self.version += 1

    def _current_version(self, connection):
        connection.request("GET", self.path, headers=self.headers)
        page = connection.getresponse().read().decode()
        return int(re.search(r'name="version" value="(\d+)"', page)[1])
