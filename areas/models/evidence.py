"""Photos and documents that show why a figure is what it is."""

import hashlib
import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from areas.models.event import FigureEvent
from areas.models.figure import YearlyFigure
from areas.models.states import EDITABLE
from kotaku.files.downloads import EXTENSIONS, named
from kotaku.workflow import TransitionNotAllowed

MAX_FILES = 5


def storage_name(evidence, filename) -> str:
    """Return a random name: the uploader's own never reaches the disk."""
    extension = EXTENSIONS[evidence.content_type][0]
    return f"evidence/{evidence.figure_id}/{uuid.uuid4().hex}.{extension}"


class EvidenceQuerySet(models.QuerySet):
    """Evidence belongs to whoever may trace its figure."""

    def visible_to(self, user):
        """Return the evidence of the figures whose history this person may read."""
        return self.filter(figure__in=YearlyFigure.objects.traceable_by(user))

    def removable_by(self, user):
        """Return the evidence of this officer's figures (whether it may go now, the verb knows)."""
        return self.filter(figure__in=YearlyFigure.objects.editable_by(user))


class Evidence(models.Model):
    """One file with a figure. `slot` 1–5 lets the database itself enforce the limit of five."""

    figure = models.ForeignKey(
        YearlyFigure, on_delete=models.PROTECT, related_name="evidence", verbose_name="isian"
    )
    slot = models.PositiveSmallIntegerField(
        "urutan", validators=[MinValueValidator(1), MaxValueValidator(MAX_FILES)]
    )
    file = models.FileField("berkas", upload_to=storage_name, max_length=200)
    name = models.CharField("nama berkas", max_length=150)
    content_type = models.CharField(
        "jenis", max_length=20, choices=[(kind, kind) for kind in EXTENSIONS]
    )
    size_bytes = models.PositiveIntegerField("ukuran (byte)")
    sha256 = models.CharField("SHA-256", max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="diunggah oleh",
    )
    uploaded_at = models.DateTimeField("diunggah pada")

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = "bukti dukung"
        verbose_name_plural = "bukti dukung"
        ordering = ["figure", "slot"]
        constraints = [
            models.UniqueConstraint(
                fields=["figure", "slot"],
                name="evidence_slot_once",
                violation_error_message=f"Paling banyak {MAX_FILES} berkas.",
            ),
            models.UniqueConstraint(
                fields=["figure", "sha256"],
                name="evidence_file_once",
                violation_error_message="Berkas ini sudah dilampirkan.",
            ),
            models.CheckConstraint(
                name="evidence_slot_range",
                condition=Q(slot__range=(1, MAX_FILES)),
                violation_error_message=f"Paling banyak {MAX_FILES} berkas.",
            ),
            models.CheckConstraint(
                name="evidence_type_known",
                condition=Q(content_type__in=tuple(EXTENSIONS)),
                violation_error_message="Jenis berkas tidak diterima. Gunakan JPG, PNG, WebP atau PDF.",
            ),
        ]

    def __str__(self):
        return self.name

    @classmethod
    def attach(cls, figure, upload, *, by):
        """Store one checked upload (see `areas.uploads`) with a figure that is still editable.

        The same file twice is kept once. Raises TransitionNotAllowed with the user's sentence.
        """
        digest = hashlib.file_digest(upload, "sha256").hexdigest()
        upload.seek(0)
        with transaction.atomic():
            _lock_editable(figure)
            if figure.evidence.filter(sha256=digest).exists():
                return
            taken = set(figure.evidence.values_list("slot", flat=True))
            free = [slot for slot in range(1, MAX_FILES + 1) if slot not in taken]
            if not free:
                raise TransitionNotAllowed(
                    f"Paling banyak {MAX_FILES} berkas. Hapus satu berkas, lalu tambahkan yang baru."
                )
            evidence = cls(
                figure=figure,
                slot=free[0],
                name=named(upload.name, upload.checked_type),
                content_type=upload.checked_type,
                size_bytes=upload.size,
                sha256=digest,
                uploaded_by=by,
                uploaded_at=timezone.now(),
            )
            evidence.file.save(upload.name, upload, save=False)
            try:
                with transaction.atomic():
                    evidence.save(force_insert=True)
                    _record(figure, FigureEvent.Kind.EVIDENCE_ADDED, by, evidence.name)
            except BaseException:
                evidence.file.delete(save=False)
                raise

    def remove(self, *, by):
        """Take the file away from a figure that is still editable; the history keeps its name."""
        with transaction.atomic():
            _lock_editable(self.figure)
            _record(self.figure, FigureEvent.Kind.EVIDENCE_REMOVED, by, self.name)
            self.delete()
            transaction.on_commit(lambda: self.file.storage.delete(self.file.name), robust=True)


def _lock_editable(figure):
    # An update that changes nothing takes the row's lock on PostgreSQL and the write lock on
    # SQLite, so that no submission can slip in between.
    locked = YearlyFigure.objects.filter(pk=figure.pk, status__in=EDITABLE).update(
        version=F("version")
    )
    if not locked:
        raise TransitionNotAllowed(
            "Isian ini sudah diajukan; bukti dukungnya tidak dapat diubah lagi."
        )


def _record(figure, kind, by, name):
    figure.events.create(kind=kind, actor=by, at=timezone.now(), reason=name)
