"""Follow-ups of decisions: responsible party, due date and progress."""

from copy import copy

from django.conf import settings
from django.db import models, transaction
from django.db.models import Case, F, IntegerField, Q, Value, When
from django.utils import timezone

from areas.models import Village
from kotaku.workflow import TransitionNotAllowed
from kotaku.workflow.versioned import Versioned
from meetings.models.decision import Decision
from meetings.models.meeting import Meeting, MeetingState
from meetings.models.minutes import MinutesState
from meetings.models.states import FOLLOW_UP_OPEN, FOLLOW_UP_TRANSITIONS, FollowUpState

# What may change after the minutes are approved.
ASSIGNED = ("village", "organisation", "responsible_user", "due_on")
NOT_APPROVED = (
    "Penugasan diubah dengan alasan sesudah notulennya disahkan; sebelum itu lewat notulennya."
)


class FollowUpQuerySet(models.QuerySet):
    """Follow-ups are visible with their meeting; Bappeda and responsible users report progress."""

    def visible_to(self, user):
        """Return the follow-ups of the meetings this user may open."""
        return self.filter(decision__meeting__in=Meeting.objects.visible_to(user))

    def of(self, user):
        """Return the follow-ups for which this user or the user's villages are responsible."""
        own = Q(responsible_user=user)
        if user.is_village_officer:
            own |= Q(village__in=Village.objects.filter(officers=user))
        return self.visible_to(user).filter(own)

    def reportable_by(self, user):
        """Return the follow-ups whose progress this user may report."""
        return self._editable_by(user) if user.is_bappeda else self.of(user)

    def confirmable_by(self, user):
        """Return completed follow-ups this Bappeda user may confirm; never the user's own ones."""
        if not user.is_bappeda:
            return self.none()
        waiting = self._editable_by(user).filter(
            state=FollowUpState.DONE, confirmed_at__isnull=True
        )
        return waiting.exclude(completed_by=user)

    def _editable_by(self, user):
        return self.filter(decision__meeting__in=Meeting.objects.editable_by(user))

    def open(self):
        """Return the follow-ups that are running or not yet started."""
        return self.filter(state__in=FOLLOW_UP_OPEN)

    def overdue(self):
        """Return the open follow-ups past their due date."""
        return self.open().filter(due_on__lt=timezone.localdate())

    def urgent_first(self):
        """Order by open, awaiting confirmation, closed; then by due date: the overdue on top."""
        rank = Case(
            When(state__in=FOLLOW_UP_OPEN, then=Value(0)),
            When(state=FollowUpState.DONE, confirmed_at__isnull=True, then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
        return self.order_by(rank, "due_on", "pk")

    def loaded(self):
        """Load the relations that a list of follow-ups shows."""
        return self.select_related(
            "decision__meeting__programme",
            "decision__meeting__minutes",
            "village",
            "responsible_user",
            "completed_by",
        )


class FollowUp(Versioned):
    """A task that follows from a decision: responsible party, due date and progress.

    Belum mulai → Berjalan → Selesai or Batal. Bappeda confirms a completed one, and may reopen a
    completed or cancelled one. Each action writes a ProgressNote in the same transaction.
    """

    region_path = "decision__meeting__region"
    called = "tindak lanjut"
    reason_name = "text"
    states = FollowUpState
    transitions = FOLLOW_UP_TRANSITIONS

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
        """The meeting that made the decision."""
        return self.decision.meeting

    @property
    def owner_text(self) -> str:
        """The responsible party: the village, else the organisation."""
        return str(self.village) if self.village_id else self.organisation

    @property
    def is_open(self) -> bool:
        """Whether the follow-up is running or not yet started."""
        return self.state in FOLLOW_UP_OPEN

    @property
    def is_overdue(self) -> bool:
        """Whether it is open and past its due date."""
        return self.is_open and self.due_on < timezone.localdate()

    @property
    def can_be_reassigned(self) -> bool:
        """Whether `reassign` is possible now."""
        return self.is_open and self.meeting.minutes.state == MinutesState.APPROVED

    @property
    def assignment_refusal(self) -> str:
        """Why `reassign` is not possible now."""
        return NOT_APPROVED if self.is_open else self.refusal()

    # The actions. Each raises TransitionNotAllowed or StaleRecord.

    def report(self, *, by, version: int, text: str, evidence=()) -> None:
        """Add a progress note; the follow-up is running from then on.

        `evidence` are checked uploads, stored with the note or not at all.
        """
        self._tell("report", by=by, version=version, text=text, evidence=evidence)

    def finish(self, *, by, version: int, text: str, evidence=()) -> None:
        """Report completion, with evidence as in `report`; Bappeda then confirms or reopens it."""
        changes = {"completed_by": by, "completed_at": timezone.now()}
        self._tell("finish", by=by, version=version, text=text, changes=changes, evidence=evidence)

    def _tell(self, verb, *, by, evidence, **told):
        files = self.evidence.model
        with files.stored_together() as attach, transaction.atomic():
            names = files.names_of_new(self, evidence) if evidence else ()
            found = [["evidence", "", name] for name in names]
            self.move(verb, by=by, differences=found, **told)
            for upload in evidence:
                attach(self, upload, by=by)

    def confirm(self, *, by, version: int) -> None:
        """Confirm completion; not allowed for the user who reported it."""
        if version == self.version and self.confirmed_at:
            raise TransitionNotAllowed("Tindak lanjut ini sudah dikonfirmasi.")
        if version == self.version and by.pk == self.completed_by_id:
            raise TransitionNotAllowed(
                "Anda sendiri yang melaporkannya selesai. Konfirmasi dilakukan oleh orang lain."
            )
        changes = {"confirmed_by": by, "confirmed_at": timezone.now()}
        self.move("confirm", by=by, version=version, changes=changes)

    def reopen(self, *, by, version: int, text: str) -> None:
        """Set the follow-up back to running; `text` says what is missing."""
        cleared = dict.fromkeys(("completed_by", "completed_at", "confirmed_by", "confirmed_at"))
        self.move("reopen", by=by, version=version, text=text, changes=cleared)

    def cancel(self, *, by, version: int, text: str) -> None:
        """Cancel the follow-up; `text` gives the reason."""
        self.move("cancel", by=by, version=version, text=text)

    def reassign(self, *, by, version: int, text: str, **assigned) -> None:
        """Change who is responsible and until when, after the minutes are approved.

        `assigned` are new values of the fields ASSIGNED; `text` is the reason. The history has the
        old and new values, so that the printed minutes can still say what was approved.
        """
        if self.meeting.minutes.state != MinutesState.APPROVED:
            raise TransitionNotAllowed(NOT_APPROVED)
        differences = self._differences(assigned)
        if version == self.version and not differences:
            raise TransitionNotAllowed(
                "Penanggung jawab, akun, dan batas waktunya sama dengan yang tersimpan."
            )
        self.move(
            "reassign", by=by, version=version, text=text, changes=assigned, differences=differences
        )

    def _differences(self, assigned) -> list[list[str]]:
        before, after = copy(self), copy(self)
        for name, value in assigned.items():
            setattr(after, name, value)
        pairs = zip(before.assignment.items(), after.assignment.values(), strict=True)
        return [[name, old, new] for (name, old), new in pairs if old != new]

    @property
    def assignment(self) -> dict[str, str]:
        """Who is responsible, the account that reports, and the due date (ISO), as text."""
        return {
            "owner": self.owner_text,
            "account": str(self.responsible_user) if self.responsible_user_id else "",
            "due_on": f"{self.due_on:%Y-%m-%d}",
        }

    def move(self, verb, *, text="", **options) -> None:
        """Carry out an action; every action except a confirmation requires `text`."""
        asks = self.transitions[verb].asks
        if asks and not text.strip():
            raise TransitionNotAllowed(asks)
        super().move(verb, text=text, **options)

    def _record(self, verb, *, by, text, differences=()):
        self.notes.create(kind=verb, text=text, author=by, changes=list(differences))

    def _last(self):
        return self.notes.exclude(kind="detach").values_list("kind", "author", "text").last()


def open_follow_ups(user):
    """Return open follow-ups of meetings that were not cancelled, for the next agenda."""
    return (
        FollowUp.objects.visible_to(user)
        .open()
        .exclude(decision__meeting__state=MeetingState.CANCELLED)
        .loaded()
        .urgent_first()
    )
