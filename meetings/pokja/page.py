"""The contents of the pages about the working group, as formatted strings."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Q
from django.utils import timezone

from kotaku.formats import format_date
from kotaku.interface.moments import moment_text
from kotaku.workflow.history import HistoryLine, change_text
from kotaku.workflow.states import Tone
from meetings.models import PokjaDecree, PokjaMember

ROLES = list(PokjaMember.Role.values)
# The verb of each kind of event, after the person's name.
_DONE = {
    "add": "mencatat SK",
    "change": "mengubah SK",
    "copy": "menyalin anggota",
    "import": "mengimpor anggota",
    "member_add": "menambah anggota",
    "member_change": "mengubah anggota",
    "member_remove": "menghapus anggota",
}


@dataclass(frozen=True)
class DecreeLine:
    """A decree in the list, with its number of members and whether it is in force."""

    decree: PokjaDecree
    term: str
    state: str
    tone: str
    members: int


def decree_lines(decrees) -> list[DecreeLine]:
    """Return the decrees with their states, the latest first."""
    today = timezone.localdate()
    serving = Q(members__valid_until__isnull=True) | Q(members__valid_until__gte=today)
    people = Count("members", filter=serving)
    found = list(decrees.annotate(people=people).select_related("region"))
    regions = {each.region_id for each in found}
    in_force = {
        decree.pk
        for region in regions
        if (decree := _in_force([each for each in found if each.region_id == region]))
    }
    return [_line(each, in_force, each.people) for each in found]


def _in_force(decrees):
    """Return the one of a region's decrees that is in force, as `PokjaDecreeQuerySet.in_force`."""
    today = timezone.localdate()
    begun = [each for each in decrees if each.valid_from <= today]
    latest = max(
        begun, key=lambda each: (not each.is_sample, each.valid_from, each.pk), default=None
    )
    has_ended = latest and latest.valid_to and latest.valid_to < today
    return None if has_ended else latest


def _line(decree, in_force, members):
    state, tone = state_of(decree, is_in_force=decree.pk in in_force)
    return DecreeLine(decree, term_text(decree), state, tone, members)


def state_of(decree, *, is_in_force) -> tuple[str, str]:
    """Return the state of a decree, which follows from its days, and its tone."""
    today = timezone.localdate()
    if is_in_force:
        return "Berlaku", Tone.GOOD
    if decree.valid_from > today:
        return "Belum berlaku", Tone.WAIT
    if decree.valid_to and decree.valid_to < today:
        return "Berakhir", Tone.PLAIN
    return "Diganti", Tone.PLAIN


def term_text(decree) -> str:
    """Return the term: `8 November 2016 s.d. 31 Desember 2017`, `sejak 8 November 2016`."""
    first = format_date(decree.valid_from)
    return f"{first} s.d. {format_date(decree.valid_to)}" if decree.valid_to else f"sejak {first}"


@dataclass(frozen=True)
class MemberLine:
    """A member as shown; contacts are "" for those who may not see them."""

    member: PokjaMember
    what: str
    phone: str
    email: str
    left: str


def member_groups(members, *, with_contacts) -> list[tuple[str, int, list[MemberLine]]]:
    """Return the members by their place in the group, the highest first, as the decree lists them.

    The number beside a place counts those who serve.
    """
    ordered = sorted(members, key=lambda each: (ROLES.index(each.role), each.pk))
    groups = []
    for role, found in groupby(ordered, key=lambda each: each.role):
        people = list(found)
        serving = sum(not has_left(each) for each in people)
        lines = [_member_line(each, with_contacts) for each in people]
        groups.append((PokjaMember.Role(role).label, serving, lines))
    return groups


def has_left(member) -> bool:
    """Whether this person's own last day is over."""
    return bool(member.valid_until and member.valid_until < timezone.localdate())


def _member_line(member, with_contacts):
    position = member.position if member.name else ""
    parts = [member.section, position, member.organisation]
    until = member.valid_until
    verb = "keluar" if has_left(member) else "anggota s.d."
    left = f"{verb} {format_date(until)}" if until else ""
    return MemberLine(
        member,
        ", ".join(filter(None, parts)),
        member.phone if with_contacts else "",
        member.email if with_contacts else "",
        left,
    )


def number_text(members) -> str:
    """Return how many serve, and how many have left: `9 orang, 1 sudah keluar`."""
    gone = sum(map(has_left, members))
    return f"{len(members) - gone} orang" + (f", {gone} sudah keluar" if gone else "")


def history(decree) -> list[HistoryLine]:
    """Return the recorded changes of a decree and its members."""
    return [
        HistoryLine(
            tone=Tone.WAIT,
            actor=str(event.actor),
            action=" ".join(filter(None, [_DONE[event.kind], event.who])),
            area="",
            at=moment_text(event.at),
            reason="\n".join(change_text(*change) for change in event.changes),
        )
        for event in decree.events.select_related("actor")
    ]
