"""Who did what, when, from where: writing lines, and reading them with what other apps remember.

Sign-ins, access and exports have lines of their own (`AuditEvent`). What happened to figures or
minutes stands in the events of their apps, which contribute it as a `Trail`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.db.models import (
    CharField,
    Expression,
    F,
    GenericIPAddressField,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast, Concat

from kotaku.models import AuditEvent
from kotaku.models.audit import TEXT_LENGTH
from kotaku.requests.client_address import client_address

Kind = AuditEvent.Kind
COLUMNS = ("audit_at", "audit_kind", "audit_actor", "audit_subject", "audit_text", "audit_address")


def record(kind: Kind, request, *, actor=None, subject=None, text: str = "") -> None:
    """Write one line. The actor is who is signed in, unless another one is named."""
    if actor is None and request.user.is_authenticated:
        actor = request.user
    AuditEvent.objects.create(
        kind=kind,
        actor=actor,
        subject=subject,
        text=text[:TEXT_LENGTH],
        address=client_address(request),
    )


def record_export(request, what: str) -> None:
    """Write that somebody takes data of the staff along; a mere look at the headers is none."""
    if request.method == "GET":
        record(Kind.EXPORTED, request, text=what)


def nothing(output_field) -> Expression:
    """Return an empty column of this type, which PostgreSQL wants to know."""
    return Cast(Value(None), output_field=output_field)


@dataclass(frozen=True)
class Trail:
    """One table that remembers who did what: its rows, and how each column of a line is made.

    `labels` names every kind in words; `key` sets the kinds apart from those of other trails.
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
        """Return the kinds as the filter knows them, with their words."""
        return {f"{self.key}.{kind}": label for kind, label in self.labels.items()}

    def lines(self) -> QuerySet:
        """Return the rows with the columns of the audit; still to be filtered by them."""
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
    return F(f"{person}__username")


def house_trails() -> list[Trail]:
    """Return what this app itself remembers: its own lines, and what was changed in the admin."""
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
            text=Concat(
                F("content_type__model"), Value(": "), F("object_repr"), output_field=CharField()
            ),
        ),
    ]
