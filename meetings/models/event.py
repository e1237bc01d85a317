"""The history of meetings and reports: append-only; an event is written with its change."""

from django.db import models
from django.db.models import Q

from kotaku.workflow.events import Event


class MeetingEvent(Event):
    """An event of a meeting, its minutes or its attachments: who, when, and why.

    The event keeps the name of an attachment whose row and file were deleted.
    """

    class Kind(models.TextChoices):
        SCHEDULE = "schedule", "Rapat: menjadwalkan"
        FINISH = "finish", "Rapat: menandai selesai"
        CANCEL = "cancel", "Rapat: membatalkan"
        REOPEN = "reopen", "Rapat: membuka kembali"
        CORRECT = "correct", "Rapat: memperbaiki sumbernya"
        SUBMIT = "submit", "Notulen: mengajukan"
        APPROVE = "approve", "Notulen: mengesahkan"
        RETURN = "return", "Notulen: mengembalikan"
        ATTACH = "attach", "Lampiran: menambah"
        DETACH = "detach", "Lampiran: menghapus"

    meeting = models.ForeignKey(
        "meetings.Meeting", on_delete=models.PROTECT, related_name="events", verbose_name="rapat"
    )
    kind = models.CharField("peristiwa", max_length=10, choices=Kind)
    text = models.TextField("alasan atau nama berkas", blank=True)

    class Meta(Event.Meta):
        verbose_name = "riwayat rapat"
        verbose_name_plural = "riwayat rapat"
        constraints = [
            models.CheckConstraint(
                name="meeting_event_text_where_required",
                condition=~Q(kind__in=("cancel", "return", "attach", "detach", "correct"))
                | ~Q(text=""),
                violation_error_message="Tulis alasan atau nama berkasnya.",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.meeting}"


class ArticleEvent(Event):
    """The publication, withdrawal or correction of a report."""

    class Kind(models.TextChoices):
        PUBLISH = "publish", "Berita: menerbitkan"
        WITHDRAW = "withdraw", "Berita: menarik"
        CORRECT = "correct", "Berita: memperbaiki isinya"

    article = models.ForeignKey(
        "meetings.Article", on_delete=models.PROTECT, related_name="events", verbose_name="berita"
    )
    kind = models.CharField("peristiwa", max_length=10, choices=Kind)

    class Meta(Event.Meta):
        verbose_name = "riwayat berita"
        verbose_name_plural = "riwayat berita"

    def __str__(self):
        return f"{self.get_kind_display()}, {self.article}"
