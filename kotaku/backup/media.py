"""Write uploaded files from an archive into the storage."""

import hashlib
import shutil
import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage

from kotaku.backup.archive import each_file
from kotaku.backup.manifest import DATABASES, MEDIA, BackupError


def extract_database(archive: Path, copy: Path) -> None:
    """Write the archive's database to the path `copy`."""

    def keep(name, content):
        if name in DATABASES.values():
            with copy.open("wb") as stream:
                shutil.copyfileobj(content, stream)

    try:
        each_file(archive, keep)
    except OSError as error:
        raise BackupError(
            f"The archive's database could not be unpacked: {error.strerror or error}. "
            "Nothing was touched."
        ) from error


def restore_files(
    archive: Path,
    names: set[str],
    *,
    aside: Path,
    kept: Collection[str] = (),
    originals: Mapping[str, str] | None = None,
) -> int:
    """Write these files unless they exist already as they should be; return how many.

    As they should be: with the archive's content, or with the checksum in `originals`. A file that
    is replaced is first copied to the folder `aside`, unless it is one of those `kept` elsewhere.
    Raises BackupError.
    """
    written = 0

    def keep(name, content):
        nonlocal written
        name = name.removeprefix(MEDIA)
        if name in names:
            original = (originals or {}).get(name, "")
            written += _keep_file(name, content, original, None if name in kept else aside)

    try:
        each_file(archive, keep)
    except BackupError:
        raise
    except Exception as error:
        # A bucket has errors of its own.
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise BackupError(
            f"The media could not be written: {reason}. The database is untouched."
        ) from error
    return written


def digest_in_storage(name: str) -> str | None:
    """Return the SHA-256 of a stored file; None if it is missing or cannot be read."""
    try:
        with default_storage.open(name) as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except OSError:
        return None


def _keep_file(name, content, original, aside) -> bool:
    """Write one file under exactly this name; return False if nothing was to be done."""
    with tempfile.SpooledTemporaryFile(settings.FILE_UPLOAD_MAX_MEMORY_SIZE) as spooled:
        shutil.copyfileobj(content, spooled)
        spooled.seek(0)
        if default_storage.exists(name):
            digest = hashlib.file_digest(spooled, "sha256").hexdigest()
            if digest_in_storage(name) in (digest, original):
                return False
            if aside:
                _copy_aside(name, aside)
            default_storage.delete(name)
        spooled.seek(0)
        stored = default_storage.save(name, File(spooled, name))
        if stored != name:
            default_storage.delete(stored)
            raise BackupError(f"{name!r} could not be written under its own name.")
    return True


def _copy_aside(name, aside):
    target = aside / name
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        content = default_storage.open(name)
    except OSError:
        # Unreadable: there is nothing to keep.
        return
    with content, target.open("wb") as stream:
        shutil.copyfileobj(content, stream)
