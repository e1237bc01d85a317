"""A file field that records the SHA-256 of what it stored, so that damage on the disk is noticed."""

import hashlib

from django.core.files.storage import default_storage
from django.db import models
from django.db.models.fields.files import FieldFile


def digest_of(file) -> str:
    """Return the SHA-256 of a file's whole content, and rewind the file."""
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return digest


class DigestedFile(FieldFile):
    """A stored file; saving a new one notes its digest in the row."""

    def save(self, name, content, save=True):
        """Note the digest of the content, then store it."""
        setattr(self.instance, self.field.digest_field, digest_of(content))
        super().save(name, content, save)

    save.alters_data = True


class DigestedFileField(models.FileField):
    """`digest_field` names the field of the same model, declared after this one, with the digest.

    It is "" without a file, and for files stored before digests were recorded that were missing
    when the column was added.
    """

    attr_class = DigestedFile

    def __init__(self, *args, digest_field: str = "", **kwargs):
        self.digest_field = digest_field
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        """Return a plain file field: migrations need no digests, and the column is the same."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.FileField", args, kwargs

    def pre_save(self, instance, add):
        """Store a new file; without a file there is no digest."""
        file = super().pre_save(instance, add)
        if not file:
            setattr(instance, self.digest_field, "")
        return file


def digest_column() -> models.CharField:
    """Return the field for the digest of a stored file."""
    return models.CharField(
        "SHA-256 berkas tersimpan", max_length=64, blank=True, default="", editable=False
    )


def digested_fields(model) -> list[DigestedFileField]:
    """Return the file fields of a model."""
    return [each for each in model._meta.local_fields if isinstance(each, DigestedFileField)]


def note_digests(apps, label: str, file_field: str, digest_field: str) -> None:
    """Note the digests of files that were stored before; for migrations.

    A file that is missing or cannot be read keeps none; `verify_record` names it.
    """
    rows = apps.get_model(label)._base_manager.exclude(**{file_field: ""})
    for key, name in rows.values_list("pk", file_field):
        try:
            with default_storage.open(name) as content:
                digest = digest_of(content)
        except OSError:
            continue
        rows.filter(pk=key).update(**{digest_field: digest})
