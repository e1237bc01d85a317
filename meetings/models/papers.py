"""What belongs to a meeting on paper: attachments, and the letterhead of what is printed."""

import uuid
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from kotaku.files.downloads import EXTENSIONS
from kotaku.files.stored_file import StoredFile, digest_of, type_known
from kotaku.files.uploads import IMAGE_TYPES, check_upload
from kotaku.models import Region
from meetings.models.event import MeetingEvent
from meetings.models.meeting import Meeting


class AttachmentQuerySet(models.QuerySet):
    """Attachments are seen by who sees their meeting."""

    def visible_to(self, user):
        """Return the attachments of the meetings that this person may open."""
        return self.filter(meeting__in=Meeting.objects.visible_to(user))

    def removable_by(self, user):
        """Return what this person may take away."""
        return self.filter(meeting__in=Meeting.objects.editable_by(user))


class Attachment(StoredFile):
    """A photo or a document of a meeting; judged by its content when it is uploaded."""

    region_path = "meeting__region"
    folder, owner = "meetings", "meeting"

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
            type_known("attachment_type_known"),
        ]

    @property
    def is_image(self) -> bool:
        """Whether it can be shown as a picture."""
        return self.content_type in IMAGE_TYPES.values()

    @classmethod
    def attach(cls, meeting, upload, *, kind, caption, by):
        """Store an upload with its meeting; the same file twice is kept once.

        Raises ValidationError with the sentence for who chose the file.
        """
        content_type, digest = check_upload(upload), digest_of(upload)
        if meeting.attachments.filter(sha256=digest).exists():
            return
        attachment = cls(
            meeting=meeting, kind=kind, caption=caption, content_type=content_type, sha256=digest
        )
        attachment.store(upload, upload, by=by)

    def _record(self, *, added, by):
        kind = MeetingEvent.Kind.ATTACH if added else MeetingEvent.Kind.DETACH
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
