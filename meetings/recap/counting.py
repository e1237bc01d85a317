"""Count the meetings of a period, in the same number of queries for any number of meetings.

Sample meetings are counted only where there are no others: invented numbers never join real ones.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Case, Count, Q, Value, When
from django.utils import timezone

from meetings.detail.labels import AWAITED, LATE
from meetings.models import Decision, FollowUp, Meeting, MeetingState, Participant
from meetings.models.follow_up import FollowUpState
from meetings.models.minutes import MinutesState
from meetings.models.person import Unsur
from meetings.models.states import FOLLOW_UP_OPEN

# What a follow-up is counted as, in the order of the tables.
TASK_STATES = (
    FollowUpState.NOT_STARTED.label,
    FollowUpState.RUNNING.label,
    LATE,
    AWAITED,
    FollowUpState.DONE.label,
    FollowUpState.CANCELLED.label,
)
# Meetings in these states were never planned for others.
UNCOUNTED = (MeetingState.DRAFT, MeetingState.DISCARDED)


@dataclass
class MeetingCounts:
    """One meeting with what is counted in it; people are attendances, not different persons."""

    meeting: Meeting
    # False if only positions were recorded, each of which may stand for any number of people.
    are_people_known: bool = True
    invited: Counter = field(default_factory=Counter)  # unsur → people invited or present
    present: Counter = field(default_factory=Counter)  # unsur → people present
    sexes: Counter = field(default_factory=Counter)  # "L", "P" or "" → people present
    decisions: int = 0
    tasks: Counter = field(default_factory=Counter)  # one of TASK_STATES → follow-ups

    @property
    def has_begun(self) -> bool:
        """Whether people could come: it is neither cancelled nor still to come."""
        return self.meeting.state == MeetingState.DONE or (
            self.meeting.state == MeetingState.SCHEDULED and self.meeting.has_begun
        )

    @property
    def are_minutes_approved(self) -> bool:
        """Whether its decisions stand."""
        return self.meeting.minutes.state == MinutesState.APPROVED


@dataclass(frozen=True)
class Recap:
    """The meetings of a period, the earliest first, and what was left out."""

    rows: list[MeetingCounts]
    drafts: int
    samples: int
    is_sample: bool


def recap(user, first: date, last: date) -> Recap:
    """Return the recap of the meetings of this user's region from `first` to `last`, both included."""
    meetings = Meeting.objects.readable_by(user).filter(
        user.within("region"), starts_at__date__gte=first, starts_at__date__lte=last
    )
    found = list(meetings.select_related("minutes", "programme").order_by("starts_at", "pk"))
    held = [each for each in found if not _was_planned_only(each)]
    real = [each for each in held if not _is_sample(each)]
    counted = real or held
    rows = {each.pk: MeetingCounts(each) for each in counted}
    _count_people(rows)
    _count_decisions(rows)
    return Recap(
        rows=list(rows.values()),
        drafts=len(found) - len(held),
        samples=len(held) - len(counted),
        is_sample=bool(held) and not real,
    )


def _was_planned_only(meeting) -> bool:
    return meeting.state == MeetingState.DRAFT or meeting.was_cancelled_as_draft


def _is_sample(meeting) -> bool:
    return bool(meeting.programme and meeting.programme.is_sample)


def _count_people(rows) -> None:
    people = Participant.objects.filter(meeting__in=rows).order_by()
    numbers = people.values_list("meeting", "unsur", "sex").annotate(
        invited=Count("pk"),
        came=Count("pk", filter=Q(is_present=True)),
        named=Count("pk", filter=~Q(name="")),
    )
    named = Counter()
    for meeting, unsur, sex, invited, present, with_name in numbers:
        row = rows[meeting]
        row.invited[unsur] += invited
        row.present[unsur] += present
        row.sexes[sex] += present
        named[meeting] += with_name
    for pk, row in rows.items():
        if row.present.total() and not named[pk]:
            row.are_people_known = False
        if not (row.has_begun and row.are_people_known):
            for counter in (row.invited, row.present, row.sexes):
                counter.clear()


def _count_decisions(rows) -> None:
    decisions = Decision.objects.filter(meeting__in=rows).order_by()
    for meeting, number in decisions.values_list("meeting").annotate(Count("pk")):
        rows[meeting].decisions = number
    is_open = Q(state__in=FOLLOW_UP_OPEN)
    state = Case(
        When(is_open & Q(due_on__lt=timezone.localdate()), then=Value(LATE)),
        When(Q(state=FollowUpState.DONE, confirmed_at=None), then=Value(AWAITED)),
        *(When(state=value, then=Value(label)) for value, label in FollowUpState.choices),
    )
    tasks = FollowUp.objects.filter(decision__meeting__in=rows).order_by().annotate(counted=state)
    for meeting, label, number in tasks.values_list("decision__meeting", "counted").annotate(
        Count("pk")
    ):
        rows[meeting].tasks[label] += number


@dataclass(frozen=True)
class Summary:
    """Sums of a recap as rows of numbers; each ends with the total."""

    states: list[str]
    kinds: list[tuple[str, list[int]]]
    people: list[tuple[str, list[int]]]
    sexes: list[tuple[str, int]]
    decisions: list[tuple[str, int]]
    tasks: list[tuple[str, int]]
    unknown: int


def summary(recap: Recap) -> Summary:
    """Add up a recap: kinds by state, people by group and sex, decisions and follow-ups by state."""
    states = [each for each in MeetingState if each not in UNCOUNTED]
    kinds = Counter((row.meeting.kind, row.meeting.state) for row in recap.rows)
    invited, present, sexes, tasks = Counter(), Counter(), Counter(), Counter()
    for row in recap.rows:
        invited += row.invited
        present += row.present
        sexes += row.sexes
        tasks += row.tasks
    approved = sum(row.decisions for row in recap.rows if row.are_minutes_approved)
    decided = sum(row.decisions for row in recap.rows)
    return Summary(
        states=[state.label for state in states],
        kinds=_with_total(
            ((label, _across(kinds, kind, states)) for kind, label in Meeting.Kind.choices),
            len(states) + 1,
        ),
        people=_with_total(
            ((label, [invited[unsur], present[unsur]]) for unsur, label in Unsur.choices), 2
        ),
        sexes=[("Laki-laki", sexes["L"]), ("Perempuan", sexes["P"]), ("Tidak dicatat", sexes[""])],
        decisions=[
            ("Notulennya disahkan", approved),
            ("Notulennya belum disahkan", decided - approved),
            ("Jumlah", decided),
        ],
        tasks=[*((label, tasks[label]) for label in TASK_STATES), ("Jumlah", tasks.total())],
        unknown=sum(not row.are_people_known for row in recap.rows),
    )


def _across(kinds: Counter, kind, states) -> list[int]:
    numbers = [kinds[kind, state] for state in states]
    return [*numbers, sum(numbers)]


def _with_total(rows, width: int) -> list[tuple[str, list[int]]]:
    """Return the rows with any number in them, and the sums of their columns as the last row."""
    rows = [(label, numbers) for label, numbers in rows if any(numbers)]
    sums = [sum(numbers[column] for _, numbers in rows) for column in range(width)]
    return [*rows, ("Jumlah", sums)]
