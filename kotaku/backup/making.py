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

# Each round takes a new look at the database because a file was removed meanwhile; the files that
# are in the archive already stay, so rounds get shorter and shorter.
MAX_ROUNDS = 10


@dataclass(frozen=True)
class Made:
    """A finished archive: where it is, how large, how many files and rows it holds."""

    path: Path
    size_bytes: int
    files: int
    rows: int


def prune(folder: Path, keep: int) -> list[Path]:
    """Remove all but the newest `keep` archives of the folder; return what was removed."""
    # The names sort by time.
    old = sorted(folder.glob("kotaku-*Z.tar.gz"))[:-keep]
    for path in old:
        path.unlink()
    return old


def backup(folder: Path) -> Made:
    """Write one archive into `folder` and return what was made.

    It appears under its final name only when it is complete and on the disk. Every file that a row
    names is in it: files are never changed once written, they only come (before their row) and go
    (after it). So the files that a snapshot names are still there unless their row went meanwhile,
    and then the next snapshot does not name them any more. Raises BackupError.
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
    """Add one file of the storage; False when it is not there."""
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
    """Bring the new name to the disk as well; a rename alone may be lost with the power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
