"""Whether the newest archive is recent, without gaps, and one that `restore` takes."""

import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

from kotaku.backup.archive import verified_manifest
from kotaku.backup.inspecting import inspect
from kotaku.backup.making import archives
from kotaku.backup.manifest import BackupError
from kotaku.backup.media import extract_database

ADVICE = "Buat cadangan baru (manage.py backup FOLDER) dan simpan salinannya di mesin lain."
# The timer makes one each night; a late start or a slow disk is no finding.
OLDEST = timedelta(hours=26)


def deviations(folder: Path) -> Iterator[str]:
    """Yield a sentence for each thing that is wrong with the newest archive of a folder."""
    found = archives(folder)
    if not found:
        yield f"Tidak ada arsip cadangan di {folder}."
        return
    newest = found[-1]
    try:
        manifest = verified_manifest(newest)
        with tempfile.TemporaryDirectory(prefix="kotaku-verify-") as working:
            copy = Path(working) / "database"
            extract_database(newest, copy)
            inspect(copy, manifest)
    except BackupError as error:
        yield f"Arsip cadangan {newest.name} tidak dapat dipulihkan: {error}"
        return
    made_at = datetime.fromisoformat(manifest["made_at"])
    age = timezone.now() - (made_at if made_at.tzinfo else timezone.make_aware(made_at))
    if age > OLDEST:
        hours = int(age.total_seconds() // 3600)
        yield f"Arsip cadangan terbaru ({newest.name}) dibuat {hours} jam yang lalu."
    if manifest["missing"]:
        yield f"Arsip cadangan {newest.name} tidak memuat {len(manifest['missing'])} berkas yang hilang."
    if manifest["altered"]:
        yield (
            f"Arsip cadangan {newest.name} memuat {len(manifest['altered'])} berkas yang berubah "
            "sejak diunggah."
        )
