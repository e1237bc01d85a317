"""Shared by figures and assessments: four states, the four-eyes rule, a version sent with forms.

Draf → Diajukan → Terverifikasi, or Dikembalikan → Diajukan again. Each action (`verb`) is one
transaction: an update conditioned on state and version, which must change one row, then one event.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from areas.models.states import EDITABLE, TRANSITIONS, Status
from areas.models.village import Village
from kotaku.workflow import TransitionNotAllowed
from kotaku.workflow.refusals import changed_sentence
from kotaku.workflow.states import Actor, Transition
from kotaku.workflow.versioned import Record


class ReviewedQuerySet(models.QuerySet):
    """Querysets of reviewed rows by user, each limited to the rows the user may access.

    `village_path` is the lookup from a row to its village.
    """

    village_path = ""

    def verified(self):
        """Return the rows that count in official totals."""
        return self.filter(status=Status.VERIFIED)

    def visible_to(self, user):
        """Return verified rows; officers see all of their villages, staff all of their region."""
        if user.is_authenticated and user.is_staff_reader:
            mine = user.within(self.model.region_path)
            return self.filter(Q(status=Status.VERIFIED) | mine) if mine else self
        if user.is_authenticated and user.is_village_officer:
            return self.filter(Q(status=Status.VERIFIED) | self._of_villages(user))
        return self.verified()

    def traceable_by(self, user):
        """Return the rows whose notes, evidence and history this user may read."""
        if user.is_authenticated and user.is_staff_reader:
            return self.filter(user.within(self.model.region_path))
        return self.editable_by(user)

    def editable_by(self, user):
        """Return the rows of this officer's villages in any state; the actions check the state."""
        if user.is_authenticated and user.is_village_officer:
            return self.of_officer(user)
        return self.none()

    def of_officer(self, user):
        """Return the rows of the villages for which this user enters figures."""
        return self.filter(self._of_villages(user))

    def reviewed_by(self, user):
        """Return the traceable rows that were ever submitted, also those withdrawn since."""
        withdrawn = self.model.events.rel.related_model.objects.filter(
            **{self.model.events.field.name: OuterRef("pk")}, kind="withdrawn"
        )
        return self.traceable_by(user).exclude(Q(status=Status.DRAFT) & ~Exists(withdrawn))

    def reviewable_by(self, user):
        """Return the submitted rows for Bappeda and admins, oldest first, own entries included."""
        if not (user.is_authenticated and user.is_bappeda):
            return self.none()
        waiting = self.filter(user.within(self.model.region_path), status=Status.SUBMITTED)
        return waiting.order_by("submitted_at", "pk")

    def verifiable_by(self, user):
        """Return the submitted rows this user may decide on, excluding their own entries."""
        waiting = self.reviewable_by(user)
        if not user.is_authenticated:
            return waiting
        return waiting.exclude(Q(entered_by=user) | Q(submitted_by=user))

    def correctable_by(self, user):
        """Return the verified rows, for Bappeda and admins."""
        if not (user.is_authenticated and user.is_bappeda):
            return self.none()
        return self.verified().filter(user.within(self.model.region_path))

    def _of_villages(self, user):
        return Q(**{f"{self.village_path}__in": Village.objects.of_officer(user)})


def _person(words, **options):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=words,
        **options,
    )


@dataclass(frozen=True)
class Signature:
    """Who brought a row into its present state, when, and the reason given.

    `said` precedes the person, after the name of the state: "oleh", "ditarik kembali oleh".
    """

    by: object
    at: datetime
    reason: str
    said: str


class Reviewed(Record):
    """A row entered by its village and verified by another person; only the actions change it."""

    state_field = "status"
    states = Status
    transitions = TRANSITIONS

    status = models.CharField("status", max_length=10, choices=Status, default=Status.DRAFT)
    version = models.PositiveIntegerField("versi", default=1)
    entered_by = _person("diisi oleh")
    entered_at = models.DateTimeField("diisi pada")
    submitted_by = _person("diajukan oleh", null=True, blank=True)
    submitted_at = models.DateTimeField("diajukan pada", null=True, blank=True)
    returned_by = _person("dikembalikan oleh", null=True, blank=True)
    returned_at = models.DateTimeField("dikembalikan pada", null=True, blank=True)
    return_reason = models.TextField("alasan pengembalian", blank=True)
    verified_by = _person("diverifikasi oleh", null=True, blank=True)
    verified_at = models.DateTimeField("diverifikasi pada", null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_editable(self) -> bool:
        """Whether the village may still change it."""
        return self.status in EDITABLE

    def is_own_entry_of(self, user) -> bool:
        """Whether this user entered or submitted it, and so must not verify it."""
        return user.pk in (self.entered_by_id, self.submitted_by_id)

    def signature(self) -> Signature:
        """Return who brought it into its present state: from its fields, else from the history."""
        if hasattr(self, f"{self.status}_by_id"):
            by, at = (getattr(self, f"{self.status}_{part}") for part in ("by", "at"))
            return Signature(by, at, self.return_reason, self.look.said)
        kinds = [each.kind for each in self.transitions.values() if self.status in each.targets]
        last = self.events.filter(kind__in=kinds).select_related("actor").last()
        if last is None:
            return Signature(self.entered_by, self.entered_at, "", self.look.said)
        # A draft was entered, or was submitted and withdrawn since.
        said = "ditarik kembali oleh" if last.kind == "withdrawn" else self.look.said
        return Signature(last.actor, last.at, last.reason, said)

    def was_last_done_by(self, user, verb: str, *, version=None, reason: str = "") -> bool:
        """Whether this user has carried out this action, for this reason, and nothing followed."""
        step = self.transitions[verb]
        if self.status not in step.targets:
            return False
        signature = self.signature()
        return signature.by == user and (not step.asks or signature.reason == reason)

    def changed_sentence(self) -> str:
        """Return who changed this row last, for a user with an outdated form."""
        last = self.events.select_related("actor").last()
        return changed_sentence(last.actor, last.at)

    # Overridden by each model: further values to store in its events, and the value before.

    def _event_values(self, before) -> dict:
        raise NotImplementedError

    def _before(self):
        raise NotImplementedError

    # The actions. Each is one transaction: a conditional update, then one event.

    def act(
        self, verb: str, *, by, version: int, reason: str = "", ticked: str | None = ""
    ) -> None:
        """Carry out an action that changes nothing but the state.

        `ticked` are the marks that the user has checked (see `marks_to_check`), which the history
        keeps; None for a file, which is confirmed as a whole. Raises
        TransitionNotAllowed (not in this state, own entry, no reason, marks not ticked) or
        StaleRecord.
        """
        step = self.transitions[verb]
        if step.by == Actor.REVIEWER:
            self._check_four_eyes(by)
        if step.asks and not reason.strip():
            raise TransitionNotAllowed(step.asks)
        self._check(verb, version)
        is_asked = ticked is not None and version == self.version
        marks = self.marks_to_check(verb) if is_asked else ""
        if marks and not set(marks.split()) <= set(ticked.split()):
            raise TransitionNotAllowed(self.unticked_sentence(verb))
        changes = self._signed(step, by, reason)
        said = {"marks": marks} if marks else {}
        self.move(verb, by=by, version=version, reason=reason, changes=changes, **said)

    def _check(self, verb, version):
        """Refuse an action that the content of the row does not allow; for subclasses."""

    def unticked_sentence(self, verb: str) -> str:
        """Return why an action is refused whose marks were not ticked."""
        return self.transitions[verb].button.tick.missing

    def return_for_correction(self, *, by, version: int, reason: str) -> None:
        """Return the row to its village. Raises the same as `act`."""
        self.act("return", by=by, version=version, reason=reason)

    def verify(self, *, by, version: int, reason: str = "", ticked: str | None = "") -> None:
        """Verify the row. Raises the same as `act`."""
        self.act("verify", by=by, version=version, reason=reason, ticked=ticked)

    def _signed(self, step: Transition, by, reason="") -> dict:
        """Return the fields for who carried out an action and when, and those it empties."""
        changes = {f"{name}_{part}": None for name in step.clears for part in ("by", "at")}
        if "returned" in step.clears:
            changes["return_reason"] = ""
        if step.signs:
            changes |= {f"{step.signs}_by": by, f"{step.signs}_at": timezone.now()}
        if step.signs == "returned":
            changes["return_reason"] = reason
        return changes

    def _check_four_eyes(self, user):
        if self.is_own_entry_of(user):
            raise TransitionNotAllowed(
                f"Anda sendiri yang mengisi {self.called} ini. "
                "Pemeriksaan harus dilakukan oleh orang lain."
            )

    def move(self, verb, **options) -> None:
        """Carry out an action and add the previous value to its event."""
        super().move(verb, before=self._before(), **options)

    def _record(self, verb, **said):
        self.event(verb, **said).save(force_insert=True)

    def event(self, verb: str, *, by, before, reason: str = "", source: str = "", **said):
        """Return the event of an action, not stored yet; for actions and for imports in bulk."""
        return self.events.model(
            **{self.events.field.name: self},
            kind=self.transitions[verb].kind,
            actor=by,
            at=timezone.now(),
            reason=reason,
            source=source,
            **said,
            **self._event_values(before),
        )
