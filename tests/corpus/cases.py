"""The folders of the corpus."""

import json
import runpy
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "cases"
EXPECTED, MAKER = "expected.json", "make.py"


@dataclass(frozen=True)
class Case:
    """One folder: a file, and what its preview must show."""

    folder: Path

    @property
    def expected(self) -> dict:
        """What `expected.json` says; {} where it is not written yet."""
        path = self.folder / EXPECTED
        return json.loads(path.read_text("utf-8")) if path.exists() else {}

    @property
    def stored(self) -> list[Path]:
        """The files that are stored byte for byte: one, or none where `make.py` makes it."""
        return sorted(
            path
            for path in self.folder.iterdir()
            if path.is_file() and path.name not in (EXPECTED, MAKER)
        )

    def file(self) -> tuple[str, bytes]:
        """Return the name and the bytes to upload."""
        if self.stored:
            (path,) = self.stored
            return path.name, path.read_bytes()
        made = runpy.run_path(str(self.folder / MAKER))["make"]()
        return self.expected.get("name", "berkas.xlsx"), made

    def write(self, expected: dict) -> None:
        """Store what the preview must show, one row of the sheet a line."""
        (self.folder / EXPECTED).write_text(as_text(expected) + "\n", "utf-8")


def as_text(value, indent: str = "") -> str:
    """Return JSON with one line for each innermost list."""
    inner = f"{indent}  "
    if isinstance(value, dict) and value:
        parts = [f"{json.dumps(key)}: {as_text(each, inner)}" for key, each in value.items()]
        return "{\n" + ",\n".join(inner + part for part in parts) + f"\n{indent}}}"
    if isinstance(value, list) and any(isinstance(each, list | dict) for each in value):
        parts = [as_text(each, inner) for each in value]
        return "[\n" + ",\n".join(inner + part for part in parts) + f"\n{indent}]"
    return json.dumps(value, ensure_ascii=False)


def all_cases() -> list[Case]:
    """Return every case, by name."""
    return [Case(folder) for folder in sorted(FOLDER.iterdir()) if folder.is_dir()]
