"""The history of figures: append-only, written by the verbs of YearlyFigure and nothing else."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from areas.models.programme import HECTARES


class FigureEvent(models.Model):
    """One thing that happened to a figure: who, when, from which hectares to which, and why."""

    class Kind(models.TextChoices):
        ENTERED = "entered", "Mengisi"
        EVIDENCE_ADDED = "evidence_added", "Menambah bukti"
        EVIDENCE_REMOVED = "evidence_removed", "Menghapus bukti"
        SUBMITTED = "submitted", "Mengajukan"
        RETURNED = "returned", "Mengembalikan"
        VERIFIED = "verified", "Memverifikasi"
        CORRECTED = "corrected", "Mengoreksi"

    figure = models.ForeignKey(
        "areas.YearlyFigure", on_delete=models.PROTECT, related_name="events", verbose_name="isian"
    )
    kind = models.CharField("peristiwa", max_length=20, choices=Kind)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="oleh"
    )
    at = models.DateTimeField("waktu")
    before_ha = models.DecimalField("dari (Ha)", null=True, blank=True, **HECTARES)
    after_ha = models.DecimalField("menjadi (Ha)", null=True, blank=True, **HECTARES)
    reason = models.TextField("alasan atau keterangan", blank=True)

    class Meta:
        verbose_name = "riwayat isian"
        verbose_name_plural = "riwayat isian"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="event_reason_where_required",
                condition=~Q(kind__in=("returned", "corrected")) | ~Q(reason=""),
                violation_error_message="Tulis alasannya.",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.figure}"
