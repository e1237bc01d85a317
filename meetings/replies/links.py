"""Signed links with which an invited person answers without an account.

A link names a participant, the invitation that it came with, and how it was sent; its signature
also covers the address or phone number it was sent to, so another one of these ends it. It works
until the meeting begins, and ends with removal from the list and with the next invitation.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from kotaku.interface.fields import is_key
from kotaku.phones import international
from kotaku.requests.site_address import site_address
from meetings.models import DeliveryKind, DeliveryState, MeetingState, Participant

MAIL, WHATSAPP = "e", "w"
# Messages that bring a link. A printed letter has none, so it does not end an earlier one.
_WITH_LINK = {
    "kind__in": (DeliveryKind.INVITATION, DeliveryKind.CHANGE),
    "state__in": (DeliveryState.SENT, DeliveryState.WHATSAPP),
}


class Ended(StrEnum):
    """Why a link does not work; only the holder of a genuine link learns more than UNKNOWN."""

    UNKNOWN = "unknown"
    REPLACED = "replaced"
    BEGUN = "begun"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Invited:
    """The participant of a link, or why it does not work."""

    person: Participant | None
    ended: Ended | None = None


def mail_reply_url(person, row) -> str:
    """Return the link for the mail of a delivery; "" once the meeting has begun."""
    return _url(person, row.pk, MAIL)


def whatsapp_reply_url(person) -> str:
    """Return the link for a message to the person's phone; "" once the meeting has begun.

    `person.deliveries` are best loaded before.
    """
    keys = [row.pk for row in person.deliveries.all() if _brings_link(row)]
    return _url(person, max(keys, default=0), WHATSAPP)


def _brings_link(row):
    return row.kind in _WITH_LINK["kind__in"] and row.state in _WITH_LINK["state__in"]


def _url(person, number, way):
    meeting = person.meeting
    if meeting.state != MeetingState.SCHEDULED or meeting.has_begun:
        return ""
    token = _signer(person, way).sign(f"{person.pk}-{number}-{way}")
    return site_address() + reverse("meetings:invitation-reply", args=[token])


def invited_by(token: str) -> Invited:
    """Return whom a link is for."""
    person, number, way = _parts(token)
    if person is None or not _is_genuine(person, way, token):
        return Invited(None, Ended.UNKNOWN)
    meeting = person.meeting
    if meeting.state == MeetingState.CANCELLED and not meeting.was_cancelled_as_draft:
        return Invited(None, Ended.CANCELLED)
    if meeting.state == MeetingState.DONE or meeting.has_begun:
        return Invited(None, Ended.BEGUN)
    if meeting.state != MeetingState.SCHEDULED or not person.is_invited:
        return Invited(None, Ended.UNKNOWN)
    if _is_replaced(person, number, way):
        return Invited(None, Ended.REPLACED)
    return Invited(person)


def _parts(token):
    pk, _, rest = token.partition(".")[0].partition("-")
    number, _, way = rest.partition("-")
    if not (is_key(pk) and is_key(number) and way in (MAIL, WHATSAPP)):
        return None, 0, ""
    people = Participant.objects.select_related("meeting__programme", "user")
    return people.filter(pk=pk).first(), int(number), way


def _is_genuine(person, way, token):
    try:
        _signer(person, way).unsign(token)
    except BadSignature:
        return False
    return bool(_contact(person, way))


def _is_replaced(person, number, way):
    """Whether a later invitation has brought another link.

    A message by WhatsApp is ticked after it was sent, so that tick is of the link's own.
    """
    later = person.deliveries.filter(pk__gt=number, **_WITH_LINK).order_by("pk")
    states = list(later.values_list("state", flat=True)[:2])
    return bool(states) and not (way == WHATSAPP and states == [DeliveryState.WHATSAPP])


def _signer(person, way):
    return Signer(sep=".", salt=f"meetings.replies.links:{way}:{_contact(person, way)}")


def _contact(person, way):
    return person.address.lower() if way == MAIL else international(person.phone)
