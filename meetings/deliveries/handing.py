"""Messages that were handed over as a letter or by WhatsApp, as the secretary ticks them."""

from django.db import transaction
from django.utils import timezone

from kotaku.formats import format_date
from meetings.deliveries.queue import lock, needs_of, new_row
from meetings.detail.needs import Need
from meetings.detail.told import told_facts
from meetings.models import Addendum, Delivery, DeliveryKind, MeetingEvent
from meetings.models.delivery import HANDED_OVER, INVITATIONS, RECEIVED, within


@transaction.atomic
def hand_over(meeting, *, by, message, people, means, day) -> int:
    """Record for these people that they have the message; return for how many it is new.

    `people` are keys of needs; `message` is `undangan`, `notulen` or `adendum-3`. An empty `means`
    takes wrong ticks back.
    """
    lock(meeting)
    kind, addendum = _meant(meeting, message)
    if kind is None:
        return 0
    needs = [need for need in needs_of(meeting, kind, addendum) if need.key in people]
    if not means:
        return sum(_take_back(meeting, need, by) for need in needs)
    facts = {"state": means, "handed_on": day, "by": by}
    return sum(_hand(meeting, need, facts) for need in needs if not need.is_received)


def _meant(meeting, message):
    name, _, number = message.partition("-")
    if name == "adendum" and number.isdecimal() and len(number) < 18:
        addendum = Addendum.objects.filter(minutes__meeting=meeting, pk=number).first()
        return (DeliveryKind.ADDENDUM, addendum) if addendum else (None, None)
    kinds = {"undangan": DeliveryKind.INVITATION, "notulen": DeliveryKind.MINUTES}
    return kinds.get(name), None


def _hand(meeting, need: Need, facts) -> int:
    is_invitation = need.kind in INVITATIONS
    facts = facts | {
        "kind": need.kind,
        "version": meeting.version,
        "told": told_facts(meeting) if is_invitation else {},
        "answer": "",
        "claimed_at": None,
        "at": timezone.now(),
    }
    row = need.row or new_row(meeting, need, facts["by"])
    # Mail that a sender has sent meanwhile stays sent.
    if row.pk and not Delivery.objects.filter(pk=row.pk).exclude(state__in=RECEIVED).exists():
        return 0
    for name, value in facts.items():
        setattr(row, name, value)
    row.save()
    if is_invitation:
        meeting.note_invited(version=meeting.version)
    elif need.kind == DeliveryKind.MINUTES:
        meeting.note_minutes_sent()
    return 1


def _take_back(meeting, need: Need, by) -> int:
    """Undo a tick and record what it said; mail that was sent stays sent."""
    row = need.row and Delivery.objects.filter(pk=need.row.pk, state__in=HANDED_OVER).first()
    if not row:
        return 0
    said = f"{row.get_kind_display()}, {row.name}: {within(row.get_state_display())}"
    row.delete()
    meeting.events.create(
        kind=MeetingEvent.Kind.UNTICK,
        actor=by,
        at=timezone.now(),
        text=f"{said} {format_date(row.handed_on)}",
    )
    return 1
