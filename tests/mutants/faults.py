"""The kept list of faults: one file of TOML per package in `tests/mutants/list/`.

A fault is what a clumsy maintainer might do: in `file` the text `before`, which occurs there exactly
once, becomes `after`. `tests` are the tests that must go red. A fault that no test notices carries
a `reason` why that is accepted.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
LIST = Path(__file__).parent / "list"


@dataclass(frozen=True)
class Fault:
    """One fault, made by hand or generated. `group` is the line of the table it counts in."""

    group: str
    name: str
    file: str
    before: str
    after: str
    why: str
    tests: tuple[str, ...]
    reason: str = ""
    # Where `before` begins, in characters; None where the text occurs only once.
    place: int | None = None
    # Tests that run only where `tests` stay green.
    more_tests: tuple[str, ...] = ()

    def put_into(self, text: str) -> str:
        """Return the text of the file with this fault in it."""
        start = text.index(self.before) if self.place is None else self.place
        return text[:start] + self.after + text[start + len(self.before) :]

    @property
    def needs_browser(self) -> bool:
        """Whether its tests run in Chromium."""
        return any(test.startswith("tests/browser/") for test in self.tests)


def read_list(only: str = "") -> list[Fault]:
    """Return the faults whose group or file begins with `only`."""
    faults = [
        Fault(
            group=path.stem,
            name=f"{path.stem}-{number}",
            file=row["file"],
            before=row["before"],
            after=row["after"],
            why=row["why"],
            tests=tuple(row["tests"]),
            reason=row.get("reason", ""),
        )
        for path in sorted(LIST.glob("*.toml"))
        for number, row in enumerate(tomllib.loads(path.read_text())["fault"], start=1)
    ]
    return [each for each in faults if each.group.startswith(only) or each.file.startswith(only)]


def what_is_wrong(fault: Fault) -> str:
    """Return why a fault of the list cannot be put in any more, else ""."""
    path = ROOT / fault.file
    if not path.is_file():
        return f"{fault.name}: {fault.file} is no longer there"
    if (times := path.read_text().count(fault.before)) != 1:
        return f"{fault.name}: {fault.file} has {times} times {fault.before!r}"
    if path.suffix == ".py" and not _is_python(fault.put_into(path.read_text())):
        return f"{fault.name}: {fault.file} would be no Python any more"
    if fault.before == fault.after or not fault.why:
        return f"{fault.name}: changes nothing, or does not say what was done"
    if not fault.tests and not fault.reason:
        return f"{fault.name}: names neither a test nor a reason"
    for test in fault.tests:
        name, _, function = test.partition("::")
        if not (ROOT / name).is_file() or f"def {function}(" not in (ROOT / name).read_text():
            return f"{fault.name}: there is no test {test}"
    return ""


def _is_python(text: str) -> bool:
    try:
        compile(text, "fault", "exec", dont_inherit=True)
    except SyntaxError:
        return False
    return True
