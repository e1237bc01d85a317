"""Copies of the tree to put faults into, each with a process that has its tests loaded."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from multiprocessing.connection import Listener
from pathlib import Path

from tests.mutants.faults import ROOT, Fault
from tests.mutants.warm import BROKEN, COLD, NO_TESTS, NOTICED

# A fault may make a test wait for ever; then it has been noticed.
MOST_SECONDS = 420
# Pytest's exit codes: all green; a test failed; interrupted, as by code that cannot be loaded.
PASSED, FAILED, INTERRUPTED = 0, 1, 2
# The time limit of pyproject.toml would end the process, which would look like a red test.
PATIENT = ("-o", "faulthandler_timeout=0")
PYTEST = ("-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "--tb=short", "-n", "0", *PATIENT)


@dataclass(frozen=True)
class Answer:
    """Whether the tests noticed a fault, the first red test, and the end of what it printed."""

    is_noticed: bool
    test: str = ""
    said: str = ""


class Copy:
    """A copy of the tracked tree in `folder`."""

    def __init__(self, folder: Path):
        folder.mkdir(parents=True)
        self.folder, self.tree = folder, folder / "tree"
        self._stamp = 1_000_000_000
        self._warm = self._connection = None
        names = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT, check=True, capture_output=True, text=True,
        ).stdout.split("\0")  # fmt: skip
        for name in filter(None, names):
            if (ROOT / name).is_file():
                (self.tree / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, self.tree / name)

    def warm_up(self, files: Iterable[str]) -> None:
        """Load these files and folders of tests (`tests.mutants.warm`)."""
        socket, log = self.folder / "socket", self.folder / "warm.txt"
        with Listener(str(socket), "AF_UNIX") as listener, log.open("wb") as output:
            self._warm = subprocess.Popen(
                [sys.executable, *PYTEST, "-p", "tests.mutants.warm", *sorted(files)],
                cwd=self.tree,
                env=_environment() | {"KOTAKU_MUTANTS_SOCKET": str(socket)},
                stdout=output,
                stderr=output,
            )
            listener._listener._socket.settimeout(1)
            while self._connection is None:
                try:
                    self._connection = listener.accept()
                except TimeoutError:
                    if self._warm.poll() is not None:
                        raise SystemExit(
                            f"The tests cannot be loaded:\n{log.read_text()}"
                        ) from None
        self._connection.recv()

    def notices(self, fault: Fault, tests: tuple[str, ...]) -> Answer:
        """Put a fault in, run these tests until one is red, and take the fault out again."""
        path = self.tree / fault.file
        old = path.read_text()
        new = fault.put_into(old)
        self._write(path, new)
        try:
            said, test = (COLD, "") if fault.needs_browser else self._ask(fault, old, new, tests)
            if said == COLD:
                return self.run(tests, browser=fault.needs_browser)
        finally:
            self._write(path, old)
        if said == NO_TESTS:
            raise SystemExit(f"{fault.name} names no test that runs: {', '.join(tests)}")
        if said == BROKEN:
            raise SystemExit(f"{fault.name}: {test}")
        return Answer(said == NOTICED, test)

    def _ask(self, fault, old, new, tests):
        request = {"file": fault.file, "old": old, "new": new, "tests": list(tests)}
        self._connection.send({**request, "seconds": MOST_SECONDS})
        return self._connection.recv()

    def run(self, tests: tuple[str, ...], *, browser=False, seconds=MOST_SECONDS) -> Answer:
        """Run tests in a process of their own until one is red."""
        marks = ("-m", "browser") if browser else ()
        try:
            done = subprocess.run(
                [sys.executable, *PYTEST, *tests, *marks],
                cwd=self.tree,
                env=_environment(),
                capture_output=True,
                text=True,
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Answer(True, "a test that never ends")
        said = done.stdout + done.stderr
        red = [
            line for line in said.splitlines() if line.startswith(("FAILED tests", "ERROR tests"))
        ]
        if done.returncode == PASSED:
            return Answer(False)
        if done.returncode in (FAILED, INTERRUPTED) or "while loading conftest" in said:
            test = red[0].split(" ")[1] if red else "the code cannot be loaded"
            return Answer(True, test, said[-4000:])
        raise SystemExit(f"The tests do not run: {' '.join(tests)}\n{said[-2000:]}")

    def _write(self, path: Path, text: str) -> None:
        # A compiled module counts as current while time and size are those of its source.
        path.write_text(text)
        self._stamp += 1
        os.utime(path, (self._stamp, self._stamp))

    def stop(self) -> None:
        """End the process of the tests."""
        if self._connection:
            self._connection.close()
        if self._warm:
            try:
                self._warm.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self._warm.kill()
                self._warm.wait()


def _environment() -> dict[str, str]:
    left_out = ("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX", "CI")
    return {name: value for name, value in os.environ.items() if name not in left_out}
