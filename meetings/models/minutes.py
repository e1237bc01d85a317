"""Minutes of a meeting: drafted, submitted, approved, then changed by addenda only.

`Minutes.can_be_decided_by` says who approves them.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from kotaku.workflow import TransitionNotAllowed
from kotaku.workflow.versioned import Versioned
from meetings.models.meeting import Meeting, MeetingState
from meetings.models.states import MINUTES_EDITABLE, MINUTES_TRANSITIONS, MinutesState

FROM_NEWS = (
    "Rapat ini disusun dari berita: tidak ada notulen yang diajukan atau disahkan, dan pokok bahasannya "
    "bukan keputusan."
)
LOCKED = "Notulen sudah {state} dan tidak dapat diubah lagi. Perubahan sesudahnya ditulis sebagai adendum."


class Minutes(Versioned):
    """The general parts of the minutes; the discussion is in the notes of the agenda items."""

    region_path = "meeting__region"
    states = MinutesState
    transitions = MINUTES_TRANSITIONS

    meeting = models.OneToOneField(
        Meeting, on_delete=models.CASCADE, related_name="minutes", verbose_name="rapat"
    )
    state = models.CharField(
        "keadaan", max_length=10, choices=MinutesState, default=MinutesState.DRAFT
    )
    opening = models.TextField("pembukaan", blank=True)
    conclusion = models.TextField("kesimpulan", blank=True)
    closing = models.TextField("penutup", blank=True)
    closed_at = models.TimeField("rapat ditutup pukul", null=True, blank=True)
    next_meeting = models.CharField("rapat berikutnya", max_length=200, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="diajukan oleh",
    )
    submitted_at = models.DateTimeField("diajukan pada", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="diputuskan oleh",
    )
    decided_at = models.DateTimeField("diputuskan pada", null=True, blank=True)
    return_reason = models.TextField("alasan pengembalian", blank=True)

    class Meta:
        verbose_name = "notulen"
        verbose_name_plural = "notulen"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="minutes_submitted_paired",
                condition=Q(
                    state__in=("draft", "none"),
                    submitted_by__isnull=True,
                    submitted_at__isnull=True,
                )
                | Q(
                    state__in=("submitted", "returned", "approved"),
                    submitted_by__isnull=False,
                    submitted_at__isnull=False,
                ),
                violation_error_message="Yang mengajukan dan waktunya harus tercatat bersama.",
            ),
            models.CheckConstraint(
                name="minutes_decided_paired",
                condition=Q(
                    state__in=("draft", "submitted", "none"),
                    decided_by__isnull=True,
                    decided_at__isnull=True,
                )
                | Q(
                    state__in=("returned", "approved"),
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
                violation_error_message="Yang memutuskan dan waktunya harus tercatat bersama.",
            ),
            models.CheckConstraint(
                name="minutes_four_eyes",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("submitted_by")),
                violation_error_message="Notulen tidak diputuskan oleh yang mengajukannya.",
            ),
            models.CheckConstraint(
                name="minutes_returned_with_reason",
                condition=(Q(state="returned") & ~Q(return_reason=""))
                | (~Q(state="returned") & Q(return_reason="")),
                violation_error_message="Tulis alasan pengembalian.",
            ),
        ]

    def __str__(self):
        return f"Notulen {self.meeting}"

    @property
    def is_editable(self) -> bool:
        """Whether notes may still change."""
        return self.state in MINUTES_EDITABLE

    def can_be_decided_by(self, user) -> bool:
        """Whether this user may approve or return the submitted minutes.

        That is the chair; if no account is named for the chair, or the chair submitted them, any
        Bappeda user of the region except the one who submitted them.
        """
        if self.state != MinutesState.SUBMITTED or user.pk == self.submitted_by_id:
            return False
        if self.meeting.chair_user_id not in (None, self.submitted_by_id):
            return user.pk == self.meeting.chair_user_id
        return user.is_bappeda and user.covers(self.meeting.region)

    @property
    def decider_text(self) -> str:
        """Name who approves the minutes, for sentences (see `can_be_decided_by`)."""
        if self.meeting.chair_user_id not in (None, self.submitted_by_id):
            return f"{self.meeting.chair_user} sebagai pimpinan rapat"
        return "petugas Bappeda selain yang mengajukannya"

    def refusal(self) -> str:
        """Return the message that the minutes are not submitted yet, or are locked."""
        if self.is_editable:
            return "Notulen ini belum diajukan."
        return LOCKED.format(state=self.get_state_display().lower())

    # The actions. Each raises TransitionNotAllowed or StaleRecord.

    def write(self, *, by, version: int, **content) -> None:
        """Save the opening, conclusion, closing, closing time and next meeting."""
        self.move("write", by=by, version=version, changes=content)

    def submit(self, *, by, version: int) -> None:
        """Submit the minutes for approval; the meeting must be finished, the minutes not empty."""
        self._check_exist()
        if self.meeting.state != MeetingState.DONE:
            raise TransitionNotAllowed("Tandai dahulu bahwa rapatnya sudah selesai.")
        noted = self.meeting.agenda.exclude(notes="").exists()
        if not (noted or self.conclusion or self.meeting.decisions.exists()):
            raise TransitionNotAllowed(
                "Notulen masih kosong. Isi catatan acara, keputusan, atau kesimpulannya dahulu."
            )
        changes = {
            "submitted_by": by,
            "submitted_at": timezone.now(),
            "decided_by": None,
            "decided_at": None,
            "return_reason": "",
        }
        self.move("submit", by=by, version=version, changes=changes)

    def withdraw(self, *, by, version: int) -> None:
        """Make submitted minutes a draft again, until they are approved or returned."""
        self._check_exist()
        changes = {"submitted_by": None, "submitted_at": None}
        self.move("withdraw", by=by, version=version, changes=changes)

    def approve(self, *, by, version: int) -> None:
        """Approve the minutes; from then on only addenda are possible."""
        self._check_exist()
        self._check_decider(by, version)
        changes = {"decided_by": by, "decided_at": timezone.now()}
        self.move("approve", by=by, version=version, changes=changes)

    def return_for_correction(self, *, by, version: int, reason: str) -> None:
        """Return the minutes for correction, with a reason."""
        self._check_exist()
        self._check_decider(by, version)
        if not reason.strip():
            raise TransitionNotAllowed("Tulis alasan pengembalian.")
        changes = {"decided_by": by, "decided_at": timezone.now(), "return_reason": reason}
        self.move("return", by=by, version=version, changes=changes, text=reason)

    def lock_editable(self) -> None:
        """Lock the minutes against concurrent changes until the end of this transaction.

        Raises TransitionNotAllowed once the minutes are submitted. An update that changes nothing
        takes the row lock on PostgreSQL and the write lock on SQLite.
        """
        if not Minutes.objects.filter(pk=self.pk, state__in=MINUTES_EDITABLE).update(
            version=F("version")
        ):
            raise TransitionNotAllowed(self.fresh().refusal())

    def lock_for_decisions(self) -> None:
        """Like `lock_editable`, for decisions and follow-ups; a meeting from the news has none."""
        self.lock_editable()
        if Minutes.objects.filter(pk=self.pk, state=MinutesState.NONE).exists():
            raise TransitionNotAllowed(FROM_NEWS)

    def check_absence(self) -> None:
        """Raise TransitionNotAllowed if the minutes were submitted or decisions exist."""
        self.refresh_from_db(fields=["state", "version"])
        written = self.state not in (MinutesState.DRAFT, MinutesState.NONE)
        if written or self.meeting.decisions.exists():
            raise TransitionNotAllowed(
                "Rapat ini sudah mempunyai notulen yang diajukan atau keputusan, jadi bukan rapat yang "
                "hanya diketahui dari berita."
            )

    def follow_source(self, *, by) -> None:
        """Adapt the state of the minutes to the meeting's new source, which is saved already."""
        self.refresh_from_db(fields=["state", "version"])
        target = MinutesState.NONE if self.meeting.is_from_news else MinutesState.DRAFT
        if (self.state == MinutesState.NONE) != (target == MinutesState.NONE):
            self.change(by=by, version=self.version, state=target)

    def _check_exist(self):
        if self.state == MinutesState.NONE:
            raise TransitionNotAllowed(FROM_NEWS)

    def _check_decider(self, user, version):
        is_current = version == self.version and self.state == MinutesState.SUBMITTED
        if is_current and not self.can_be_decided_by(user):
            raise TransitionNotAllowed(f"Notulen ini disahkan oleh {self.decider_text}.")

    def _record(self, verb, *, by, text=""):
        if verb != "write":
            self.meeting.events.create(kind=verb, actor=by, at=self.changed_at, text=text)

    def _last(self):
        return self.meeting.events.values_list("kind", "actor", "text").last()


class Addendum(models.Model):
    """An addition to approved minutes, whose own text never changes again."""

    is_history = True

    minutes = models.ForeignKey(
        Minutes, on_delete=models.PROTECT, related_name="addenda", verbose_name="notulen"
    )
    text = models.TextField("isi adendum")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="oleh"
    )
    at = models.DateTimeField("pada", default=timezone.now)

    class Meta:
        verbose_name = "adendum notulen"
        verbose_name_plural = "adendum notulen"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="addendum_not_empty",
                condition=~Q(text=""),
                violation_error_message="Tulis isi adendum.",
            )
        ]

    def __str__(self):
        return f"Adendum {self.minutes}"
