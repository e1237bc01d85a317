"""Attachments of a meeting, and the letterhead of printed papers."""

import uuid
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from kotaku.files.digested import DigestedFileField, digest_column, digest_of
from kotaku.files.downloads import EXTENSIONS
from kotaku.files.photo_metadata import without_metadata
from kotaku.files.stored_file import StoredFile
from kotaku.files.uploads import IMAGE_TYPES, PICTURES_TEXT, check_document, check_upload
from kotaku.models import Region
from meetings.models.event import MeetingEvent
from meetings.models.meeting import Meeting

TWIN = "Berkas ini sudah dilampirkan."


class AttachmentQuerySet(models.QuerySet):
    """Attachments are visible to users who may see their meeting."""

    def visible_to(self, user):
        """Return the attachments of the meetings this user may open."""
        return self.filter(meeting__in=Meeting.objects.visible_to(user))

    def removable_by(self, user):
        """Return the attachments this user may remove."""
        return self.filter(meeting__in=Meeting.objects.editable_by(user))


class Attachment(StoredFile):
    """A photo or document of a meeting; its content is checked on upload."""

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
    content_type = models.CharField(
        "jenis berkas", max_length=80, choices=[(kind, kind) for kind in EXTENSIONS]
    )

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = "lampiran"
        verbose_name_plural = "lampiran"
        ordering = ["meeting", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "sha256"],
                name="attachment_file_once",
                violation_error_message=TWIN,
            ),
        ]

    @property
    def is_image(self) -> bool:
        """Whether it is an image."""
        return self.content_type in IMAGE_TYPES.values()

    @classmethod
    def attach(cls, meeting, upload, *, kind, caption, by):
        """Store an upload with its meeting; a duplicate is kept once, as it was described first.

        Raises ValidationError with the message for the user.
        """
        content_type, digest = check_document(upload), digest_of(upload)
        if twin := meeting.attachments.filter(sha256=digest).first():
            if (twin.kind, twin.caption) != (kind, caption):
                raise ValidationError(
                    f"{TWIN} Namanya {twin.name}, jenisnya {twin.get_kind_display()}."
                )
            return
        content, content_type = without_metadata(upload, content_type)
        attachment = cls(
            meeting=meeting, kind=kind, caption=caption, content_type=content_type, sha256=digest
        )
        attachment.store(upload, content, by=by)

    def _record(self, *, added, by):
        kind = MeetingEvent.Kind.ATTACH if added else MeetingEvent.Kind.DETACH
        self.meeting.events.create(kind=kind, actor=by, at=timezone.now(), text=self.name)


def logo_name(letterhead, filename) -> str:
    """Return a random name for the logo, with the extension of its checked type.

    A form has assigned its file to the letterhead before; `logo.save` does so later, and then the
    given extension is kept.
    """
    logo = letterhead.logo
    is_given = logo and logo.name == filename
    ending = f".{EXTENSIONS[check_upload(logo)][0]}" if is_given else PurePath(filename).suffix
    return f"letterhead/{uuid.uuid4().hex}{ending}"


def validate_logo(upload) -> None:
    """Reject a file that is not an image. Raises ValidationError."""
    if check_upload(upload) not in IMAGE_TYPES.values():
        raise ValidationError(f"Logo harus berupa gambar {PICTURES_TEXT}.")


class Letterhead(models.Model):
    """The office's letterhead on everything printed in a region; one per region."""

    region_path = "region"

    region = models.OneToOneField(
        Region,
        on_delete=models.PROTECT,
        related_name="letterhead",
        verbose_name="wilayah",
        error_messages={"unique": "Wilayah ini sudah mempunyai kop surat; ubah yang sudah ada."},
    )
    government = models.CharField(
        "baris pertama",
        max_length=120,
        help_text="Nama pemerintah daerah, sebagai baris pertama kop.",
    )
    office = models.CharField(
        "nama kantor",
        max_length=160,
        default="Badan Perencanaan Pembangunan Daerah",
        help_text="Juga penyelenggara yang diusulkan untuk rapat baru.",
    )
    address = models.TextField(
        "alamat", blank=True, help_text="Alamat, telepon, email; tampil di bawah nama kantor."
    )
    city = models.CharField(
        "kota pada tanggal surat",
        max_length=60,
        help_text="Banjar, 8 November 2016",
    )
    logo = DigestedFileField(
        "logo",
        upload_to=logo_name,
        blank=True,
        validators=[validate_logo],
        digest_field="logo_sha256",
    )
    logo_sha256 = digest_column()

    class Meta:
        verbose_name = "kop surat"
        verbose_name_plural = "kop surat"
        ordering = ["region__code"]

    def __str__(self):
        return self.office

    @classmethod
    def of(cls, region: Region) -> "Letterhead":
        """Return a region's letterhead; if the admin has set none, one with the region's name."""
        own = cls.objects.filter(region=region).first()
        return own or cls(
            region=region, government=f"Pemerintah {region.full_name}", city=region.name
        )
