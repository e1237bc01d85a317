"""The history of meetings and reports: append-only; an event is written with its change."""

from django.db import models
from django.db.models import Q

from kotaku.workflow.events import Event
from kotaku.workflow.states import event_kinds, kinds_with_reason
from meetings.models.states import (
    ARTICLE_TRANSITIONS,
    MEETING_TRANSITIONS,
    MINUTES_TRANSITIONS,
)

TRANSITIONS = (*MEETING_TRANSITIONS.values(), *MINUTES_TRANSITIONS.values())


class MeetingEvent(Event):
    """An event of a meeting, its minutes, its attachments or its messages: who, when, and why.

    The event keeps the name of an attachment whose row and file were deleted, and whose message was
    ticked as handed over by mistake.
    """

    Kind = event_kinds(
        TRANSITIONS,
        CORRECT="Rapat: memperbaiki sumbernya",
        ATTACH="Lampiran: menambah",
        DETACH="Lampiran: menghapus",
        UNTICK="Penyerahan: menarik centang",
    )

    meeting = models.ForeignKey(
        "meetings.Meeting", on_delete=models.PROTECT, related_name="events", verbose_name="rapat"
    )
    kind = models.CharField("peristiwa", max_length=10, choices=Kind)
    text = models.TextField("alasan, nama berkas atau penerima", blank=True)

    class Meta(Event.Meta):
        verbose_name = "riwayat rapat"
        verbose_name_plural = "riwayat rapat"
        constraints = [
            models.CheckConstraint(
                name="meeting_event_text_where_required",
                condition=~Q(
                    kind__in=(
                        *kinds_with_reason(TRANSITIONS),
                        "attach",
                        "detach",
                        "correct",
                        "untick",
                    )
                )
                | ~Q(text=""),
                violation_error_message="Tulis alasan, nama berkas, atau penerimanya.",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.meeting}"


class ArticleEvent(Event):
    """The publication, withdrawal or correction of a report."""

    Kind = event_kinds(ARTICLE_TRANSITIONS.values(), CORRECT="Berita: memperbaiki isinya")

    article = models.ForeignKey(
        "meetings.Article", on_delete=models.PROTECT, related_name="events", verbose_name="berita"
    )
    kind = models.CharField("peristiwa", max_length=10, choices=Kind)

    class Meta(Event.Meta):
        verbose_name = "riwayat berita"
        verbose_name_plural = "riwayat berita"

    def __str__(self):
        return f"{self.get_kind_display()}, {self.article}"
