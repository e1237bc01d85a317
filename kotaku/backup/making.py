"""Make an archive while the site runs."""

import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import django
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from kotaku.backup import databases, record
from kotaku.backup.archive import DATABASES, FORMAT, MEDIA, BackupError, Writer

# A new round is needed if a file was deleted meanwhile; files that are in the archive already are
# kept, so each round is shorter.
MAX_ROUNDS = 10


@dataclass(frozen=True)
class Made:
    """A finished archive: path, size in bytes, number of files and rows."""

    path: Path
    size_bytes: int
    files: int
    rows: int


def prune(folder: Path, keep: int) -> list[Path]:
    """Delete all but the newest `keep` archives of the folder; return the deleted paths."""
    # The names sort by time.
    old = sorted(folder.glob("kotaku-*Z.tar.gz"))[:-keep]
    for path in old:
        path.unlink()
    return old


def backup(folder: Path) -> Made:
    """Write one archive into `folder` and return its facts.

    The archive gets its final name only when complete and on the disk. It contains every file that
    a row names: files never change, are written before their row and deleted after it. So a file
    named by a snapshot exists unless its row was deleted meanwhile; then the next snapshot does not
    name it. Raises BackupError.
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
    files = sum(name.startswith(MEDIA) for name in manifest["sha256"])
    return Made(path, path.stat().st_size, files, sum(manifest["counts"].values()))


def _write(writer: Writer, working: Path) -> dict:
    for _ in range(MAX_ROUNDS):
        with databases.snapshot(working) as snapshot:
            names = record.file_names(snapshot.query, snapshot.tables)
            gone = [name for name in sorted(names) if not _add_file(writer, name)]
            if not gone:
                snapshot.dump()
                with snapshot.file.open("rb") as content:
                    writer.add(DATABASES[connection.vendor], content, snapshot.file.stat().st_size)
                manifest = _facts(snapshot)
                writer.finish(manifest)
                return manifest | {"sha256": writer.checksums}
        snapshot.file.unlink(missing_ok=True)
    raise BackupError(
        f"{len(gone)} files that the database names are not in the media folder, the first is "
        f"{json.dumps(gone[0])}. Put them back from an older archive, or remove their rows."
    )


def _add_file(writer: Writer, name: str) -> bool:
    """Add one file of the storage; return False if it does not exist."""
    if MEDIA + name in writer.checksums:
        return True
    try:
        with default_storage.open(name) as content:
            writer.add(MEDIA + name, content, content.size)
    except FileNotFoundError:
        return False
    return True


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
