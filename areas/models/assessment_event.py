"""The history of assessments: append-only, written only by the actions on them."""

from django.db import models
from django.db.models import Q

from areas.models.event import SOURCE_LENGTH
from areas.models.states import ASSESSMENT_TRANSITIONS
from kotaku.workflow.events import Event
from kotaku.workflow.states import event_kinds, kinds_with_reason


class AssessmentEvent(Event):
    """A change of an assessment: who, when, old and new score, and why.

    `numbers` are the rule and all counts after the change as text, so that no saved value is lost.
    """

    Kind = event_kinds(ASSESSMENT_TRANSITIONS.values())

    assessment = models.ForeignKey(
        "areas.Assessment",
        on_delete=models.PROTECT,
        related_name="events",
        verbose_name="penilaian",
    )
    kind = models.CharField("peristiwa", max_length=20, choices=Kind)
    before_total = models.PositiveSmallIntegerField("nilai sebelum", null=True, blank=True)
    after_total = models.PositiveSmallIntegerField("nilai sesudah", null=True, blank=True)
    numbers = models.JSONField("angka", default=dict)
    reason = models.TextField("alasan atau keterangan", blank=True)
    source = models.CharField("bagian atau berkas", max_length=SOURCE_LENGTH, blank=True)

    class Meta(Event.Meta):
        verbose_name = "riwayat penilaian"
        verbose_name_plural = "riwayat penilaian"
        constraints = [
            models.CheckConstraint(
                name="assessment_event_reason_where_required",
                condition=~Q(kind__in=kinds_with_reason(ASSESSMENT_TRANSITIONS.values()))
                | ~Q(reason=""),
                violation_error_message="Tulis alasannya.",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.assessment}"
