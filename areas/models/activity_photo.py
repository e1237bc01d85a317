"""Photos of an activity at 0, 50 and 100 percent."""

import hashlib
import uuid
from contextlib import suppress

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone

from areas.models.activity import Activity
from areas.models.activity_event import ActivityEvent
from kotaku.files.downloads import named
from kotaku.files.photos import public_photo
from kotaku.files.storage import gone_without_its_row
from kotaku.workflow import TransitionNotAllowed

MAX_PHOTOS = 12
LONGEST_PX = 1200


def storage_name(photo, filename) -> str:
    """Return a random name: the uploader's own never reaches the disk."""
    return f"activities/{photo.activity_id}/{uuid.uuid4().hex}.jpg"


class ActivityPhotoQuerySet(models.QuerySet):
    """Photos belong to whoever sees the activity."""

    def visible_to(self, user):
        """Return the photos of the activities that this person may see."""
        return self.filter(activity__in=Activity.objects.visible_to(user))


class ActivityPhoto(models.Model):
    """One picture of how far an activity was: drawn anew, without what the camera noted."""

    class Stage(models.IntegerChoices):
        """How far it was, in percent."""

        BEFORE = 0, "0\N{NO-BREAK SPACE}%"
        HALF = 50, "50\N{NO-BREAK SPACE}%"
        DONE = 100, "100\N{NO-BREAK SPACE}%"

    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, related_name="photos", verbose_name="kegiatan"
    )
    stage = models.PositiveSmallIntegerField("keadaan", choices=Stage)
    file = models.FileField("berkas", upload_to=storage_name, max_length=200)
    name = models.CharField("nama berkas", max_length=150)
    sha256 = models.CharField("SHA-256", max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="diunggah oleh",
    )
    uploaded_at = models.DateTimeField("diunggah pada", default=timezone.now)

    objects = ActivityPhotoQuerySet.as_manager()

    class Meta:
        verbose_name = "foto kegiatan"
        verbose_name_plural = "foto kegiatan"
        ordering = ["stage", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "stage", "sha256"],
                name="activity_photo_once",
                violation_error_message="Foto ini sudah ada.",
            ),
            models.CheckConstraint(
                name="activity_photo_stage",
                condition=Q(stage__in=(0, 50, 100)),
                violation_error_message="Pilih 0, 50, atau 100 %.",
            ),
        ]

    def __str__(self):
        return self.name

    @classmethod
    def attach(cls, activity, upload, *, stage: int, by) -> None:
        """Store a checked picture; the same one twice is kept once.

        Raises TransitionNotAllowed with the user's sentence when there are too many.
        """
        digest = hashlib.file_digest(upload, "sha256").hexdigest()
        if activity.photos.filter(stage=stage, sha256=digest).exists():
            return
        if activity.photos.count() >= MAX_PHOTOS:
            raise TransitionNotAllowed(
                f"Paling banyak {MAX_PHOTOS} foto. Hapus satu foto, lalu tambahkan yang baru."
            )
        photo = cls(
            activity=activity,
            stage=stage,
            # Whatever came is stored as a JPEG.
            name=named(upload.name, "image/jpeg"),
            sha256=digest,
            uploaded_by=by,
        )
        photo.file.save(upload.name, public_photo(upload, LONGEST_PX), save=False)
        # A second click may have brought the same photo at the same moment.
        with (
            suppress(IntegrityError),
            gone_without_its_row(photo.file),
            transaction.atomic(),
        ):
            photo.save(force_insert=True)
            photo._record(ActivityEvent.Kind.PHOTO_ADDED, by)

    def remove(self, *, by) -> None:
        """Take the photo away, from the disk only once the database has forgotten it."""
        with transaction.atomic():
            deleted, _ = ActivityPhoto.objects.filter(pk=self.pk).delete()
            if not deleted:
                return
            self._record(ActivityEvent.Kind.PHOTO_REMOVED, by)
            transaction.on_commit(lambda: self.file.storage.delete(self.file.name), robust=True)

    def _record(self, kind, by):
        stage = self.get_stage_display()
        self.activity.events.create(
            kind=kind, actor=by, at=timezone.now(), changes=[["foto", "", f"{stage}: {self.name}"]]
        )
