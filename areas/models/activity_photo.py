"""Photos of an activity at 0, 50 and 100 percent."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from areas.models.activity import Activity
from areas.models.evidence import EXTENSIONS
from kotaku.storage import gone_without_its_row

MAX_PHOTOS = 12


def storage_name(photo, filename) -> str:
    """Return a random name: the uploader's own never reaches the disk."""
    return f"activities/{photo.activity_id}/{uuid.uuid4().hex}.{EXTENSIONS[photo.content_type]}"


class ActivityPhotoQuerySet(models.QuerySet):
    """Photos belong to whoever sees the activity."""

    def visible_to(self, user):
        """Return the photos of the activities that this person may see."""
        return self.filter(activity__in=Activity.objects.visible_to(user))

    def editable_by(self, user):
        """Return the photos of the activities that this person may change."""
        return self.filter(activity__in=Activity.objects.editable_by(user))


class ActivityPhoto(models.Model):
    """One picture of how far an activity was, checked by its content (see `areas.uploads`)."""

    class Stage(models.IntegerChoices):
        """How far it was, in percent."""

        BEFORE = 0, "0 %"
        HALF = 50, "50 %"
        DONE = 100, "100 %"

    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, related_name="photos", verbose_name="kegiatan"
    )
    stage = models.PositiveSmallIntegerField("keadaan", choices=Stage)
    file = models.FileField("berkas", upload_to=storage_name, max_length=200)
    name = models.CharField("nama berkas", max_length=150)
    content_type = models.CharField("jenis", max_length=20)
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
            models.CheckConstraint(
                name="activity_photo_stage",
                condition=Q(stage__in=(0, 50, 100)),
                violation_error_message="Pilih 0, 50, atau 100 %.",
            ),
        ]

    def __str__(self):
        return self.name

    @classmethod
    def add(cls, activity, upload, *, stage, by):
        """Store one checked picture (see `areas.uploads`) with its activity."""
        photo = cls(
            activity=activity,
            stage=stage,
            name=upload.name[-150:],
            content_type=upload.checked_type,
            uploaded_by=by,
        )
        photo.file.save(upload.name, upload, save=False)
        with gone_without_its_row(photo.file):
            photo.save(force_insert=True)
