"""Tell people by mail and on their account page what changed about the access to their account."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from kotaku.audit import trail
from kotaku.interface.moments import moment_text
from kotaku.mail import send_after_commit
from kotaku.models import AuditEvent, User
from kotaku.regions.contact import contact_at

Kind = trail.Kind
# The events that are told, as sentences.
SENTENCES = {
    Kind.NEW_DEVICE: "Akun Anda dipakai masuk dari perangkat baru",
    Kind.PASSWORD_CHANGED: "Kata sandi akun Anda diganti",
    Kind.PASSWORD_GIVEN: "Akun Anda mendapat kata sandi baru dari admin",
    Kind.PASSWORD_RESET: "Kata sandi akun Anda diganti lewat tautan",
    Kind.TWO_FACTOR_ON: "Verifikasi dua langkah akun Anda diaktifkan",
    Kind.TWO_FACTOR_OFF: "Verifikasi dua langkah akun Anda dimatikan",
    Kind.TWO_FACTOR_RESET: "Verifikasi dua langkah akun Anda disetel ulang",
    Kind.RECOVERY_CODE_USED: "Kode pemulihan akun Anda dipakai untuk masuk",
    Kind.RECOVERY_CODES_RENEWED: "Kode pemulihan akun Anda dibuat baru",
    Kind.CONTACT_CHANGED: "Kontak akun Anda diubah",
    Kind.CONTACT_REMOVED: "Kontak akun Anda dihapus",
}
# Their text in the audit follows after a colon.
DETAILED = {Kind.NEW_DEVICE, Kind.CONTACT_CHANGED, Kind.CONTACT_REMOVED}
# The contacts of a person, as the audit names them.
CONTACTS = {"email": "email", "phone": "nomor HP"}
SHOWN = 5


@dataclass(frozen=True)
class Line:
    """One event on the account page: when, and a sentence with who did it if another person."""

    at: str
    text: str


def tell(
    kind: Kind, request, people: Iterable[User], *, text: str = "", address: str | None = None
) -> None:
    """Write an audit entry for each of these accounts, and tell its person by mail.

    `address` is the mail address from before a change of it. Mail leaves after the commit, and its
    failure is only logged. `request` is None for a command on the server.
    """
    messages = []
    for user in people:
        trail.record(kind, request, subject=user, text=text)
        to = user.email if address is None else address
        if to:
            messages.append(_message(kind, request, user, text, to))
    send_after_commit(messages)


def tell_changed_contacts(request, form) -> None:
    """Tell the person of a saved form of their account which contacts it changed.

    The words say which, not the values; mail goes to the address from before.
    """
    changed = ", ".join(words for name, words in CONTACTS.items() if name in form.changed_data)
    if changed:
        before = form.initial.get("email") or ""
        tell(Kind.CONTACT_CHANGED, request, [form.instance], text=changed, address=before)


def recent(user) -> list[Line]:
    """Return the newest of these events of an account, newest first."""
    events = AuditEvent.objects.filter(subject=user, kind__in=SENTENCES)
    newest = events.select_related("actor").order_by("-at", "-pk")[:SHOWN]
    return [
        Line(moment_text(event.at), _sentence(event.kind, event.text, _other(event.actor, user)))
        for event in newest
    ]


def _other(actor, user) -> User | None:
    return actor if actor is not None and actor.pk != user.pk else None


def _sentence(kind, text, other) -> str:
    by = f", oleh {other}" if other else ""
    detail = f": {text}" if text and kind in DETAILED else ""
    return f"{SENTENCES[Kind(kind)]}{detail}{by}."


def _message(kind, request, user, text, to) -> EmailMessage:
    signed_in = request is not None and request.user.is_authenticated
    other = _other(request.user, user) if signed_in else None
    region = user.region
    context = {
        "user": user,
        "sentence": _sentence(kind, text, other),
        "moment": moment_text(timezone.now()),
        "url": settings.SITE_URL + reverse("profile"),
        "contact": contact_at(region.code if region else settings.HOME_REGION),
    }
    body = render_to_string("registration/mail/account_notice.txt", context)
    subject = f"{SENTENCES[kind]} ({settings.SITE_NAME})"
    return EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [to])
