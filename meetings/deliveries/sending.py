"""Send the mail that waits, outside the request or in short batches; every row says how it went.

A sender claims the rows of one address before it sends, so that two senders never send the same
mail. A row whose mail failed for now, or whose sender died, may be claimed again after CLAIM.
"""

import time
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from kotaku.mail import Dropped, MailLine, Refused, Unreachable
from kotaku.models import User
from meetings.deliveries.messages import Letters, joined
from meetings.deliveries.queue import needs_of
from meetings.deliveries.sequence import next_sequence
from meetings.models import Delivery, DeliveryKind, DeliveryState, Meeting, MeetingState
from meetings.models.delivery import INVITATIONS, RECEIVED
from meetings.replies.links import mail_reply_url

CLAIM = timedelta(minutes=15)
# A message that failed so often, each time for now, is given up.
MOST_ATTEMPTS = 8
# The server is left alone after so many messages in a row that ended the connection.
MOST_DROPS = 3
# What one click sends at most: seconds in all, and for each step of the mail server.
CLICK_SECONDS, CLICK_TIMEOUT = 5, 4
SWITCHED_OFF = "Akunnya tidak aktif lagi."
PAPERS = (DeliveryKind.MINUTES, DeliveryKind.ADDENDUM)


@dataclass
class Outcome:
    """How many people a run has reached, how many addresses were refused, and who waits still."""

    sent: int = 0
    refused: int = 0
    waiting: int = 0
    is_down: bool = False


@dataclass
class _Run:
    """What one run knows: the latest letters of each meeting, and which meetings it noted."""

    outcome: Outcome = field(default_factory=Outcome)
    drops: int = 0
    letters: dict = field(default_factory=dict)
    needs: dict = field(default_factory=dict)
    noted: set = field(default_factory=set)


def send_batch(meeting) -> Outcome:
    """Send what waits for a meeting, as far as one click may take."""
    rows = Delivery.objects.filter(meeting=meeting)
    return send_waiting(rows, seconds=CLICK_SECONDS, timeout=CLICK_TIMEOUT)


def send_waiting(rows=None, *, seconds=None, timeout=None) -> Outcome:
    """Send the mail that waits among these rows; stop after so many seconds, if given."""
    rows = Delivery.objects.all() if rows is None else rows
    run, began = _Run(), time.monotonic()
    with MailLine(timeout=timeout) as line:
        while seconds is None or time.monotonic() - began < seconds:
            group = _claim(rows)
            if not group:
                break
            try:
                _send_group(group, line, run)
            except Unreachable as error:
                _write(group, answer=str(error), claimed_at=None)
                run.outcome.is_down = True
                break
            if run.drops >= MOST_DROPS:
                run.outcome.is_down = True
                break
    run.outcome.waiting = rows.filter(state=DeliveryState.WAITING).count()
    return run.outcome


def _claim(rows) -> list[Delivery]:
    """Take the next rows of one message to one address, which other senders then leave alone."""
    now = timezone.now()
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=now - CLAIM)
    ready = rows.filter(free, state=DeliveryState.WAITING).order_by("pk")
    while first := ready.first():
        same = {"meeting": first.meeting_id, "addendum": first.addendum_id}
        kinds = [first.kind] if first.kind not in _TOLD else _TOLD
        group = ready.filter(kind__in=kinds, address__iexact=first.address, **same)
        keys = list(group.values_list("pk", flat=True))
        taken = Delivery.objects.filter(free, pk__in=keys, state=DeliveryState.WAITING)
        if taken.update(claimed_at=now, answer=""):
            mine = Delivery.objects.filter(pk__in=keys, claimed_at=now).order_by("pk")
            return list(mine.select_related("by", "addendum__author"))
    return []


# An address that is invited for one person and told of a change for another gets one mail.
_TOLD = (DeliveryKind.INVITATION, DeliveryKind.CHANGE)


def _send_group(group, line, run) -> None:
    """Send one mail for the rows of an address. Raises Unreachable; other failures are recorded."""
    letters = _letters(group[0].meeting_id, run)
    needed = _needed(letters, group, run)
    obsolete = [row.pk for row in group if row.pk not in needed]
    Delivery.objects.filter(pk__in=obsolete, state=DeliveryState.WAITING).delete()
    by_address = {}
    for row in group:
        if row.pk in needed:
            by_address.setdefault(needed[row.pk].address.lower(), []).append(row)
    for rows in by_address.values():
        _send_mail(rows, needed, letters, line, run)


def _letters(meeting_id, run) -> Letters:
    """Return the letters about the meeting as it is now."""
    version = Meeting.objects.values_list("version", flat=True).get(pk=meeting_id)
    known = run.letters.get(meeting_id)
    if known is None or known.meeting.version != version:
        meetings = Meeting.objects.select_related("region", "programme", "minutes", "changed_by")
        known = run.letters[meeting_id] = Letters(meetings.get(pk=meeting_id))
        run.needs = {}
    return known


def _needed(letters, group, run) -> dict:
    """Return row → need for the rows that still say something their people should know."""
    first = group[0]
    is_paper = first.kind in PAPERS
    if not is_paper and letters.meeting.state == MeetingState.DONE:
        return {}
    topic = (first.meeting_id, first.kind if is_paper else "", first.addendum_id)
    missing = topic not in run.needs or any(row.pk not in run.needs[topic] for row in group)
    if missing:
        needs = needs_of(letters.meeting, first.kind, first.addendum)
        run.needs[topic] = {need.row.pk: need for need in needs if need.row}
    found = run.needs[topic]
    return {row.pk: found[row.pk] for row in group if row.pk in found}


def _send_mail(rows, needed, letters, line, run) -> None:
    needs = [needed[row.pk] for row in rows]
    address, last = needs[0].address, rows[-1]
    if not address or _is_switched_off(address):
        answer = SWITCHED_OFF if address else ""
        _write(rows, state=DeliveryState.NO_ADDRESS, address="", answer=answer, claimed_at=None)
        return
    kinds = {need.kind for need in needs}
    kind = DeliveryKind.CHANGE if DeliveryKind.CHANGE in kinds else needs[0].kind
    told = _told_before(rows, address) if kind in INVITATIONS else {}
    names = joined([need.name for need in needs])
    facts = {"told": told, "addendum": rows[0].addendum, "links": _links(rows, needs)}
    if kind in INVITATIONS:
        facts["sequence"] = _sequence(rows, address, kind, letters.meeting)
    message = letters.message(kind, address, names, by=last.by, **facts)
    try:
        line.send(message)
    except Refused as error:
        _note_failure(rows, str(error), run, is_final=not error.is_for_now)
    except Dropped as error:
        run.drops += 1
        _note_failure(rows, str(error), run, is_final=False)
    else:
        run.drops = 0
        _note_sent(rows, needs, address, letters, told, run)


def _links(rows, needs) -> list[tuple[str, str]]:
    """Return (name, URL) with which each person answers the invitation."""
    return [
        (need.name, mail_reply_url(need.person, row))
        for row, need in zip(rows, needs, strict=True)
        if need.kind in _TOLD
    ]


def _is_switched_off(address) -> bool:
    """Whether an address belongs to accounts that are all switched off."""
    owners = User.objects.filter(email__iexact=address).values_list("is_active", flat=True)
    return bool(owners) and not any(owners)


def _told_before(rows, address) -> dict:
    """Return what the last message to this address, or these people, said of the meeting."""
    people = [row.participant_id for row in rows if row.participant_id]
    earlier = Delivery.objects.filter(
        Q(address__iexact=address) | Q(participant__in=people, address=""),
        meeting=rows[0].meeting_id,
        kind__in=INVITATIONS,
        state__in=RECEIVED,
    )
    last = earlier.order_by("-pk").first()
    return last.told if last else {}


def _sequence(rows, address, kind, meeting) -> int:
    """Return the SEQUENCE of a calendar, after all that this address or these people were sent."""
    people = [row.participant_id for row in rows if row.participant_id]
    sent = Delivery.objects.filter(
        Q(address__iexact=address) | Q(participant__in=people),
        meeting=meeting,
        kind__in=INVITATIONS,
        state=DeliveryState.SENT,
    )
    return next_sequence(
        sent.order_by("at", "pk").values_list("kind", "version"), kind, meeting.version
    )


def _note_failure(rows, words, run, *, is_final) -> None:
    attempts = rows[0].attempts + 1
    if is_final or attempts >= MOST_ATTEMPTS:
        run.outcome.refused += len(rows)
        state, facts = DeliveryState.REFUSED, {"claimed_at": None}
    else:
        # The claim stays, so that the next try waits.
        state, facts = DeliveryState.WAITING, {}
    _write(rows, state=state, answer=words, attempts=attempts, at=timezone.now(), **facts)


def _note_sent(rows, needs, address, letters, told, run) -> None:
    meeting, is_paper = letters.meeting, rows[0].kind in PAPERS
    said = {} if is_paper else letters.facts
    for row, need in zip(rows, needs, strict=True):
        news = letters.changes_since(told) if need.kind == DeliveryKind.CHANGE else []
        _write(
            [row],
            state=DeliveryState.SENT,
            kind=need.kind,
            address=address,
            name=need.name,
            version=meeting.version,
            told=said,
            changes="; ".join(news),
            answer="",
            at=timezone.now(),
            claimed_at=None,
        )
    run.outcome.sent += len(rows)
    if (meeting.pk, is_paper) not in run.noted:
        run.noted.add((meeting.pk, is_paper))
        meeting.note_minutes_sent() if is_paper else meeting.note_invited(version=meeting.version)


def _write(rows, **facts) -> None:
    waiting = Delivery.objects.filter(pk__in=[row.pk for row in rows], state=DeliveryState.WAITING)
    waiting.update(**facts)
