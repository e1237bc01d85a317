"""A file that belongs to a record: evidence of a figure, a photo of an activity, an attachment."""

import uuid

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from kotaku.files.digested import DigestedFileField, digest_column
from kotaku.files.downloads import EXTENSIONS, named
from kotaku.files.drawn import delete_drawn
from kotaku.files.office import OFFICE_TYPES
from kotaku.files.photo_metadata import taken_on
from kotaku.files.storage import gone_without_its_row
from kotaku.formats import format_date


def storage_name(row, filename) -> str:
    """Return a random name in the folder of the record; the uploaded name is never used."""
    extension = EXTENSIONS[row.content_type][0]
    return f"{row.folder}/{getattr(row, row.owner).pk}/{uuid.uuid4().hex}.{extension}"


class StoredFile(models.Model):
    """A checked file of a record; file and row exist together or not at all.

    A subclass declares its folder and the field of the owning record, forbids duplicates by a
    constraint, and writes the record's history in `_record`.
    """

    folder: str
    owner: str

    file = DigestedFileField(
        "berkas", upload_to=storage_name, max_length=200, digest_field="stored_sha256"
    )
    # Differs from `sha256`, which is that of the upload: photos are stored without their metadata.
    stored_sha256 = digest_column()
    name = models.CharField("nama berkas", max_length=150)
    content_type = models.CharField(
        "jenis berkas",
        max_length=20,
        choices=[(kind, kind) for kind in EXTENSIONS if kind not in OFFICE_TYPES],
    )
    size_bytes = models.PositiveIntegerField("ukuran (byte)")
    sha256 = models.CharField("SHA-256", max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="diunggah oleh",
    )
    uploaded_at = models.DateTimeField("diunggah pada", default=timezone.now)
    # Null if the phone wrote none, or one that cannot be.
    taken_on = models.DateField("tanggal foto menurut ponsel", null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name

    @property
    def taken_text(self) -> str:
        """The day on which the photo was taken, for lists of files; empty if unknown."""
        return f"difoto {format_date(self.taken_on)} menurut ponsel" if self.taken_on else ""

    def store(self, upload, content, *, by) -> None:
        """Write the content to the storage, then the row and its history event.

        `upload` is the file as sent, with its name; digest and `content_type` are already set. If a
        double click sends the same file at the same time, nothing changes.
        """
        self.name = named(upload.name, self.content_type)
        self.size_bytes = content.size
        self.taken_on = taken_on(upload)
        self.uploaded_by = by
        self.file.save(upload.name, content, save=False)
        try:
            with gone_without_its_row(self.file), transaction.atomic():
                self.save(force_insert=True)
                self._record(added=True, by=by)
        except IntegrityError:
            return

    def remove(self, *, by) -> None:
        """Delete the row, and the file after the commit.

        The file's name remains in the history of the record.
        """
        with transaction.atomic():
            deleted, _ = type(self)._default_manager.filter(pk=self.pk).delete()
            if not deleted:
                return
            self._record(added=False, by=by)
            transaction.on_commit(self._delete_files, robust=True)

    def _delete_files(self):
        self.file.storage.delete(self.file.name)
        delete_drawn(self.file.storage, self.file.name)

    def _record(self, *, added: bool, by) -> None:
        raise NotImplementedError
