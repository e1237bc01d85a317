"""The archive: a compressed tar of the database, the media files and, last, their manifest.

media/<name in the storage>    every file that a row of the database names
database.sqlite3 | database.dump
manifest.json                  the SHA-256 of each of these, and facts about the database
"""

import hashlib
import io
import json
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from kotaku.backup.manifest import MANIFEST, BackupError, is_safe, parsed

# Photos do not compress, so a higher level would only be slower.
COMPRESSION = 3
MAX_MANIFEST_BYTES = 200_000_000


class Writer:
    """Writes members and keeps their checksums."""

    def __init__(self, stream: IO[bytes]):
        self._tar = tarfile.open(  # noqa: SIM115 (closed by finish or abandon)
            fileobj=stream, mode="w:gz", compresslevel=COMPRESSION, format=tarfile.PAX_FORMAT
        )
        self.checksums: dict[str, str] = {}

    def add(self, name: str, content: IO[bytes], size: int) -> None:
        """Write one member of exactly `size` bytes."""
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        reader = _Hashing(content)
        self._tar.addfile(member, reader)
        self.checksums[name] = reader.hexdigest()

    def finish(self, manifest: dict) -> None:
        """Write the manifest, checksums included, and close the archive."""
        text = json.dumps(manifest | {"sha256": self.checksums}, indent=1, ensure_ascii=False)
        content = text.encode()
        member = tarfile.TarInfo(MANIFEST)
        member.size, member.mode = len(content), 0o600
        self._tar.addfile(member, io.BytesIO(content))
        self._tar.close()


class _Hashing:
    """A file that hashes what is read from it."""

    def __init__(self, content):
        self._content, self._digest = content, hashlib.sha256()

    def read(self, size=-1):
        """Return the next bytes and add them to the hash."""
        chunk = self._content.read(size)
        self._digest.update(chunk)
        return chunk

    def hexdigest(self):
        """Return the SHA-256 of all bytes read."""
        return self._digest.hexdigest()


def verified_manifest(path: Path) -> dict:
    """Read the whole archive and return its manifest.

    Raises BackupError if a member is damaged, missing, unexpected or has an unsafe name.
    """
    try:
        manifest, found = _scan(path)
    except FileNotFoundError as error:
        raise BackupError(f"There is no archive {path}.") from error
    except BackupError:
        raise
    except Exception as error:
        # A damaged or hostile file makes tarfile and zlib raise errors of nearly every kind.
        raise BackupError(
            "The archive is damaged and cannot be read to its end "
            f"({type(error).__name__}: {_printable(error)}). Use another archive."
        ) from error
    if manifest is None:
        raise BackupError("The archive has no manifest: it is incomplete. Use another archive.")
    _compare(manifest["sha256"], found)
    return manifest


def each_file(path: Path, keep: Callable[[str, IO[bytes]], None]) -> None:
    """Call `keep(name, content)` for every member but the manifest, in the archive's order."""
    for member, content in _members(path):
        if member.name != MANIFEST:
            keep(member.name, content)


def _scan(path: Path) -> tuple[dict | None, dict[str, str]]:
    """Return the manifest, if there is one, and the checksums of the other members."""
    found: dict[str, str] = {}
    manifest = None
    for member, content in _members(path):
        if member.name in found or (member.name == MANIFEST and manifest is not None):
            raise BackupError(
                f"The archive holds {member.name!r} twice; it was not made by backup."
            )
        if member.name == MANIFEST:
            manifest = parsed(content.read(MAX_MANIFEST_BYTES + 1))
            continue
        found[member.name] = _hash_of(content)
    return manifest, found


def _members(path: Path) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    with tarfile.open(path, "r:gz") as tar:
        for member in tar:
            _refuse_tricks(member)
            yield member, tar.extractfile(member)


def _refuse_tricks(member: tarfile.TarInfo) -> None:
    # A sparse file of a few bytes may pretend to be larger than any disk.
    if not is_safe(member.name) or not member.isreg() or member.issparse():
        raise BackupError(
            f"The archive holds {member.name[:300]!r}, which backup never writes; "
            "nothing was touched."
        )


def _printable(error: Exception) -> str:
    return str(error).encode("ascii", "backslashreplace").decode()[:200]


def _hash_of(content: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := content.read(1024 * 1024):
        digest.update(chunk)
    return digest.hexdigest()


def _compare(expected: dict[str, str], found: dict[str, str]) -> None:
    if missing := sorted(expected.keys() - found.keys()):
        raise BackupError(f"The archive lacks {missing[0]!r}: it is incomplete. Use another one.")
    if foreign := sorted(found.keys() - expected.keys()):
        raise BackupError(f"The archive holds {foreign[0]!r}, which its manifest does not know.")
    for name, digest in expected.items():
        if found[name] != digest:
            raise BackupError(
                f"{name!r} is not what was backed up: its checksum differs. Use another archive."
            )
