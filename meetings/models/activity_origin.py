"""The decision or follow-up that an activity of the work plan comes from."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from areas.models import Activity, ActivityEvent
from kotaku.workflow import TransitionNotAllowed
from meetings.models.decision import Decision
from meetings.models.follow_up import FollowUp
from meetings.models.minutes import FROM_NEWS


class ActivityOriginQuerySet(models.QuerySet):
    """Readable by users who may read the decision, removable by those who may edit the activity."""

    def visible_to(self, user):
        """Return the origins whose decision or follow-up this user may read."""
        return self.filter(
            Q(decision__in=Decision.objects.readable_by(user))
            | Q(follow_up__in=FollowUp.objects.visible_to(user))
        )

    def removable_by(self, user):
        """Return the visible origins of activities that this user may edit."""
        return self.visible_to(user).filter(activity__in=Activity.objects.editable_by(user))

    def loaded(self):
        """Load the relations that a list of origins shows."""
        return self.select_related("decision__meeting", "follow_up", "activity__village")


class ActivityOrigin(models.Model):
    """The decision of a meeting that led to an activity, possibly through a follow-up.

    `follow_up` belongs to `decision`. An activity comes from at most one decision; a decision may
    lead to many activities.
    """

    activity = models.OneToOneField(
        Activity, on_delete=models.CASCADE, related_name="origin", verbose_name="kegiatan"
    )
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, related_name="origins", verbose_name="keputusan"
    )
    follow_up = models.ForeignKey(
        FollowUp,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="origins",
        verbose_name="tindak lanjut",
    )
    linked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="dihubungkan oleh",
    )
    linked_at = models.DateTimeField("dihubungkan pada", default=timezone.now)

    objects = ActivityOriginQuerySet.as_manager()

    class Meta:
        verbose_name = "asal kegiatan"
        verbose_name_plural = "asal kegiatan"
        ordering = ["pk"]

    def __str__(self):
        return f"{self.activity} ← {self.decision}"

    @classmethod
    def link(
        cls, activity, *, decision, follow_up=None, by, replaces: bool = True
    ) -> "ActivityOrigin":
        """Link an activity to its origin and record this in the activity's history.

        Raises TransitionNotAllowed if the activity is already linked and `replaces` is false, or
        if the meeting is known only from the news and therefore has no decisions.
        """
        if decision.meeting.is_from_news:
            raise TransitionNotAllowed(FROM_NEWS)
        values = {
            "decision": decision,
            "follow_up": follow_up,
            "linked_by": by,
            "linked_at": timezone.now(),
        }
        with transaction.atomic():
            origin, is_new = cls.objects.select_related("decision__meeting").get_or_create(
                activity=activity, defaults=values
            )
            before = "" if is_new else origin.text
            if not is_new:
                if not replaces:
                    raise TransitionNotAllowed("Kegiatan ini baru saja dihubungkan orang lain.")
                cls.objects.filter(pk=origin.pk).update(**values)
                origin.refresh_from_db()
            origin._record(by, before, origin.text)
        return origin

    def untie(self, *, by) -> None:
        """Remove the link and record this in the activity's history."""
        with transaction.atomic():
            deleted, _ = ActivityOrigin.objects.filter(pk=self.pk).delete()
            if deleted:
                self._record(by, self.text, "")

    @property
    def text(self) -> str:
        """The meeting of the origin; never the decision's text, which not all users may read."""
        meeting = self.decision.meeting
        kind = "tindak lanjut" if self.follow_up_id else "keputusan"
        return f"{kind} {meeting}, {meeting.days_text}"

    def _record(self, by, before, after):
        if before != after:
            self.activity.events.create(
                kind=ActivityEvent.Kind.CHANGED,
                actor=by,
                at=timezone.now(),
                changes=[["asal", before, after]],
            )
