"""Restore an archive."""

import hashlib
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection

from kotaku.backup import databases, record
from kotaku.backup.archive import DATABASES, MEDIA, BackupError, each_file, verified_manifest
from kotaku.backup.making import Made, backup
from kotaku.caching import data_version
from kotaku.files.drawn import delete_drawn


@dataclass(frozen=True)
class Restored:
    """The result of a restore."""

    made_at: str
    rows: int
    files: int
    removed_files: int
    safety_copy: Made | None
    missing_migrations: int


def restore(archive: Path, *, replace: bool = False, safety_folder: Path | None = None) -> Restored:
    """Restore database and media from an archive after verifying all of it.

    Existing data is replaced only with `replace`, and backed up first into `safety_folder` or beside
    the archive. Files are restored before the rows that name them. Raises BackupError.
    """
    manifest = verified_manifest(archive)
    _refuse_foreign(manifest)
    applied = {tuple(migration) for migration in manifest["migrations"]}
    missing = record.known_migrations() - applied
    safety_copy, old_files = None, set()
    if _has_data():
        if not replace:
            raise BackupError(
                "This installation holds data. To replace all of it by the archive, say --replace."
            )
        safety_copy = backup(safety_folder or archive.parent)
        old_files = record.file_names(
            record.live_query, set(connection.introspection.table_names())
        )
    with tempfile.TemporaryDirectory(prefix="kotaku-restore-") as working:
        copy = Path(working) / "database"
        files = _restore_files(archive, copy)
        try:
            databases.load(copy)
        except BackupError as error:
            raise BackupError(_what_now(error, safety_copy)) from error
    try:
        _compare_counts(manifest)
    finally:
        # Even after an error: no cached page is valid for the restored data.
        if not missing:
            # Otherwise the `migrate` that must follow renews it.
            data_version.renew(connection.alias)
    removed = [name for name in old_files - files if default_storage.exists(name)]
    for name in removed:
        default_storage.delete(name)
        delete_drawn(default_storage, name)
    return Restored(
        made_at=manifest["made_at"],
        rows=sum(manifest["counts"].values()),
        files=len(files),
        removed_files=len(removed),
        safety_copy=safety_copy,
        missing_migrations=len(missing),
    )


def _refuse_foreign(manifest) -> None:
    if manifest["vendor"] != connection.vendor:
        raise BackupError(
            f"The archive holds a {manifest['vendor']} database, the settings name a "
            f"{connection.vendor} database. Set DATABASE_URL to a database of the archive's kind."
        )
    applied = {tuple(migration) for migration in manifest["migrations"]}
    if record.BEFORE_RELEASE in applied:
        raise BackupError(
            "The archive was made before the first release, and its tables are not those of this "
            "version. Restore it with the version that made it, and enter its data here anew: "
            "kotaku/deploy/README.md says how."
        )
    if newer := applied - record.known_migrations():
        app, name = min(newer)
        raise BackupError(
            f"The archive is of a newer version of the software: its database knows the migration "
            f"{app}.{name}, this version does not. Install that version, then restore."
        )


def _has_data() -> bool:
    try:
        return record.has_data()
    except DatabaseError as error:
        raise BackupError(f"The database cannot be reached: {type(error).__name__}.") from error


def _restore_files(archive, copy) -> set[str]:
    """Write the media files and the copy of the database; return the names of the media files."""
    names = set()

    def keep(name, content):
        if name in DATABASES.values():
            with copy.open("wb") as stream:
                shutil.copyfileobj(content, stream)
            return
        name = name.removeprefix(MEDIA)
        names.add(name)
        _keep_file(name, content)

    try:
        each_file(archive, keep)
    except OSError as error:
        raise BackupError(
            f"The media could not be written: {error.strerror or error}. The database is untouched."
        ) from error
    return names


def _keep_file(name, content) -> None:
    """Write one file under exactly this name, unless it exists already with this content."""
    with tempfile.SpooledTemporaryFile(settings.FILE_UPLOAD_MAX_MEMORY_SIZE) as spooled:
        shutil.copyfileobj(content, spooled)
        spooled.seek(0)
        if default_storage.exists(name):
            with default_storage.open(name) as present:
                same = _digest(present) == _digest(spooled)
            if same:
                return
            default_storage.delete(name)
        spooled.seek(0)
        stored = default_storage.save(name, File(spooled, name))
        if stored != name:
            default_storage.delete(stored)
            raise BackupError(f"{name!r} could not be written under its own name.")


def _digest(stream) -> bytes:
    stream.seek(0)
    return hashlib.file_digest(stream, "sha256").digest()


def _compare_counts(manifest) -> None:
    found = record.counts(record.live_query, set(connection.introspection.table_names()))
    if found != manifest["counts"]:
        differing = sorted(set(found.items()) ^ set(manifest["counts"].items()))
        raise BackupError(
            f"After restoring, {differing[0][0]} does not have the rows that the archive counts. "
            "The data changed meanwhile: stop the site and restore again."
        )


def _what_now(error, safety_copy) -> str:
    if safety_copy is None:
        return f"{error} Nothing else was there; you may try again."
    return (
        f"{error} The database may be empty now; what it held is in {safety_copy.path}. "
        "To go back: restore that archive with --replace."
    )
