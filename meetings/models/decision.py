"""Decisions of meetings."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from areas.models import Village
from kotaku.workflow import TransitionNotAllowed
from meetings.models.agenda import AgendaItem
from meetings.models.meeting import Meeting
from meetings.models.minutes import FROM_NEWS


class DecisionQuerySet(models.QuerySet):
    """Decisions are readable together with their meeting's minutes."""

    def readable_by(self, user):
        """Return the decisions of the meetings whose minutes this user may read."""
        return self.filter(meeting__in=Meeting.objects.readable_by(user))

    def editable_by(self, user):
        """Return the decisions this user may change."""
        return self.filter(meeting__in=Meeting.objects.editable_by(user))


class Decision(models.Model):
    """A decision of a meeting, with the villages it concerns."""

    region_path = "meeting__region"

    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="decisions", verbose_name="rapat"
    )
    agenda_item = models.ForeignKey(
        AgendaItem,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decisions",
        verbose_name="acara",
    )
    text = models.TextField("keputusan")
    villages = models.ManyToManyField(
        Village, blank=True, related_name="decisions", verbose_name="desa/kelurahan terkait"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="dicatat oleh",
    )
    at = models.DateTimeField("dicatat pada", default=timezone.now)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "keputusan"
        verbose_name_plural = "keputusan"
        ordering = ["meeting", "pk"]
        constraints = [
            models.CheckConstraint(
                name="decision_not_empty",
                condition=~Q(text=""),
                violation_error_message="Tulis keputusannya.",
            )
        ]

    def __str__(self):
        return self.text[:80]

    def save(self, **options):
        """Store it. Raises TransitionNotAllowed for a new decision of a meeting from the news."""
        if self._state.adding and self.meeting.is_from_news:
            raise TransitionNotAllowed(FROM_NEWS)
        super().save(**options)
