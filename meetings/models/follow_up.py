"""What is done about a decision: by whom, until when, and how far it is."""

from django.conf import settings
from django.db import models
from django.db.models import Case, F, IntegerField, Q, Value, When
from django.utils import timezone

from areas.models import Village
from kotaku.workflow import TransitionNotAllowed
from kotaku.workflow.versioned import Versioned
from meetings.models.decision import Decision
from meetings.models.meeting import Meeting, MeetingState


class FollowUpState(models.TextChoices):
    """How far a follow-up is; overdue is derived, never stored."""

    NOT_STARTED = "not_started", "Belum mulai"
    RUNNING = "running", "Berjalan"
    DONE = "done", "Selesai"
    CANCELLED = "cancelled", "Batal"


OPEN = (FollowUpState.NOT_STARTED, FollowUpState.RUNNING)
# verb -> {state before: state after}
TRANSITIONS = {
    "report": dict.fromkeys(OPEN, FollowUpState.RUNNING),
    "finish": dict.fromkeys(OPEN, FollowUpState.DONE),
    "cancel": dict.fromkeys(OPEN, FollowUpState.CANCELLED),
    "confirm": {FollowUpState.DONE: FollowUpState.DONE},
    "reopen": {
        FollowUpState.DONE: FollowUpState.RUNNING,
        FollowUpState.CANCELLED: FollowUpState.RUNNING,
    },
}


class FollowUpQuerySet(models.QuerySet):
    """The doors to follow-ups: read by all who are signed in, moved on by who is responsible."""

    def visible_to(self, user):
        """Return the follow-ups of the meetings that this person may open."""
        return self.filter(decision__meeting__in=Meeting.objects.visible_to(user))

    def of(self, user):
        """Return the follow-ups that this person has to carry out."""
        own = Q(responsible_user=user)
        if user.is_village_officer:
            own |= Q(village__in=Village.objects.filter(officers=user))
        return self.visible_to(user).filter(own)

    def reportable_by(self, user):
        """Return the follow-ups whose progress this person may write down."""
        return self._editable_by(user) if user.is_bappeda else self.of(user)

    def confirmable_by(self, user):
        """Return what is said to be done and waits for Bappeda; never one's own report."""
        if not user.is_bappeda:
            return self.none()
        waiting = self._editable_by(user).filter(
            state=FollowUpState.DONE, confirmed_at__isnull=True
        )
        return waiting.exclude(completed_by=user)

    def _editable_by(self, user):
        return self.filter(decision__meeting__in=Meeting.objects.editable_by(user))

    def open(self):
        """Return what is still to be done."""
        return self.filter(state__in=OPEN)

    def overdue(self):
        """Return what is still to be done after its due date."""
        return self.open().filter(due_on__lt=timezone.localdate())

    def urgent_first(self):
        """Open before closed, and among the open the earliest due date first (so overdue on top)."""
        rank = Case(
            When(state__in=OPEN, then=Value(0)),
            When(state=FollowUpState.DONE, confirmed_at__isnull=True, then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
        return self.order_by(rank, "due_on", "pk")

    def loaded(self):
        """Load what a line about a follow-up shows."""
        return self.select_related(
            "decision__meeting__programme",
            "decision__meeting__minutes",
            "village",
            "responsible_user",
            "completed_by",
        )


class FollowUp(Versioned):
    """One thing to do after a decision: by whom, until when, and how far it is.

    Belum mulai → Berjalan → Selesai, confirmed or reopened by Bappeda, or Batal (domain.md, "The
    coordination meeting"). Each verb leaves a ProgressNote in the same transaction.
    """

    region_path = "decision__meeting__region"
    called = "tindak lanjut"
    transitions = TRANSITIONS

    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, related_name="follow_ups", verbose_name="keputusan"
    )
    what = models.TextField("yang dikerjakan")
    organisation = models.CharField("instansi penanggung jawab", max_length=160, blank=True)
    village = models.ForeignKey(
        Village,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="follow_ups",
        verbose_name="desa/kelurahan penanggung jawab",
    )
    responsible_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="follow_ups",
        verbose_name="akun yang melaporkan",
    )
    due_on = models.DateField("batas waktu")
    state = models.CharField(
        "keadaan", max_length=12, choices=FollowUpState, default=FollowUpState.NOT_STARTED
    )
    completed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="diselesaikan oleh",
    )
    completed_at = models.DateTimeField("selesai pada", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="dikonfirmasi oleh",
    )
    confirmed_at = models.DateTimeField("dikonfirmasi pada", null=True, blank=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = "tindak lanjut"
        verbose_name_plural = "tindak lanjut"
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["state", "due_on"], name="follow_up_state_due")]
        constraints = [
            models.CheckConstraint(
                name="follow_up_state_known",
                condition=Q(state__in=FollowUpState.values),
                violation_error_message="Keadaan tindak lanjut tidak dikenal.",
            ),
            models.CheckConstraint(
                name="follow_up_has_owner",
                condition=~Q(organisation="") | Q(village__isnull=False),
                violation_error_message="Pilih desa/kelurahan atau tulis instansi penanggung jawab.",
            ),
            models.CheckConstraint(
                name="follow_up_completed_when_done",
                condition=Q(state="done", completed_by__isnull=False, completed_at__isnull=False)
                | (~Q(state="done") & Q(completed_by__isnull=True, completed_at__isnull=True)),
                violation_error_message="Tindak lanjut yang selesai harus mempunyai tanggal selesai.",
            ),
            models.CheckConstraint(
                name="follow_up_confirmed_paired",
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(state="done", confirmed_by__isnull=False, confirmed_at__isnull=False),
                violation_error_message="Hanya yang selesai dapat dikonfirmasi, dengan nama dan waktunya.",
            ),
            models.CheckConstraint(
                name="follow_up_four_eyes",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("completed_by")),
                violation_error_message="Penyelesaian tidak dikonfirmasi oleh yang melaporkannya.",
            ),
        ]

    def __str__(self):
        return self.what[:80]

    @property
    def meeting(self) -> Meeting:
        """The meeting that decided on it."""
        return self.decision.meeting

    @property
    def owner_text(self) -> str:
        """Who is responsible: the village, else the organisation."""
        return str(self.village) if self.village_id else self.organisation

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state in OPEN

    @property
    def is_overdue(self) -> bool:
        """Whether it is still to be done after its due date."""
        return self.is_open and self.due_on < timezone.localdate()

    # The verbs. Each raises TransitionNotAllowed or StaleRecord.

    def report(self, *, by, version: int, text: str) -> None:
        """Write down progress."""
        self.move("report", by=by, version=version, text=text)

    def finish(self, *, by, version: int, text: str) -> None:
        """Say that it is done; Bappeda confirms it or opens it again."""
        changes = {"completed_by": by, "completed_at": timezone.now()}
        self.move("finish", by=by, version=version, text=text, changes=changes)

    def confirm(self, *, by, version: int) -> None:
        """Agree that it is done; somebody other than who said so."""
        if version == self.version and self.confirmed_at:
            raise TransitionNotAllowed("Tindak lanjut ini sudah dikonfirmasi.")
        if version == self.version and by.pk == self.completed_by_id:
            raise TransitionNotAllowed(
                "Anda sendiri yang melaporkannya selesai. Konfirmasi dilakukan oleh orang lain."
            )
        changes = {"confirmed_by": by, "confirmed_at": timezone.now()}
        self.move("confirm", by=by, version=version, changes=changes)

    def reopen(self, *, by, version: int, text: str) -> None:
        """Say what is still missing; it runs again."""
        cleared = dict.fromkeys(("completed_by", "completed_at", "confirmed_by", "confirmed_at"))
        self.move("reopen", by=by, version=version, text=text, changes=cleared)

    def cancel(self, *, by, version: int, text: str) -> None:
        """Say why it will not be done."""
        self.move("cancel", by=by, version=version, text=text)

    def move(self, verb, *, text="", **options) -> None:
        """Carry out a verb with what is said about it, which only a confirmation may leave out."""
        if verb != "confirm" and not text.strip():
            raise TransitionNotAllowed("Tulis keterangannya.")
        super().move(verb, text=text, **options)

    def _record(self, verb, *, by, text):
        self.notes.create(kind=verb, text=text, author=by)


class ProgressNote(models.Model):
    """What somebody wrote about a follow-up; append-only, written by its verbs."""

    class Kind(models.TextChoices):
        REPORT = "report", "melaporkan kemajuan"
        FINISH = "finish", "melaporkan selesai"
        CONFIRM = "confirm", "mengonfirmasi"
        REOPEN = "reopen", "membuka kembali"
        CANCEL = "cancel", "membatalkan"

    follow_up = models.ForeignKey(
        FollowUp, on_delete=models.PROTECT, related_name="notes", verbose_name="tindak lanjut"
    )
    kind = models.CharField("peristiwa", max_length=10, choices=Kind)
    text = models.TextField("catatan", blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="oleh"
    )
    at = models.DateTimeField("pada", default=timezone.now)

    class Meta:
        verbose_name = "catatan kemajuan"
        verbose_name_plural = "catatan kemajuan"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="progress_note_says_something",
                condition=Q(kind="confirm") | ~Q(text=""),
                violation_error_message="Tulis keterangannya.",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.follow_up}"


def open_follow_ups(user):
    """Return what earlier meetings decided and is still to be done, for the next agenda."""
    return (
        FollowUp.objects.visible_to(user)
        .open()
        .exclude(decision__meeting__state=MeetingState.CANCELLED)
        .loaded()
        .urgent_first()
    )
