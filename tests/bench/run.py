"""Measure, print the table, write it to bench.txt: `python -m tests.bench.run`.

Each page is measured in several rounds beside the bare view, on the same server, and the table has
the median of the rounds: sometimes one process of the server gets all connections, and a round shows
a third of the speed. `share` is the page's answers per second divided by the bare view's; `aim` is
the share it must reach, with "!" where 99 of 100 answers took longer than they may.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench import load, peers
from tests.bench.phone import first_load, photo_sent
from tests.bench.server import ROOT, Server
from tests.postgres_server import PostgresServer, find_binaries

SIZES = {"kota": (25, 1, 10), "nasional": (83_000, 514, 10)}
ROUNDS = 5
REPORT = ROOT / "bench.txt"
# The share of the bare view that each page of a city must reach.
AIMS = {
    "sqlite": {
        "/ unchanged": 0.9,
        "/desa/<kode>/ unchanged": 0.9,
        "/isian/ overview": 0.12,
        "/isian/<tahun>/ form": 0.09,
        "/isian/<tahun>/ saved (POST)": 0.07,
        "/ drawn anew": 0.08,
        "/desa/<kode>/ drawn anew": 0.08,
    },
    "postgresql": {"/ unchanged": 0.75, "/desa/<kode>/ unchanged": 0.75},
}


# Each page that Bappeda works with must reach this share, and answer 99 of 100 within this time.
STAFF_PAGES = (
    "/", "/verifikasi/", "/verifikasi/belum-melapor/", "/penilaian/", "/rencana/", "/rakor/",
    "/tindak-lanjut/", "/pertanyaan/", "/data/impor/",
)  # fmt: skip
STAFF_AIM, STAFF_P99_MS = 0.07, 250


@dataclass(frozen=True)
class Line:
    """A measured page."""

    database: str
    size: str
    what: str
    result: load.Result
    # Beside it, in each round: what the bare view answers per second.
    bares: list[float]


def main() -> None:
    """Measure what the arguments ask for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=1, help="of each round")
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--sizes", nargs="+", default=list(SIZES), choices=SIZES)
    chosen = parser.parse_args()
    lines, notes = [], []
    for database in chosen.databases:
        if database == "postgresql" and not find_binaries():
            notes.append("PostgreSQL left out: no server found (Debian: apt install postgresql).")
            continue
        for size in chosen.sizes:
            _measure(database, size, chosen.seconds, lines, notes)
            # What is measured is kept, whatever becomes of the rest.
            REPORT.write_text(_report(lines, notes))
    sys.stdout.write(_report(lines, notes))


def _report(lines, notes) -> str:
    return _table(lines) + "\n".join(["", *notes, ""])


def _measure(database, size, seconds, lines, notes):
    with tempfile.TemporaryDirectory(prefix="kotaku-bench-") as folder:
        if database == "postgresql":
            with PostgresServer() as url:
                _with_database(url, database, size, seconds, folder, lines, notes)
        else:
            url = f"sqlite:///{folder}/bench.sqlite3"
            _with_database(url, database, size, seconds, folder, lines, notes)


def _with_database(url, database, size, seconds, folder, lines, notes):
    environment = {
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "KOTAKU_ENV_FILE": "",
        "DEBUG": "off",
        "SECRET_KEY": "only-for-measuring-0123456789-0123456789-0123456789",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SECURE_SSL_REDIRECT": "off",
        "DATABASE_URL": url,
        "MEDIA_ROOT": f"{folder}/media",
        "BENCH_STATIC_ROOT": f"{folder}/static",
    }
    _say(f"{database}, {size}: making the rows")
    prepared = subprocess.run(
        [sys.executable, "-m", "tests.bench.prepare", *map(str, SIZES[size])],
        cwd=ROOT, env=os.environ | environment, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    facts = json.loads(prepared.stdout)
    environment["HOME_REGION"] = facts["home"]

    def measure(server, what, measured, *arguments, **options):
        _say(f"{database}, {size}: {what}")
        port = getattr(server, "other_port", server.port)
        # The first answers of a process load code and templates, and draw what will be kept.
        measured(port, *arguments, seconds=1, enough=1, **options)
        bares, results = [], []
        for _ in range(ROUNDS):
            bare = load.get(server.port, "/bench/halo/", seconds=seconds)
            bares.append(bare.per_second)
            results.append(measured(port, *arguments, seconds=seconds, **options))
        lines.append(Line(database, size, what, load.middle(results), bares))

    village, form = f"/desa/{facts['code']}/", f"/isian/{facts['year']}/"
    officer = facts["officers"][0]
    with Server(environment) as server:
        for page in ("/", village):
            name = "/" if page == "/" else "/desa/<kode>/"
            measure(server, f"{name} unchanged", load.get, page)
            etag = _etag(server.port, page)
            measure(
                server, f"{name} asked conditionally (304)", load.get, page,
                headers={"If-None-Match": etag}, status=304,
            )  # fmt: skip
        own = {"Cookie": officer["cookie"]}
        address = f"{form}?desa={officer['code']}"
        measure(server, "/isian/ overview", load.get, "/isian/", headers=own)
        measure(server, "/isian/<tahun>/ form", load.get, address, headers=own)
        measure(
            server, "/isian/<tahun>/ saved (POST)", load.drafts,
            officers=facts["officers"], year=facts["year"],
        )  # fmt: skip
        for page in STAFF_PAGES:
            headers = {"Cookie": facts["staff"]["bappeda"]}
            measure(server, f"{page} by Bappeda", load.get, page, headers=headers)
        notes.append(_during_saves(server, facts, f"{database}, {size}", seconds))
        headers = {"Cookie": facts["staff"]["admin"]}
        measure(server, "Django's list of figures", load.get, peers.DJANGO_LIST, headers=headers)
        if database == "sqlite" and peers.has_datasette():
            with peers.datasette(Path(folder) / "bench.sqlite3") as (port, path):
                measure(_Elsewhere(server.port, port), "Datasette's table", load.get, path)
        kept = server.memory()
        if size == "kota" and database == "sqlite":
            notes.extend(first_load(server.port))
            notes.extend(photo_sent(server.port, officer, facts["year"]))
    with Server(environment | {"PAGE_CACHE_BYTES": "0"}) as server:
        measure(server, "/ drawn anew", load.get, "/")
        measure(server, "/desa/<kode>/ drawn anew", load.get, village)
        drawn = server.memory()
    peak = max(kept["peak_mb"], drawn["peak_mb"])
    share = max(kept["share_mb"], drawn["share_mb"])
    notes.append(
        f"{database}, {size}: largest worker {peak:.0f} MB at its peak, "
        f"{share:.0f} MB when shared memory is split"
    )


@dataclass(frozen=True)
class _Elsewhere:
    """A peer's server beside ours, which answers the bare view."""

    port: int
    other_port: int


def _during_saves(server, facts, where, seconds) -> str:
    """Return how much longer 99 of 100 answers take while a figure is saved every second.

    A saved draft takes back every kept page of figures, as a verification does.
    """
    quiet = load.get(server.port, "/", seconds=max(5, seconds))
    with load.saving_every_second(server.port, facts["officers"][0], facts["year"]):
        busy = load.get(server.port, "/", seconds=max(10, seconds))
    return (
        f"{where}: / while a figure is saved every second: 99 of 100 within {busy.p99_ms:.1f} ms, "
        f"{busy.p99_ms / quiet.p50_ms:.1f} times the middle without (aim 3)"
    )


def _etag(port, page):
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", page)
    return connection.getresponse().headers["ETag"]


def _table(lines) -> str:
    names = ("per s", "p50 ms", "p99 ms", "bare/s", "share", "aim", "p99/kota")
    head = f"{'database':<11}{'size':<10}{'what':<36}" + "".join(f"{name:>9}" for name in names)
    city = {(line.database, line.what): line for line in lines if line.size == "kota"}
    rows = [head]
    for line in lines:
        own = city.get((line.database, line.what))
        grown = (
            f"{line.result.p99_ms / own.result.p99_ms:.1f}" if own and own.result.answers else ""
        )
        bare = _bare(lines, line)
        share = line.result.per_second / bare
        cells = (*_cells(line.result), f"{bare:.0f}", f"{share:.3f}", _aim(line), grown)
        if not line.result.answers:
            cells = ("none in", f"{load.LONGEST_SECONDS} s", *[""] * 5)
        cells = "".join(f"{cell:>9}" for cell in cells)
        few = f"  ({line.result.answers} answers)" if line.result.answers < load.ENOUGH else ""
        rows.append(f"{line.database:<11}{line.size:<10}{line.what:<36}{cells}{few}")
    return "\n".join(rows) + "\n"


def _aim(line) -> str:
    aim = AIMS[line.database].get(line.what) if line.size == "kota" else None
    if line.what.endswith(" by Bappeda") and line.size == "kota":
        late = line.result.p99_ms > STAFF_P99_MS
        return f"{STAFF_AIM:.2f}{'!' if late else ''}"
    return "" if aim is None else f"{aim:.2f}"


def _bare(lines, line) -> float:
    """Return the middle of all that the bare view reached beside the pages of this table's block."""
    block = (line.database, line.size)
    return median(
        bare for each in lines if (each.database, each.size) == block for bare in each.bares
    )


def _cells(result) -> tuple[str, str, str]:
    digits = 0 if result.per_second >= 10 else 2
    return f"{result.per_second:.{digits}f}", f"{result.p50_ms:.1f}", f"{result.p99_ms:.1f}"


def _say(text):
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    main()
