"""Write down who is to get a message; it is sent later, and only to those who do not have it."""

from django.db import transaction
from django.db.models import F

from meetings.detail.needs import Need, addendum_needs, invitation_needs, minutes_needs
from meetings.models import Delivery, DeliveryKind, DeliveryState, Meeting
from meetings.models.delivery import INVITATIONS

WAITING, NO_ADDRESS = DeliveryState.WAITING, DeliveryState.NO_ADDRESS


def needs_of(meeting, kind, addendum=None) -> list[Need]:
    """Return the needs for the kind of message: an invitation's, the minutes', or an addendum's."""
    people = list(meeting.participants.select_related("user"))
    rows = list(meeting.deliveries.order_by("pk"))
    if kind == DeliveryKind.MINUTES:
        return minutes_needs(people, rows)
    if kind == DeliveryKind.ADDENDUM:
        return addendum_needs(addendum, people, rows)
    return invitation_needs(meeting, people, rows)


@transaction.atomic
def queue(meeting, kind, *, by, addendum=None) -> int:
    """Let everybody wait who has not got the message; return for how many mail can be sent.

    A second click finds them waiting and adds nothing.
    """
    lock(meeting)
    needs = needs_of(meeting, kind, addendum)
    if kind in INVITATIONS:
        _drop_obsolete(meeting, needs)
    new = [_new_row(meeting, need, by) for need in needs if need.row is None]
    # Cancellations go first, for a calendar that gets the mail of an old and a new address.
    Delivery.objects.bulk_create(sorted(new, key=lambda row: row.kind != DeliveryKind.CANCELLATION))
    again = [need for need in needs if need.row is not None and not need.is_received]
    for need in again:
        _queue_again(need, by)
    mailed = [row for row in new if row.state == WAITING]
    return len(mailed) + sum(bool(need.address) for need in again)


def lock(meeting) -> None:
    """Lock the meeting's deliveries until the end of this transaction.

    An update that changes nothing takes the row lock on PostgreSQL and the write lock on SQLite.
    """
    Meeting.objects.filter(pk=meeting.pk).update(version=F("version"))


def _drop_obsolete(meeting, needs):
    """Delete invitations that wait for people who are not to be told any more."""
    kept = [need.row.pk for need in needs if need.row]
    waiting = meeting.deliveries.filter(kind__in=INVITATIONS, state=WAITING)
    waiting.filter(claimed_at__isnull=True).exclude(pk__in=kept).delete()


def new_row(meeting, need, by, **facts) -> Delivery:
    """Return an unsaved row for a need."""
    return Delivery(
        meeting=meeting,
        participant=need.person,
        name=need.name[:160],
        kind=need.kind,
        addendum_id=need.addendum_id,
        version=meeting.version,
        by=by,
        **facts,
    )


def _new_row(meeting, need, by):
    state = WAITING if need.address else NO_ADDRESS
    return new_row(meeting, need, by, state=state, address=need.address)


def _queue_again(need, by):
    """Let a row wait again, unless a sender may be busy with it."""
    row = need.row
    if row.state == WAITING and not row.answer and need.address:
        return
    state = WAITING if need.address else NO_ADDRESS
    Delivery.objects.filter(pk=row.pk, state=row.state, answer=row.answer).update(
        state=state,
        kind=need.kind,
        address=need.address,
        answer="",
        attempts=0,
        claimed_at=None,
        by=by,
    )
