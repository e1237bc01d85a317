"""Answers to an invitation as lines of a meeting's page, and how many gave which."""

from collections import Counter

from django.db.models import Case, F, OuterRef, Prefetch, Q, Subquery, When
from django.utils import timezone

from meetings.models import Answer, MeetingState, Participant, Reply


def with_replies(people):
    """Load the answers of participants with who recorded them, in one query."""
    return people.prefetch_related(Prefetch("replies", Reply.objects.select_related("by")))


def reply_count(meeting, people) -> str:
    """Return `3 hadir, 1 diwakili, 0 berhalangan, 14 belum menjawab` of those invited.

    "" for a meeting to which nobody is invited now.
    """
    invited = [person for person in people if person.is_invited]
    if meeting.state != MeetingState.SCHEDULED or not invited:
        return ""
    replies = [person.reply for person in invited]
    counts = Counter(reply.answer for reply in replies if reply and reply.is_current)
    parts = [f"{counts[answer.value]} {answer.label.lower()}" for answer in Answer]
    return ", ".join([*parts, f"{len(invited) - counts.total()} belum menjawab"])


def own_invitations(meeting, user, people) -> list[Participant]:
    """Return the participants for whom this user may answer as invited."""
    if meeting.state != MeetingState.SCHEDULED:
        return []
    mine = Participant.objects.invited_as(user).filter(meeting=meeting)
    keys = set(mine.values_list("pk", flat=True))
    return [person for person in people if person.pk in keys]


def awaiting(user):
    """Return the invitations of this user that still await an answer, as one query.

    An answer counts as `Reply.is_current` says: for the name and the start as they are now.
    """
    last = Reply.objects.filter(participant=OuterRef("pk")).order_by("-pk")
    return (
        Participant.objects.invited_as(user)
        .filter(meeting__state=MeetingState.SCHEDULED, meeting__starts_at__gt=timezone.now())
        .annotate(
            answered_for=Subquery(last.values("starts_at")[:1]),
            answered_as=Subquery(last.values("name")[:1]),
            called=Case(When(name="", then=F("position")), default=F("name")),
        )
        .filter(
            Q(answered_for__isnull=True)
            | ~Q(answered_for=F("meeting__starts_at"))
            | ~Q(answered_as=F("called"))
        )
        .order_by("meeting__starts_at", "pk")
    )
