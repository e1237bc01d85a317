"""The participants of a meeting by group (unsur), and how many of them came."""

from collections import Counter
from dataclasses import dataclass

from meetings.detail.replies import with_replies
from meetings.models import Participant, Unsur


@dataclass(frozen=True)
class UnsurGroup:
    """The participants of one group, and how many of them were present."""

    label: str
    people: list[Participant]
    present: int


def unsur_groups(meeting, *, replies=False) -> list[UnsurGroup]:
    """Return the participants by group, in the order of `Unsur`; `replies` loads their answers."""
    found = meeting.participants.select_related("village", "user")
    people = list(with_replies(found) if replies else found)
    groups = []
    for unsur in Unsur:
        members = [person for person in people if person.unsur == unsur]
        if members:
            groups.append(
                UnsurGroup(
                    label=unsur.label,
                    people=members,
                    present=sum(person.is_present for person in members),
                )
            )
    return groups


def head_count(groups) -> str:
    """Return `12 dari 19 hadir (L 7, P 4, tidak dicatat 1)`, including uninvited people present.

    If only positions are recorded, the text says that the number of people is unknown.
    """
    people = [person for group in groups for person in group.people]
    present = [person for person in people if person.is_present]
    if present and not any(person.name for person in people):
        # A recorded position may stand for any number of people.
        return "jumlah orang tidak tercatat"
    if not present:
        return f"{len(people)} peserta"
    sexes = Counter(person.sex for person in present)
    total = f"{len(present)} dari {len(people)} hadir"
    if sexes[""] == len(present):
        return total
    unknown = f", tidak dicatat {sexes['']}" if sexes[""] else ""
    return f"{total} (L {sexes['L']}, P {sexes['P']}{unknown})"
