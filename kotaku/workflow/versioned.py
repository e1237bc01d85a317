"""Records with a version, which forms send back; saving an outdated form is refused."""

from collections.abc import Mapping

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone

from kotaku.workflow.refusals import StaleRecord, TransitionNotAllowed, changed_sentence
from kotaku.workflow.states import Look, States, Transition


class Record(models.Model):
    """A row whose `version` counts its changes and whose states follow a table of transitions.

    A record with states declares them in `states` and `transitions` (action → Transition), its
    `state_field`, and `called`: its name in messages. `reason_name` is the argument in which the
    methods of its actions take the reason.
    """

    called = ""
    state_field = "state"
    reason_name = "reason"
    states: type[States]
    transitions: Mapping[str, Transition] = {}

    class Meta:
        abstract = True

    def changed_sentence(self) -> str:
        """Return who changed this row last, for a user with an outdated form."""
        raise NotImplementedError

    @property
    def look(self) -> Look:
        """What pages show of the present state."""
        return self.states(getattr(self, self.state_field)).look

    @property
    def tone(self) -> str:
        """The tone of the present state's tag."""
        return self.look.tone.value

    @property
    def owner_sentence(self) -> str:
        """The sentence about the present state for those who enter the record."""
        return self.look.owner.format(called=self.called.capitalize())

    def fresh(self):
        """Return the row as stored now."""
        return type(self)._default_manager.get(pk=self.pk)

    def marks_to_check(self, verb: str, by=None) -> str:
        """Return the marks, separated by spaces, that must be ticked before an action.

        "" for a user (`by`) to whom the action is refused anyway.
        """
        return ""

    def refusal(self) -> str:
        """Return the message that an action is not allowed in the row's present state."""
        state = getattr(self, f"get_{self.state_field}_display")()
        return f"{self.called.capitalize()} berstatus {state}; langkah ini tidak dapat dilakukan."

    def create(self, values: Mapping, *, by, **key) -> None:
        """Store a new row with these values as version 1.

        Raises StaleRecord if a row with this key exists already.
        """
        for name, value in {**values, **self._signature(by), "version": 1}.items():
            setattr(self, name, value)
        try:
            with transaction.atomic():
                self.save(force_insert=True)
        except IntegrityError:
            self.pk = None
            existing = type(self)._default_manager.filter(**key).first()
            if existing is None:
                raise
            raise StaleRecord(existing) from None

    def change(self, *, by, version: int, **changes) -> None:
        """Write these fields if the row is still at `version`.

        Raises StaleRecord otherwise; the row count of one conditional update decides.
        """
        values = {**changes, **self._signature(by)}
        rows = type(self)._default_manager.filter(pk=self.pk, version=version)
        if self.transitions:
            rows = rows.filter(**{self.state_field: getattr(self, self.state_field)})
        # The caller checked the row as loaded, so any other version is stale, even a newer one.
        if version != self.version or not rows.update(**values, version=F("version") + 1):
            raise StaleRecord(self.fresh())
        for name, value in {**values, "version": version + 1}.items():
            setattr(self, name, value)

    def act(self, verb: str, *, by, version: int, reason: str = "") -> None:
        """Carry out an action by its name. Raises TransitionNotAllowed or StaleRecord."""
        method = getattr(self, "return_for_correction" if verb == "return" else verb)
        said = {self.reason_name: reason} if self.transitions[verb].asks else {}
        method(by=by, version=version, **said)

    def was_last_done_by(self, user, verb: str, *, version: int, reason: str = "") -> bool:
        """Whether this user has carried out this action on `version`, and nothing followed."""
        done = (self.transitions[verb].kind, user.pk, reason)
        return self.version == version + 1 and self._last() == done

    def move(self, verb: str, *, by, version: int, changes: Mapping | None = None, **said) -> None:
        """Carry out action `verb`: write `changes` and the new state, then one event.

        `said` are the event's values besides actor and time; they are separate from `changes`
        because a row may have fields of the same names. Raises TransitionNotAllowed or StaleRecord.
        """
        target = self.transitions[verb].moves.get(getattr(self, self.state_field))
        if target is None:
            now = self.fresh()
            stale = now.version != version
            raise StaleRecord(now) if stale else TransitionNotAllowed(now.refusal())
        with transaction.atomic():
            self.change(by=by, version=version, **changes or {}, **{self.state_field: target})
            self._record(verb, by=by, **said)

    def _record(self, verb, *, by, **said) -> None:
        """Write the event of an action in its transaction."""
        raise NotImplementedError

    def _last(self) -> tuple | None:
        """Return kind, user and text of the last event; None without events."""
        raise NotImplementedError

    def _signature(self, by) -> dict:
        """Return the fields for who changed the row and when; none if events record it."""
        return {}


class Versioned(Record):
    """A record that stores who changed it last."""

    version = models.PositiveIntegerField("versi", default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="diubah oleh",
    )
    changed_at = models.DateTimeField("diubah pada", default=timezone.now)

    class Meta:
        abstract = True

    def changed_sentence(self) -> str:
        """Return who changed this row last, for a user with an outdated form."""
        return changed_sentence(self.changed_by, self.changed_at)

    def count_change(self, *, by) -> None:
        """Count up the version of a locked row before it is saved, as in the admin."""
        self.version = self.version + 1 if self.pk else 1
        self.changed_by, self.changed_at = by, timezone.now()

    def _signature(self, by):
        return {"changed_by": by, "changed_at": timezone.now()}
