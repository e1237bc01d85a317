"""Whether this process could serve people now: its database, its migrations, its disk."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

# One checked upload is 5 MB; below this, uploads of a busy hour begin to fail.
MINIMUM_FREE_BYTES = 200 * 1024 * 1024


def failures() -> dict[str, str]:
    """Return what is not ready, each with a short reason that names no host, path or account."""
    return dict([*_database_failures(), *_media_failures()])


def _database_failures() -> Iterator[tuple[str, str]]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        yield "database", "unreachable"
    else:
        if missing:
            yield "migrations", f"{len(missing)} not applied"


def _media_failures() -> Iterator[tuple[str, str]]:
    if not isinstance(default_storage, FileSystemStorage):
        return
    folder = _existing_parent(settings.MEDIA_ROOT)
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"ready")
            probe.flush()
    except OSError:
        yield "media", "not writable"
        return
    if shutil.disk_usage(folder).free < MINIMUM_FREE_BYTES:
        yield "disk", "almost full"


def _existing_parent(path) -> Path:
    """The folder of uploads is only made by the first upload; until then its parent counts."""
    folder = Path(path)
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder
