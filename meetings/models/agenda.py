"""The agenda of a meeting: items, speakers and notes."""

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q

from kotaku.workflow import TransitionNotAllowed
from kotaku.workflow.versioned import Versioned
from meetings.models.meeting import Meeting, MeetingState


class AgendaItemQuerySet(models.QuerySet):
    """Items are editable by users who may edit their meeting."""

    def editable_by(self, user):
        """Return the items whose notes this user may edit."""
        return self.filter(meeting__in=Meeting.objects.editable_by(user))

    def undiscussed(self):
        """Return undiscussed items of past meetings that no later item continues, newest first."""
        taken_up = AgendaItem.objects.filter(continues=OuterRef("pk")).exclude(
            meeting__state=MeetingState.CANCELLED
        )
        return (
            self.filter(meeting__state=MeetingState.DONE, is_discussed=False, notes="")
            .exclude(meeting__source=Meeting.Source.NEWS)
            .exclude(Exists(taken_up))
            .order_by("-meeting__starts_at", "order")
        )


class AgendaItem(Versioned):
    """An item of a meeting's agenda; its notes are the minutes' record of the discussion.

    `continues` is the undiscussed item of an earlier meeting that this one resumes; `follow_up` is
    the open follow-up it deals with. `day` counts the days of the meeting from 1.
    """

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="agenda", verbose_name="rapat"
    )
    order = models.PositiveSmallIntegerField("urutan")
    title = models.CharField("acara", max_length=300)
    day = models.PositiveSmallIntegerField("hari ke-", default=1)
    starts_at = models.TimeField("pukul", null=True, blank=True)
    length_minutes = models.PositiveSmallIntegerField("lama (menit)", null=True, blank=True)
    speaker = models.CharField("pembicara", max_length=120, blank=True)
    speaker_position = models.CharField("jabatan pembicara", max_length=160, blank=True)
    speaker_organisation = models.CharField("instansi pembicara", max_length=160, blank=True)
    notes = models.TextField("catatan", blank=True)
    is_discussed = models.BooleanField("sudah dibahas", default=False)
    continues = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="continued_by",
        verbose_name="lanjutan dari",
    )
    follow_up = models.ForeignKey(
        "meetings.FollowUp",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="agenda_items",
        verbose_name="tindak lanjut yang dibahas",
    )

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = "susunan acara"
        verbose_name_plural = "susunan acara"
        ordering = ["meeting", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "order"],
                name="agenda_order_once",
                violation_error_message="Urutan acara ini sudah dipakai.",
            ),
            models.CheckConstraint(
                name="agenda_title_not_empty",
                condition=~Q(title=""),
                violation_error_message="Tulis acaranya.",
            ),
            models.CheckConstraint(
                name="agenda_day_positive",
                condition=Q(day__gt=0),
                violation_error_message="Hari pertama rapat adalah hari ke-1.",
            ),
            models.CheckConstraint(
                name="agenda_length_positive",
                condition=Q(length_minutes__isnull=True) | Q(length_minutes__gt=0),
                violation_error_message="Lama acara paling sedikit 1 menit.",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def speaker_text(self) -> str:
        """Name, position and organisation in one line, as far as known."""
        parts = (self.speaker, self.speaker_position, self.speaker_organisation)
        return ", ".join(part for part in parts if part)

    def take_notes(self, *, by, version: int, notes: str, is_discussed: bool) -> None:
        """Save the notes. Raises TransitionNotAllowed (minutes submitted) or StaleRecord."""
        with transaction.atomic():
            self.meeting.minutes.lock_editable()
            self.change(
                by=by, version=version, notes=notes, is_discussed=is_discussed or bool(notes)
            )

    def remove(self) -> None:
        """Remove the item. Raises TransitionNotAllowed if it has notes or decisions."""
        if self.notes or self.decisions.exists():
            raise TransitionNotAllowed(
                f"Acara “{self.title}” sudah mempunyai catatan atau keputusan, jadi tidak dihapus."
            )
        self.delete()
