"""Restore an archive."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.core.files.storage import default_storage
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone

from kotaku.backup import loading, record, safety
from kotaku.backup.archive import verified_manifest
from kotaku.backup.inspecting import inspect
from kotaku.backup.manifest import MEDIA, BackupError
from kotaku.backup.media import digest_in_storage, extract_database, restore_files
from kotaku.backup.safety import SafetyCopy
from kotaku.caching import data_version
from kotaku.files.drawn import delete_drawn
from kotaku.integrity import keeping


@dataclass(frozen=True)
class Restored:
    """The result of a restore.

    `missing` files are in neither the archive nor the storage, `altered` ones in both not as they
    were uploaded. `aside` is the folder with replaced files that are in no safety copy, if any.
    """

    made_at: str
    rows: int
    files: int
    removed_files: int
    missing: tuple[str, ...]
    altered: tuple[str, ...]
    safety_copy: SafetyCopy | None
    aside: Path | None
    missing_migrations: int


@dataclass(frozen=True)
class FilesRestored:
    """The result of restoring files only; `missing` are still lost or altered afterwards."""

    made_at: str
    files: int
    missing: tuple[str, ...]
    aside: Path | None


def restore(archive: Path, *, replace: bool = False, safety_folder: Path | None = None) -> Restored:
    """Restore database and media from an archive after verifying all of it.

    Existing data is replaced only with `replace`, and backed up first into `safety_folder` or beside
    the archive, as far as it can be read. Files are restored before the rows that name them, and
    never over a file that is as it was uploaded. Raises BackupError.
    """
    manifest = verified_manifest(archive)
    _refuse_foreign(manifest)
    applied = {tuple(migration) for migration in manifest["migrations"]}
    missing_migrations = len(record.known_migrations() - applied)
    with tempfile.TemporaryDirectory(prefix="kotaku-restore-") as working:
        copy = Path(working) / "database"
        extract_database(archive, copy)
        inspect(copy, manifest)
        safety_folder = safety_folder or archive.parent
        safety_copy = _keep_what_is_here(replace, safety_folder)
        is_readable = safety_copy is None or safety_copy.is_archive
        aside = _aside(safety_folder) if is_readable else safety_copy.path / "media"
        files = {name.removeprefix(MEDIA) for name in manifest["sha256"] if name.startswith(MEDIA)}
        restore_files(
            archive,
            files,
            aside=aside,
            kept=(safety_copy and safety_copy.files) or (),
            originals=manifest["altered"],
        )
        try:
            loading.load(copy, over_damage=not is_readable)
        except BackupError as error:
            raise BackupError(_what_now(error, safety_copy)) from error
    try:
        _compare_counts(manifest)
    finally:
        # Even after an error: no cached page is valid for the restored data.
        if not missing_migrations:
            # Otherwise the `migrate` that must follow does this.
            _install_triggers()
    known = files | set(manifest["missing"])
    return Restored(
        made_at=manifest["made_at"],
        rows=sum(manifest["counts"].values()),
        files=len(files),
        removed_files=_remove(safety_copy, known),
        missing=tuple(name for name in manifest["missing"] if not default_storage.exists(name)),
        altered=tuple(
            name
            for name, digest in manifest["altered"].items()
            if digest_in_storage(name) != digest
        ),
        safety_copy=safety_copy,
        aside=aside if is_readable and aside.exists() else None,
        missing_migrations=missing_migrations,
    )


def restore_lost_files(archive: Path, *, safety_folder: Path | None = None) -> FilesRestored:
    """Restore the files that rows name and that are lost or altered; change nothing else.

    Altered ones are first copied into a folder in `safety_folder` or beside the archive. Raises
    BackupError.
    """
    manifest = verified_manifest(archive)
    if safety.state() != "data":
        raise BackupError(
            "The database here is empty or damaged, so it does not say which files are lost. "
            "Restore the whole archive with --replace."
        )
    wanted = _lost_or_altered(record.live_files())
    held = manifest["sha256"]
    good = {name for name, digest in wanted.items() if held.get(MEDIA + name, "") == digest}
    unknown = {name for name, digest in wanted.items() if not digest and MEDIA + name in held}
    aside = _aside(safety_folder or archive.parent)
    written = restore_files(archive, good | unknown, aside=aside)
    missing = sorted(wanted.keys() - good - unknown)
    return FilesRestored(
        manifest["made_at"], written, tuple(missing), aside if aside.exists() else None
    )


def _aside(folder: Path) -> Path:
    """Return a new folder for files that are replaced; it is made with the first of them."""
    return folder / f"kotaku-replaced-{timezone.now():%Y%m%dT%H%M%S.%fZ}"


def _lost_or_altered(files: dict[str, str]) -> dict[str, str]:
    """Return the files that are not in the storage as their rows say, with their digests."""
    found = {}
    for name, digest in files.items():
        present = digest_in_storage(name)
        if present is None or (digest and present != digest):
            found[name] = digest
    return found


def _keep_what_is_here(replace, folder) -> SafetyCopy | None:
    state = safety.state()
    if state == "empty":
        return None
    if not replace:
        raise BackupError(
            "This installation holds data. To replace all of it by the archive, say --replace."
            if state == "data"
            else "The database of this installation is damaged. Stop the site; to replace the "
            "database by the archive, say --replace."
        )
    return safety.keep_what_is_here(folder, is_damaged=state == "damaged")


def _remove(safety_copy, known: set[str]) -> int:
    """Delete the files that belonged to the replaced data only; return how many."""
    if safety_copy is None or safety_copy.files is None:
        return 0
    removed = [name for name in safety_copy.files - known if default_storage.exists(name)]
    for name in removed:
        default_storage.delete(name)
        delete_drawn(default_storage, name)
    return len(removed)


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
    if record.FIRST_MIGRATION not in applied:
        raise BackupError("The archive's database is not one of this software. Use another one.")


def _install_triggers() -> None:
    """Put the triggers back, which are never taken from an archive. Raises BackupError."""
    try:
        data_version.install(connection.alias)
        keeping.install(connection.alias)
    except CommandError as error:
        raise BackupError(
            f"The data is restored, but rows of the archive break rules of this version:\n{error}"
        ) from error


def _compare_counts(manifest) -> None:
    if table := record.miscounted(record.live_query, record.live_tables(), manifest):
        raise BackupError(
            f"After restoring, {table} does not have the rows that the archive counts. "
            "The data changed meanwhile: stop the site and restore again."
        )


def _what_now(error, safety_copy) -> str:
    if safety_copy is None:
        return f"{error} Nothing else was there; you may try again."
    if not safety_copy.is_archive:
        return (
            f"{error} The database may be empty now; what could be read of it is in "
            f"{safety_copy.path}. Restore the archive again."
        )
    return (
        f"{error} The database may be empty now; what it held is in {safety_copy.path}. "
        "To go back: restore that archive with --replace."
    )
