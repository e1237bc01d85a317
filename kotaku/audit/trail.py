"""Write audit entries, and read them together with the events of other apps.

Sign-ins, refusals and exports are stored as `AuditEvent`. Changes of figures or minutes are
stored as events of their apps, which contribute them as a `Trail`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.apps import apps
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.db.models import (
    Case,
    CharField,
    Expression,
    F,
    GenericIPAddressField,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat

from kotaku.models import AuditEvent
from kotaku.models.audit import TEXT_LENGTH
from kotaku.requests.client_address import client_address

Kind = AuditEvent.Kind
COLUMNS = ("audit_at", "audit_kind", "audit_actor", "audit_subject", "audit_text", "audit_address")


def record(kind: Kind, request, *, actor=None, subject=None, text: str = "") -> None:
    """Write one entry. The actor is the signed-in user unless `actor` is given.

    `request` is None for a command on the server.
    """
    if actor is None and request and request.user.is_authenticated:
        actor = request.user
    AuditEvent.objects.create(
        kind=kind,
        actor=actor,
        subject=subject,
        text=text[:TEXT_LENGTH],
        address=client_address(request) if request else None,
    )


def record_export(request, what: str) -> None:
    """Record a download of staff data, the only audited GET that succeeds; HEAD is not recorded."""
    if request.method == "GET":
        record(Kind.EXPORTED, request, text=what)


def nothing(output_field) -> Expression:
    """Return a NULL column of this type; PostgreSQL needs the type for UNION."""
    return Cast(Value(None), output_field=output_field)


@dataclass(frozen=True)
class Trail:
    """One table of events: its rows, and the expression for each column of the audit.

    `labels` has a label for every kind; `key` distinguishes them from kinds of other trails.
    """

    key: str
    rows: QuerySet
    labels: Mapping[str, str]
    kind: str | Expression = "kind"
    at: str = "at"
    actor: str = "actor"
    subject: str | None = None
    text: Expression = field(default_factory=lambda: Value(""))
    address: str | None = None

    def kinds(self) -> dict[str, str]:
        """Return the kinds as values of the filter, with their labels."""
        return {f"{self.key}.{kind}": label for kind, label in self.labels.items()}

    def lines(self) -> QuerySet:
        """Return the rows with the columns of the audit, not yet filtered."""
        kind = F(self.kind) if isinstance(self.kind, str) else self.kind
        people = {
            "audit_actor": self.actor,
            "audit_subject": self.subject,
        }
        return self.rows.order_by().annotate(
            audit_at=F(self.at),
            audit_kind=Concat(
                Value(f"{self.key}."), Cast(kind, CharField()), output_field=CharField()
            ),
            **{
                name: _name(person) if person else nothing(CharField())
                for name, person in people.items()
            },
            audit_text=Cast(self.text, CharField()),
            audit_address=F(self.address) if self.address else nothing(GenericIPAddressField()),
        )


def _name(person: str) -> Expression:
    """Return `Full name (user name)`; the user name alone if there is no other, NULL without a user."""
    full, short = f"{person}__full_name", f"{person}__username"
    return Case(
        When(**{f"{person}__isnull": True}, then=nothing(CharField())),
        When(**{full: ""}, then=F(short)),
        default=Concat(full, Value(" ("), short, Value(")"), output_field=CharField()),
        output_field=CharField(),
    )


def _name_of_model():
    """Return the name of a model in the words of the site; Django's log stores the code's."""
    names = (
        When(
            content_type__app_label=model._meta.app_label,
            content_type__model=model._meta.model_name,
            then=Value(str(model._meta.verbose_name)),
        )
        for model in apps.get_models()
    )
    return Case(*names, default=F("content_type__model"), output_field=CharField())


def house_trails() -> list[Trail]:
    """Return the trails of this app: its own entries and changes made in the admin."""
    return [
        Trail(
            key="akun",
            rows=AuditEvent.objects.all(),
            labels=dict(Kind.choices),
            subject="subject",
            text=F("text"),
            address="address",
        ),
        Trail(
            key="admin",
            rows=LogEntry.objects.all(),
            labels={
                str(ADDITION): "Menambah di admin",
                str(CHANGE): "Mengubah di admin",
                str(DELETION): "Menghapus di admin",
            },
            kind="action_flag",
            at="action_time",
            actor="user",
            text=Concat(_name_of_model(), Value(": "), F("object_repr"), output_field=CharField()),
        ),
    ]
