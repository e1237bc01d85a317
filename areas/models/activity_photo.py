"""Photos of an activity at 0, 50 and 100 percent."""

from django.db import models
from django.utils import timezone

from areas.models.activity import Activity
from areas.models.activity_event import ActivityEvent
from kotaku.files.digested import digest_of
from kotaku.files.photos import public_photo
from kotaku.files.stored_file import StoredFile
from kotaku.workflow import TransitionNotAllowed

MAX_PHOTOS = 12
LONGEST_PX = 1200


class ActivityPhotoQuerySet(models.QuerySet):
    """Photos are visible to users who may see their activity."""

    def visible_to(self, user):
        """Return the photos of the activities this user may see."""
        return self.filter(activity__in=Activity.objects.visible_to(user))


class ActivityPhoto(StoredFile):
    """A photo of an activity's progress, re-encoded without the camera's metadata."""

    folder, owner = "activities", "activity"

    class Stage(models.IntegerChoices):
        """The physical progress in percent."""

        BEFORE = 0, "0\N{NO-BREAK SPACE}%"
        HALF = 50, "50\N{NO-BREAK SPACE}%"
        DONE = 100, "100\N{NO-BREAK SPACE}%"

    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, related_name="photos", verbose_name="kegiatan"
    )
    stage = models.PositiveSmallIntegerField("keadaan", choices=Stage)

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
        ]

    @classmethod
    def attach(cls, activity, upload, *, stage: int, by) -> None:
        """Store a checked picture; a duplicate is stored only once.

        Raises TransitionNotAllowed, with the user's message, if there are too many.
        """
        digest = digest_of(upload)
        if activity.photos.filter(stage=stage, sha256=digest).exists():
            return
        if activity.photos.count() >= MAX_PHOTOS:
            raise TransitionNotAllowed(
                f"Paling banyak {MAX_PHOTOS} foto. Hapus satu foto, lalu tambahkan yang baru."
            )
        # Every picture is stored as a JPEG, regardless of the upload's format.
        photo = cls(activity=activity, stage=stage, content_type="image/jpeg", sha256=digest)
        photo.store(upload, public_photo(upload, LONGEST_PX), by=by)

    def _record(self, *, added, by):
        kind = ActivityEvent.Kind.PHOTO_ADDED if added else ActivityEvent.Kind.PHOTO_REMOVED
        stage = self.get_stage_display()
        self.activity.events.create(
            kind=kind, actor=by, at=timezone.now(), changes=[["foto", "", f"{stage}: {self.name}"]]
        )
