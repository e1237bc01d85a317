"""Make an archive while the site runs."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import django
from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from kotaku.backup import databases, record
from kotaku.backup.archive import Writer
from kotaku.backup.manifest import DATABASES, FORMAT, MEDIA, BackupError, is_safe

# A new round is needed if a file was deleted meanwhile; files that are in the archive already are
# kept, so each round is shorter.
MAX_ROUNDS = 10
CHUNK_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Made:
    """A finished archive: path, size in bytes, number of files and rows.

    `missing` are the files that rows name and that are lost or unreadable, `altered` those whose
    content is not what was uploaded; the archive has the rows of all of them.
    """

    path: Path
    size_bytes: int
    files: int
    rows: int
    missing: tuple[str, ...] = ()
    altered: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether it holds every file as it was uploaded."""
        return not (self.missing or self.altered)


def prune(folder: Path, keep: int) -> list[Path]:
    """Delete all but the newest `keep` archives of the folder; return the deleted paths."""
    # The names sort by time.
    old = archives(folder)[:-keep]
    for path in old:
        path.unlink()
    return old


def archives(folder: Path) -> list[Path]:
    """Return the archives of a folder, the oldest first."""
    return sorted(folder.glob("kotaku-*Z.tar.gz"))


def backup(folder: Path) -> Made:
    """Write one archive into `folder` and return its facts.

    The archive gets its final name only when complete and on the disk. It contains every file that
    a row names: files never change, are written before their row and deleted after it. So a file
    named by a snapshot exists unless its row was deleted meanwhile; then the next snapshot does not
    name it. A file that two snapshots name and that is not there is lost, and is listed in the
    manifest. Raises BackupError.
    """
    path = folder / f"kotaku-{timezone.now():%Y%m%dT%H%M%S.%fZ}.tar.gz"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".kotaku-backup-") as working:
            unfinished = Path(working) / "archive"
            with unfinished.open("xb") as stream:
                unfinished.chmod(0o600)
                manifest = _write(Writer(stream), Path(working))
                stream.flush()
                os.fsync(stream.fileno())
            unfinished.rename(path)
        _settle(folder)
    except OSError as error:
        raise BackupError(
            f"The archive could not be written: {error.strerror or error}."
        ) from error
    return Made(
        path,
        path.stat().st_size,
        files=sum(name.startswith(MEDIA) for name in manifest["sha256"]),
        rows=sum(manifest["counts"].values()),
        missing=tuple(manifest["missing"]),
        altered=tuple(manifest["altered"]),
    )


def _write(writer: Writer, working: Path) -> dict:
    missing_before = set()
    for rounds_left in reversed(range(MAX_ROUNDS)):
        with databases.snapshot(working) as snapshot:
            files = record.files(snapshot.query, snapshot.tables)
            missing = {name for name in sorted(files) if not _add_file(writer, name)}
            if missing <= missing_before or not rounds_left:
                snapshot.dump()
                with snapshot.file.open("rb") as content:
                    writer.add(DATABASES[connection.vendor], content, snapshot.file.stat().st_size)
                manifest = _facts(snapshot) | {
                    "missing": sorted(filter(_can_be_listed, missing)),
                    "altered": {
                        name: digest
                        for name, digest in sorted(files.items())
                        if digest and writer.checksums.get(MEDIA + name, digest) != digest
                    },
                }
                writer.finish(manifest)
                return manifest | {"sha256": writer.checksums, "missing": sorted(missing)}
        missing_before |= missing
        snapshot.file.unlink(missing_ok=True)


def _can_be_listed(name: str) -> bool:
    return is_safe(MEDIA + name)


def _add_file(writer: Writer, name: str) -> bool:
    """Add one file of the storage; return False if it does not exist or cannot be read.

    It is read to its end first: a member that breaks off would damage the archive.
    """
    if MEDIA + name in writer.checksums:
        return True
    with tempfile.SpooledTemporaryFile(settings.FILE_UPLOAD_MAX_MEMORY_SIZE) as spooled:
        if not (_can_be_listed(name) and _read(name, spooled)):
            return False
        size = spooled.tell()
        spooled.seek(0)
        writer.add(MEDIA + name, spooled, size)
    return True


def _read(name: str, target: IO[bytes]) -> bool:
    """Copy a file of the storage; return False if it is missing or its disk is damaged."""
    try:
        content = default_storage.open(name)
    except (OSError, SuspiciousFileOperation):
        return False
    except Exception as error:
        # A bucket that does not answer; each storage has errors of its own.
        raise BackupError(
            f"The uploaded files cannot be reached: {type(error).__name__}. Try again later."
        ) from error
    with content:
        while True:
            try:
                chunk = content.read(CHUNK_BYTES)
            except OSError:
                return False
            if not chunk:
                return True
            target.write(chunk)


def _facts(snapshot) -> dict:
    return {
        "format": FORMAT,
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "vendor": connection.vendor,
        "django": django.get_version(),
        "migrations": record.migrations(snapshot.query, snapshot.tables),
        "counts": record.counts(snapshot.query, snapshot.tables),
    }


def _settle(folder: Path) -> None:
    """Sync the folder, because a rename may be lost in a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
