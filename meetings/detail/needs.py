"""Which message about a meeting each person should have now, and the row that records it.

Who was told of a meeting needs a message again only if something that the invitation says has
changed. Who was told and is no longer invited at that address needs a cancellation.
"""

from dataclasses import dataclass

from meetings.detail.told import told_facts
from meetings.models import Delivery, DeliveryKind, DeliveryState, MeetingState, Participant
from meetings.models.delivery import INVITATIONS


@dataclass(frozen=True)
class Need:
    """A message that a person should have; `row` is its delivery so far, None if it is new."""

    kind: DeliveryKind
    person: Participant | None
    name: str
    address: str
    row: Delivery | None
    addendum_id: int | None = None
    # What the person has who is no longer on the list.
    known: Delivery | None = None

    @property
    def key(self) -> int:
        """The participant's number in forms; for who is no longer on the list that of `known`, negative."""
        return self.person.pk if self.person else -self.known.pk

    @property
    def is_received(self) -> bool:
        """Whether the person has it."""
        return bool(self.row and self.row.is_received)

    @property
    def is_due(self) -> bool:
        """Whether mail can be sent that does not wait to be sent already."""
        waits = self.row is not None and self.row.state == DeliveryState.WAITING
        return bool(self.address) and not self.is_received and not waits


def invitation_needs(meeting, people, rows) -> list[Need]:
    """Return the needs of a meeting that is scheduled or cancelled; none for a draft.

    Once it is held, who was told of it is known, and nobody needs to be.

    `people` are its participants with their accounts, `rows` its deliveries by primary key.
    """
    rows = [row for row in rows if row.kind in INVITATIONS]
    if meeting.state == MeetingState.CANCELLED:
        return _all_off(people, rows)
    if meeting.state == MeetingState.DRAFT or meeting.is_from_news:
        return []
    if meeting.state == MeetingState.DONE:
        return _held(people, rows)
    invited = [person for person in people if person.is_invited]
    addresses = {person.address.lower() for person in invited if person.address}
    rows = [row for row in rows if not _is_taken_back(row, addresses)]
    facts = told_facts(meeting)
    needs = [_invitation(meeting, facts, person, rows) for person in invited]
    return needs + _withdrawals(people, rows, kept=addresses)


def minutes_needs(people, rows) -> list[Need]:
    """Return the needs for approved minutes, of all who were invited or present."""
    return _papers(DeliveryKind.MINUTES, people, rows)


def addendum_needs(addendum, people, rows) -> list[Need]:
    """Return the needs for an addendum, of all who were invited or present."""
    mine = [row for row in rows if row.addendum_id == addendum.pk]
    return _papers(DeliveryKind.ADDENDUM, people, mine, addendum_id=addendum.pk)


def _papers(kind, people, rows, **more):
    last = {row.participant_id: row for row in rows if row.kind == kind}
    return [
        Need(kind, person, person.display_name, person.address, last.get(person.pk), **more)
        for person in people
        if person.is_invited or person.is_present
    ]


def is_current(row, meeting, facts) -> bool:
    """Whether a row says what the meeting is now."""
    return row.version == meeting.version or row.told == facts


def _is_taken_back(row, addresses):
    """Whether a cancellation has not arrived at an address that is invited again."""
    is_off = row.kind == DeliveryKind.CANCELLATION and not row.is_received
    return is_off and row.address.lower() in addresses


def _of(person, rows):
    """Return the person's rows; a cancellation counts at the person's present address only."""
    return [
        row
        for row in rows
        if row.participant_id == person.pk
        and (row.kind != DeliveryKind.CANCELLATION or _same(row.address, person.address))
    ]


def _invitation(meeting, facts, person, rows) -> Need:
    address, name = person.address, person.display_name
    mine = _of(person, rows)
    known = next((row for row in reversed(mine) if row.is_received), None)
    if known and _is_up_to_date(known, meeting, facts, address):
        return Need(known.kind, person, name, known.address, known)
    last = mine[-1] if mine else None
    is_open = last and not last.is_received and last.kind != DeliveryKind.CANCELLATION
    return Need(
        _kind(meeting, facts, person, rows), person, name, address, last if is_open else None
    )


def _is_up_to_date(row, meeting, facts, address):
    is_there = row.state != DeliveryState.SENT or _same(row.address, address)
    is_invited = row.kind != DeliveryKind.CANCELLATION
    return is_there and is_invited and is_current(row, meeting, facts)


def _kind(meeting, facts, person, rows):
    """Return CHANGE if this person or this address knows of the meeting as it was."""
    address = person.address
    known = [
        row
        for row in rows
        if row.is_received
        and (_same(row.address, address) if address else row.participant_id == person.pk)
    ]
    if not known or known[-1].kind == DeliveryKind.CANCELLATION:
        return DeliveryKind.INVITATION
    is_news = not is_current(known[-1], meeting, facts)
    return DeliveryKind.CHANGE if is_news else DeliveryKind.INVITATION


def _same(one, other):
    return one.lower() == other.lower()


def _held(people, rows) -> list[Need]:
    last = {row.participant_id: row for row in rows}
    return [
        Need(row.kind, person, person.display_name, person.address, row)
        for person in people
        if (row := last.get(person.pk))
    ]


def _all_off(people, rows) -> list[Need]:
    """Return the cancellations of a cancelled meeting, for all who were told of it."""
    needs = []
    for person in people:
        # A later message that has not arrived does not undo one that has.
        known = [row for row in _of(person, rows) if _is_known(row)]
        if not known or _is_switched_off(person):
            continue
        row = known[-1] if known[-1].kind == DeliveryKind.CANCELLATION else None
        name, kind = person.display_name, DeliveryKind.CANCELLATION
        needs.append(Need(kind, person, name, person.address, row))
    return needs + _withdrawals(people, rows, kept={need.address.lower() for need in needs})


def _withdrawals(people, rows, *, kept) -> list[Need]:
    """Return the cancellations for addresses, and people without one, that were told and are not kept."""
    persons = {person.pk: person for person in people}
    told = {}
    for row in rows:
        is_kept = row.address.lower() in kept if row.address else row.participant_id in persons
        if _is_known(row) and not is_kept:
            told[row.participant_id or row.name, row.address.lower()] = row
    needs = []
    for last in told.values():
        person, is_off = persons.get(last.participant_id), last.kind == DeliveryKind.CANCELLATION
        if (is_off and last.is_received) or (person and _is_switched_off(person)):
            continue
        row = last if is_off else None
        kind, address = DeliveryKind.CANCELLATION, last.address
        needs.append(Need(kind, person, last.name, address, row, known=last))
    return needs


def _is_known(row):
    """Whether a row says what its person knows, or is to know of a cancellation."""
    return row.is_received or row.kind == DeliveryKind.CANCELLATION


def _is_switched_off(person):
    return bool(person.user and not person.user.is_active)
