"""Keep what is here before a restore replaces it, as far as it can be read."""

import shutil
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg2
from django.db import DatabaseError, OperationalError, connection
from django.utils import timezone

from kotaku.backup import loading, postgres, record
from kotaku.backup.databases import DatabaseDamaged
from kotaku.backup.making import Made, backup
from kotaku.backup.manifest import BackupError

# The answers of SQLite that say nothing about the state of its file.
_BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM")

_REMAINS = (
    "So this is no archive that `restore` reads, but what could be copied of the database, for a "
    "specialist. Uploaded files stay where they are; those that the archive replaces are kept in the "
    "folder media."
)


@dataclass(frozen=True)
class SafetyCopy:
    """What was here: an archive, or only the remains of a damaged database in a folder.

    `files` is None if the database could not be asked which files it names. `gaps` are sentences
    about what is not in the copy.
    """

    path: Path
    is_archive: bool
    files: frozenset[str] | None
    gaps: tuple[str, ...] = ()


def state() -> str:
    """Return "empty", "data" or "damaged". Raises BackupError if the database is unreachable."""
    try:
        return "data" if record.has_data() else "empty"
    except DatabaseError as error:
        if _has_no_folder():
            return "empty"
        if _is_unreachable(error):
            raise BackupError(f"The database cannot be reached: {type(error).__name__}.") from error
        return "damaged"


def _has_no_folder() -> bool:
    """Whether the folder of the SQLite database is lost with it."""
    return connection.vendor == "sqlite" and not loading.sqlite_files()[0].parent.exists()


def _is_unreachable(error) -> bool:
    if connection.vendor == "sqlite":
        name = getattr(error.__cause__, "sqlite_errorname", "")
        return name.startswith(_BUSY)
    return isinstance(error, OperationalError) and connection.connection is None


def keep_what_is_here(folder: Path, *, is_damaged: bool) -> SafetyCopy:
    """Back up what is here; if the database is damaged, copy its remains instead.

    Raises BackupError if neither can be written.
    """
    if not is_damaged:
        try:
            made = backup(folder)
        except DatabaseDamaged as damage:
            return _keep_remains(folder, str(damage))
        except BackupError as error:
            raise BackupError(
                f"{error} So there is no safety copy in {folder}, and nothing was touched. "
                "--safety-folder names another folder."
            ) from error
        return SafetyCopy(made.path, True, frozenset(record.live_files()), _gaps(made))
    return _keep_remains(folder, "The database here is damaged.")


def _gaps(made: Made) -> tuple[str, ...]:
    if not made.missing:
        return ()
    lost, first = len(made.missing), made.missing[0]
    return (f"{lost} files that its rows name were lost already, the first is {first!r}.",)


def _keep_remains(folder, damage) -> SafetyCopy:
    path = folder / f"kotaku-damaged-{timezone.now():%Y%m%dT%H%M%SZ}"
    connection.close()
    try:
        path.mkdir(parents=True, mode=0o700)
        gaps = tuple(_KEEPERS[connection.vendor](path))
    except OSError as error:
        raise BackupError(
            f"What is left of the damaged database could not be copied to {path}: "
            f"{error.strerror or error}. Name another folder with --safety-folder."
        ) from error
    return SafetyCopy(path, False, None, (f"{damage} {_REMAINS}", *gaps))


def _keep_sqlite(path):
    for file in loading.sqlite_files():
        if file.exists():
            target = path / file.name
            try:
                shutil.copyfile(file, target)
            except OSError as error:
                # A damaged disk: keep the blocks before the unreadable one.
                if not target.exists() or error.errno == 28:
                    raise
                yield f"{file.name} could be read only up to byte {target.stat().st_size}."


def _keep_postgres(path):
    for table in sorted(_postgres_tables()):
        with closing(postgres.session()) as session, session.cursor() as cursor:
            target = path / f"{table}.csv"
            with target.open("wb") as stream:
                try:
                    cursor.copy_expert(
                        f"COPY {record.quoted(table)} TO STDOUT WITH (FORMAT csv, HEADER)", stream
                    )
                except psycopg2.Error as error:
                    yield f"{target.name} is incomplete: {postgres.first_line(error)}."


def _postgres_tables() -> list[str]:
    with closing(postgres.session()) as session, session.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        return [name for (name,) in cursor.fetchall()]


_KEEPERS = {"sqlite": _keep_sqlite, "postgresql": _keep_postgres}
