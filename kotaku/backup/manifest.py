"""The manifest of an archive, which may say anything until it is checked."""

import json
import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import PurePosixPath

MANIFEST = "manifest.json"
MEDIA = "media/"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
FORMAT = 1
# Storage names have 200 characters at most; a file system takes 255 bytes in each part.
LONGEST_NAME = 250
UNREADABLE = "The archive's manifest cannot be read. Use another archive."


class BackupError(Exception):
    """A backup or restore failed; the message gives the reason and what to do."""


def parsed(text: bytes) -> dict:
    """Return the manifest in a file's content, each fact of the kind that it must have.

    Raises BackupError for anything else.
    """
    try:
        manifest = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BackupError(UNREADABLE) from error
    if not isinstance(manifest, dict) or not _is_count(manifest.get("format")):
        raise BackupError(UNREADABLE)
    if manifest["format"] != FORMAT:
        raise BackupError(
            f"The archive has format {manifest['format']}, this version reads {FORMAT}; "
            "restore it with the version that wrote it."
        )
    # Archives of earlier versions hold every file that their rows name.
    manifest = {"missing": [], "altered": {}} | manifest
    if not all(name in manifest and fits(manifest[name]) for name, fits in _FACTS.items()):
        raise BackupError(UNREADABLE)
    _refuse_contradictions(manifest)
    return manifest


def is_safe(name) -> bool:
    """Whether a member's name is one that backup writes: plain, below no other folder, printable."""
    if not _is_text(name):
        return False
    path = PurePosixPath(name)
    is_plain = str(path) == name and ".." not in path.parts and "\\" not in name
    is_ours = name in (MANIFEST, *DATABASES.values()) or name.startswith(MEDIA)
    return is_plain and is_ours and len(name.encode()) <= LONGEST_NAME


def refuse_folders_among_files(names: Iterable[str]) -> None:
    """Raise BackupError if a name is the folder of another one: both cannot be written."""
    names = set(names)
    for name in sorted(names):
        if any(str(folder) in names for folder in PurePosixPath(name).parents):
            raise BackupError(f"The archive holds {name!r} below a file; backup never writes that.")


def _refuse_contradictions(manifest):
    database = DATABASES[manifest["vendor"]]
    held = [name for name in manifest["sha256"] if not name.startswith(MEDIA)]
    if database not in held:
        raise BackupError(
            f"The archive has no database: {database} is missing. Use another archive."
        )
    if len(held) > 1:
        other = min(name for name in held if name != database)
        raise BackupError(
            f"The archive holds {other!r} beside {database!r}; it was not made by backup."
        )
    if both := {MEDIA + name for name in manifest["missing"]} & manifest["sha256"].keys():
        raise BackupError(f"The archive holds {min(both)!r} and calls it missing. Use another one.")
    refuse_folders_among_files(manifest["sha256"])


def _is_text(value) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 300 and value.isprintable()


def _is_count(value) -> bool:
    return type(value) is int and 0 <= value < 2**63


def _is_moment(value) -> bool:
    if not _is_text(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _are_migrations(value) -> bool:
    return isinstance(value, list) and all(
        isinstance(each, list) and len(each) == 2 and all(map(_is_text, each)) for each in value
    )


def _are_counts(value) -> bool:
    return isinstance(value, dict) and all(
        _is_text(table) and _is_count(rows) for table, rows in value.items()
    )


def _are_checksums(value, folder: str = "") -> bool:
    return isinstance(value, dict) and all(
        isinstance(name, str)
        and is_safe(folder + name)
        and isinstance(digest, str)
        and re.fullmatch("[0-9a-f]{64}", digest)
        for name, digest in value.items()
    )


def _are_media(value) -> bool:
    return isinstance(value, list) and all(
        isinstance(name, str) and is_safe(MEDIA + name) for name in value
    )


_FACTS = {
    "vendor": lambda value: isinstance(value, str) and value in DATABASES,
    "made_at": _is_moment,
    "migrations": _are_migrations,
    "counts": _are_counts,
    "sha256": _are_checksums,
    "missing": _are_media,
    # Each with the checksum that it had when it was uploaded.
    "altered": lambda value: _are_checksums(value, MEDIA),
}
