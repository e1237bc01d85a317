"""Photos and documents that support a figure."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from areas.models.event import FigureEvent
from areas.models.figure import YearlyFigure
from areas.models.states import EDITABLE
from kotaku.files.digested import digest_of
from kotaku.files.photo_metadata import without_metadata
from kotaku.files.stored_file import StoredFile
from kotaku.workflow import TransitionNotAllowed

MAX_FILES = 5


class EvidenceQuerySet(models.QuerySet):
    """Evidence is visible to users who may read the history of its figure."""

    def visible_to(self, user):
        """Return the evidence of the figures whose history this user may read."""
        return self.filter(figure__in=YearlyFigure.objects.traceable_by(user))

    def removable_by(self, user):
        """Return the evidence of this officer's figures; `remove` checks the figure's state."""
        return self.filter(figure__in=YearlyFigure.objects.editable_by(user))


class Evidence(StoredFile):
    """A file that supports a figure. `slot` 1–5 lets the database enforce the limit of five."""

    folder, owner = "evidence", "figure"

    figure = models.ForeignKey(
        YearlyFigure, on_delete=models.PROTECT, related_name="evidence", verbose_name="isian"
    )
    slot = models.PositiveSmallIntegerField(
        "urutan", validators=[MinValueValidator(1), MaxValueValidator(MAX_FILES)]
    )

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
        ]

    @classmethod
    def attach(cls, figure, upload, *, by):
        """Attach a checked upload (`kotaku.files.uploads`) to an editable figure.

        A duplicate is stored only once. Raises TransitionNotAllowed, with the user's message.
        """
        digest = digest_of(upload)
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
            content, kind = without_metadata(upload, upload.checked_type)
            evidence = cls(figure=figure, slot=free[0], content_type=kind, sha256=digest)
            evidence.store(upload, content, by=by)

    def remove(self, *, by):
        """Remove the file from an editable figure. Raises TransitionNotAllowed."""
        with transaction.atomic():
            _lock_editable(self.figure)
            super().remove(by=by)

    def _record(self, *, added, by):
        kind = FigureEvent.Kind.EVIDENCE_ADDED if added else FigureEvent.Kind.EVIDENCE_REMOVED
        self.figure.events.create(kind=kind, actor=by, at=timezone.now(), reason=self.name)


def _lock_editable(figure):
    # An update without changes locks the row on PostgreSQL and the database on SQLite, so that
    # no submission can happen in between.
    locked = YearlyFigure.objects.filter(pk=figure.pk, status__in=EDITABLE).update(
        version=F("version")
    )
    if not locked:
        raise TransitionNotAllowed(
            "Isian ini sudah diajukan; bukti dukungnya tidak dapat diubah lagi."
        )
