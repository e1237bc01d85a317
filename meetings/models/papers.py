"""What belongs to a meeting on paper: attachments, and the letterhead of what is printed."""

import hashlib
import uuid
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone

from kotaku.files.downloads import EXTENSIONS, named
from kotaku.files.storage import gone_without_its_row
from kotaku.files.uploads import IMAGE_TYPES, check_upload
from kotaku.models import Region
from meetings.models.event import MeetingEvent
from meetings.models.meeting import Meeting


def attachment_name(attachment, filename) -> str:
    """Return a random name: the uploader's own never reaches the disk."""
    extension = EXTENSIONS[attachment.content_type][0]
    return f"meetings/{attachment.meeting_id}/{uuid.uuid4().hex}.{extension}"


class AttachmentQuerySet(models.QuerySet):
    """Attachments are seen by who sees their meeting."""

    def visible_to(self, user):
        """Return the attachments of the meetings that this person may open."""
        return self.filter(meeting__in=Meeting.objects.visible_to(user))

    def removable_by(self, user):
        """Return what this person may take away."""
        return self.filter(meeting__in=Meeting.objects.editable_by(user))


class Attachment(models.Model):
    """A photo or a document of a meeting; judged by its content when it is uploaded."""

    region_path = "meeting__region"

    class Kind(models.TextChoices):
        PHOTO = "photo", "Dokumentasi (foto)"
        SLIDES = "slides", "Bahan paparan"
        ATTENDANCE = "attendance", "Daftar hadir bertanda tangan"
        MINUTES = "minutes", "Notulen bertanda tangan"
        OTHER = "other", "Lainnya"

    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="attachments", verbose_name="rapat"
    )
    kind = models.CharField("jenis", max_length=12, choices=Kind, default=Kind.PHOTO)
    caption = models.CharField("keterangan", max_length=200, blank=True)
    file = models.FileField("berkas", upload_to=attachment_name, max_length=200)
    name = models.CharField("nama berkas", max_length=150)
    content_type = models.CharField("jenis berkas", max_length=20)
    size_bytes = models.PositiveIntegerField("ukuran (byte)")
    sha256 = models.CharField("SHA-256", max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="diunggah oleh",
    )
    uploaded_at = models.DateTimeField("diunggah pada", default=timezone.now)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = "lampiran"
        verbose_name_plural = "lampiran"
        ordering = ["meeting", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "sha256"],
                name="attachment_file_once",
                violation_error_message="Berkas ini sudah dilampirkan.",
            ),
            models.CheckConstraint(
                name="attachment_type_known",
                condition=Q(content_type__in=tuple(EXTENSIONS)),
                violation_error_message="Jenis berkas tidak diterima. Gunakan JPG, PNG, WebP atau PDF.",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_image(self) -> bool:
        """Whether it can be shown as a picture."""
        return self.content_type in IMAGE_TYPES.values()

    @classmethod
    def attach(cls, meeting, upload, *, kind, caption, by):
        """Store an upload with its meeting; the same file twice is kept once.

        Raises ValidationError with the sentence for who chose the file.
        """
        content_type = check_upload(upload)
        digest = hashlib.file_digest(upload, "sha256").hexdigest()
        upload.seek(0)
        if meeting.attachments.filter(sha256=digest).exists():
            return
        attachment = cls(
            meeting=meeting,
            kind=kind,
            caption=caption,
            name=named(upload.name, content_type),
            content_type=content_type,
            size_bytes=upload.size,
            sha256=digest,
            uploaded_by=by,
        )
        attachment.file.save(upload.name, upload, save=False)
        try:
            with gone_without_its_row(attachment.file), transaction.atomic():
                attachment.save(force_insert=True)
                attachment._record(MeetingEvent.Kind.ATTACH, by)
        except IntegrityError:
            # A second click brought the same file at the same moment.
            return

    def remove(self, *, by) -> None:
        """Take the file away, from the disk only once the database has forgotten it.

        The meeting's history keeps its name.
        """
        with transaction.atomic():
            deleted, _ = Attachment.objects.filter(pk=self.pk).delete()
            if not deleted:
                return
            self._record(MeetingEvent.Kind.DETACH, by)
            transaction.on_commit(lambda: self.file.storage.delete(self.file.name), robust=True)

    def _record(self, kind, by):
        self.meeting.events.create(kind=kind, actor=by, at=timezone.now(), text=self.name)


def logo_name(letterhead, filename) -> str:
    """Return a random name for the logo, with the extension of its checked type.

    A file that a form gives is at the letterhead already; one that is stored by `logo.save` is not,
    and keeps the extension that it is given.
    """
    logo = letterhead.logo
    is_given = logo and logo.name == filename
    ending = f".{EXTENSIONS[check_upload(logo)][0]}" if is_given else PurePath(filename).suffix
    return f"letterhead/{uuid.uuid4().hex}{ending}"


def validate_logo(upload) -> None:
    """Refuse what is no picture. Raises ValidationError."""
    if check_upload(upload) not in IMAGE_TYPES.values():
        raise ValidationError("Logo harus berupa gambar JPG, PNG atau WebP.")


class Letterhead(models.Model):
    """The office's letterhead on everything that is printed in a region; there is one for each."""

    region_path = "region"

    region = models.OneToOneField(
        Region,
        on_delete=models.PROTECT,
        related_name="letterhead",
        verbose_name="wilayah",
        error_messages={"unique": "Wilayah ini sudah mempunyai kop surat; ubah yang sudah ada."},
    )
    government = models.CharField(
        "baris pertama", max_length=120, help_text="Pemerintah Kota Banjar"
    )
    office = models.CharField(
        "nama kantor",
        max_length=160,
        default="Badan Perencanaan Pembangunan Daerah",
        help_text="Juga penyelenggara yang diusulkan untuk rapat baru.",
    )
    address = models.TextField(
        "alamat", blank=True, help_text="Alamat, telepon, surel; tampil di bawah nama kantor."
    )
    city = models.CharField(
        "kota pada tanggal surat",
        max_length=60,
        help_text="Banjar, 8 November 2016",
    )
    logo = models.FileField("logo", upload_to=logo_name, blank=True, validators=[validate_logo])

    class Meta:
        verbose_name = "kop surat"
        verbose_name_plural = "kop surat"
        ordering = ["region__code"]

    def __str__(self):
        return self.office

    @classmethod
    def of(cls, region: Region) -> "Letterhead":
        """Return a region's letterhead; one with the region's name while the admin has set none."""
        own = cls.objects.filter(region=region).first()
        return own or cls(
            region=region, government=f"Pemerintah {region.full_name}", city=region.name
        )
