"""Whether the files in the storage are those that rows name, unaltered, and no others."""

from collections.abc import Iterator
from datetime import timedelta

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.utils import timezone

from kotaku.backup import record
from kotaku.files.digested import digest_of, digested_fields
from kotaku.files.drawn import Size, drawn_name
from kotaku.verification.checks import named

ADVICE = (
    "Kembalikan berkas yang hilang atau berubah: manage.py restore --files-only ARSIP, mulai dari "
    "cadangan terbaru. Berkas tanpa baris boleh dipindahkan ke luar folder unggahan."
)
# A file is written before its row, so a new one may still wait for it.
SETTLED = timedelta(days=1)


def deviations() -> Iterator[str]:
    """Yield a sentence for each file that is lost, altered or named by no row."""
    known = set()
    for model in record.all_models():
        for field in digested_fields(model):
            sizes = [each.name for each in model._meta.fields if each.name == "size_bytes"]
            facts = model._base_manager.exclude(**{field.name: ""}).order_by("pk")
            for key, name, digest, *size in facts.values_list(
                "pk", field.name, field.digest_field, *sizes
            ).iterator(chunk_size=1000):
                known.add(name)
                if fault := _fault(name, digest, *size):
                    yield f"Berkas {name} ({named(model, key)}) {fault}."
    yield from _without_row(known)


def _fault(name, digest, size=None) -> str:
    try:
        with default_storage.open(name) as content:
            if digest:
                return "" if digest_of(content) == digest else "isinya berubah sejak diunggah"
            is_right = size is None or content.size == size
            return "" if is_right else "ukurannya berubah sejak diunggah"
    except FileNotFoundError:
        return "hilang dari penyimpanan"
    except (OSError, SuspiciousFileOperation) as error:
        return f"tidak dapat dibaca ({type(error).__name__})"


def _without_row(known):
    drawn = {drawn_name(name, size) for name in known for size in Size}
    limit = timezone.now() - SETTLED
    for name in _stored(""):
        if name in known or name in drawn:
            continue
        try:
            is_settled = default_storage.get_modified_time(name) < limit
        except OSError:
            # Deleted meanwhile.
            continue
        if is_settled:
            yield f"Berkas {name} ada di penyimpanan, tetapi tidak disebut oleh baris mana pun."


def _stored(folder) -> Iterator[str]:
    """Yield the names of all stored files below a folder."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    start = f"{folder}/" if folder else ""
    yield from (f"{start}{name}" for name in sorted(files))
    for each in sorted(folders):
        yield from _stored(f"{start}{each}")
