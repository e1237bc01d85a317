"""Check whether this process can serve requests: database, migrations, disk."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

# Bytes. An upload has up to 5 MB; with less space, uploads of a busy hour fail.
MINIMUM_FREE_BYTES = 200 * 1024 * 1024


def failures() -> dict[str, str]:
    """Return the failed checks with short reasons, without host, path or account names."""
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
    """Return the folder or its nearest existing parent; the first upload creates the folder."""
    folder = Path(path)
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder
