"""Display data for a meeting's pages and prints, as formatted strings."""

from dataclasses import dataclass
from datetime import date

from areas.models import Activity, Programme, Village
from kotaku.files.thumbs import Thumb, thumbs
from kotaku.formats import format_date
from kotaku.interface.abbreviations import speller
from kotaku.interface.moments import moment_text
from kotaku.mail import NO_SERVER, has_server
from kotaku.workflow.history import HistoryLine
from meetings.detail import labels, schedule
from meetings.detail.access import Access, access_for
from meetings.detail.deliveries import Post, not_reached, posts
from meetings.detail.groups import UnsurGroup, head_count, unsur_groups
from meetings.detail.history import meeting_lines
from meetings.detail.path import PathStep, outcome, path
from meetings.detail.replies import own_invitations, reply_count
from meetings.models import (
    AgendaItem,
    Article,
    Decision,
    FollowUp,
    Meeting,
    MeetingState,
    Minutes,
    Participant,
)
from meetings.models.progress_note import approved_assignments


@dataclass(frozen=True)
class FollowUpLine:
    """One follow-up in a list."""

    follow_up: FollowUp
    tone: str
    tone_label: str
    due: str
    owner: str
    due_on: date


@dataclass(frozen=True)
class DecisionLine:
    """One decision with its place among them, its villages, follow-ups and resulting activities."""

    number: int
    decision: Decision
    villages: str
    follow_ups: list[FollowUpLine]
    activities: list[Activity]


@dataclass(frozen=True)
class AgendaLine:
    """One agenda item with its time; notes and decisions only for readers of the minutes.

    `day` is set where an item begins one of several days.
    """

    number: int
    item: AgendaItem
    day: str
    time: str
    speaker: str
    notes: str
    decisions: list[DecisionLine]


def reads_minutes(meeting, user) -> bool:
    """Whether notes and decisions are readable: always for regional staff, else once approved."""
    is_staff_here = user.is_staff_reader and user.covers(meeting.region)
    return is_staff_here or meeting.is_from_news or meeting.minutes.state == "approved"


def for_screen(meetings):
    """Load the relations that a meeting's page shows first."""
    return meetings.select_related(
        "region",
        "programme",
        "minutes__submitted_by",
        "minutes__decided_by",
        "changed_by",
        "chair_user",
    )


@dataclass(frozen=True)
class MeetingFacts:
    """The facts at the top of every page and print of a meeting."""

    meeting: Meeting
    programme: Programme | None
    day: str
    time: str
    place: str
    organiser: str
    chair: str
    access: Access | None


def facts(meeting: Meeting, spell=None, *, user=None) -> MeetingFacts:
    """Return the facts shown at the top of every page and print of a meeting.

    Without a `user`, the access to an online meeting is left out. `spell` spells out an
    abbreviation at its first occurrence on the page (`kotaku.interface.abbreviations`).
    """
    spell = spell or speller()
    return MeetingFacts(
        meeting=meeting,
        programme=meeting.programme,
        day=labels.day_text(meeting),
        time=labels.time_text(meeting),
        place=labels.place_text(meeting, spell),
        organiser=spell(meeting.organiser),
        chair=spell(meeting.chair),
        access=access_for(meeting, user) if user else None,
    )


def _agenda_warnings(meeting):
    rows = [
        (item.title, schedule.Slot(item.starts_at, item.length_minutes, item.day))
        for item in meeting.agenda.all()
    ]
    first, last = labels.start_of_day(meeting), labels.end_of_day(meeting)
    return labels.agenda_warnings(first, last, rows, meeting.day_count)


def agenda_lines(meeting, decisions=None, spell=str) -> list[AgendaLine]:
    """Return the agenda with times; without `decisions`, neither notes nor decisions are included.

    `spell` as for `facts`.
    """
    items = list(meeting.agenda.all())
    slots = [schedule.Slot(item.starts_at, item.length_minutes, item.day) for item in items]
    days = labels.agenda_days(meeting, items)
    times = schedule.item_times(labels.start_of_day(meeting), slots)
    by_item = {}
    for line in decisions or []:
        by_item.setdefault(line.decision.agenda_item_id, []).append(line)
    return [
        AgendaLine(
            number=number,
            item=item,
            day=day,
            time=time,
            speaker=spell(item.speaker_text),
            notes="" if decisions is None else spell(item.notes),
            decisions=by_item.get(item.pk, []),
        )
        for number, (item, day, time) in enumerate(zip(items, days, times, strict=True), 1)
    ]


def decision_lines(meeting, *, as_approved=False) -> list[DecisionLine]:
    """Return all decisions of a meeting with their follow-ups and activities, in a few queries.

    `as_approved`: with the owners and due dates of the approved minutes, for their paper and mail.
    """
    approved = approved_assignments(meeting) if as_approved else {}
    decisions = meeting.decisions.prefetch_related(
        "villages", "follow_ups__village", "origins__activity"
    )
    return [
        DecisionLine(
            number=number,
            decision=decision,
            villages=", ".join(str(village) for village in decision.villages.all()),
            follow_ups=[
                follow_up_line(each, approved.get(each.pk)) for each in decision.follow_ups.all()
            ],
            activities=[origin.activity for origin in decision.origins.all()],
        )
        for number, decision in enumerate(decisions, 1)
    ]


def follow_up_line(follow_up, approved=None) -> FollowUpLine:
    """Return a follow-up as a line; `approved` is its assignment in the approved minutes."""
    known = follow_up.assignment | (approved or {})
    due_on = date.fromisoformat(known["due_on"])
    return FollowUpLine(
        follow_up,
        *labels.follow_up_tag(follow_up),
        due=format_date(due_on) if approved else labels.due_text(follow_up),
        owner=known["owner"],
        due_on=due_on,
    )


@dataclass(frozen=True)
class MeetingContext(MeetingFacts):
    """A meeting's page, as one user may see it."""

    villages: list[Village]
    agenda: list[AgendaLine]
    groups: list[UnsurGroup]
    head_count: str
    reads_minutes: bool
    minutes: Minutes
    submitted_at: str
    decided_at: str
    addenda: list[dict]
    decisions: list[DecisionLine]
    outcome: str
    path: list[PathStep]
    attachments: list[Thumb]
    articles: list[Article]
    invited_at: str
    minutes_sent_at: str
    can_decide: bool
    can_edit: bool
    can_plan: bool
    agenda_heading: str
    agenda_warnings: list[str]
    history: list[HistoryLine]
    no_mail: str
    posts: list[Post]
    is_changed: bool
    waiting_mail: int
    reply_count: str
    shows_replies: bool
    records_replies: bool
    own_invitations: list[Participant]


def meeting_context(meeting, user, *, handover_form=None) -> MeetingContext:
    """Return the template context of a meeting's page for this user.

    `handover_form` is a refused form about messages that were handed over.
    """
    minutes = meeting.minutes
    reads = reads_minutes(meeting, user)
    can_edit = user.is_bappeda and user.covers(meeting.region)
    groups = unsur_groups(meeting, replies=True)
    decisions = decision_lines(meeting) if reads else None
    spell = speller()
    known = facts(meeting, spell, user=user)
    articles = list(meeting.articles.kept() if can_edit else _published(meeting))
    added = list(minutes.addenda.select_related("author")) if minutes.state == "approved" else []
    people = [person for group in groups for person in group.people]
    mail = posts(meeting, people, added, form=handover_form) if can_edit else []
    is_changed = any(post.is_changed for post in mail)
    reads_all = user.reads_all_of(meeting.region)
    return MeetingContext(
        **vars(known),
        villages=list(meeting.villages.all()),
        agenda=agenda_lines(meeting, decisions, spell),
        groups=groups,
        head_count=head_count(groups),
        reads_minutes=reads,
        minutes=minutes,
        submitted_at=moment_text(minutes.submitted_at),
        decided_at=moment_text(minutes.decided_at),
        addenda=addendum_lines(added) if reads else [],
        decisions=decisions or [],
        outcome=outcome(decisions or []),
        path=path(
            meeting,
            minutes,
            known.day,
            articles,
            is_changed=is_changed,
            missing=not_reached(mail),
        ),
        attachments=attachment_thumbs(meeting, can_edit),
        articles=articles,
        invited_at=moment_text(meeting.invited_at),
        minutes_sent_at=moment_text(meeting.minutes_sent_at),
        can_decide=minutes.can_be_decided_by(user),
        can_edit=can_edit,
        can_plan=user.is_bappeda or user.is_village_officer,
        agenda_heading="Acara dan pokok bahasan" if meeting.is_from_news else "Susunan acara",
        agenda_warnings=_agenda_warnings(meeting) if can_edit and meeting.is_open else [],
        history=meeting_lines(meeting) if reads_all else [],
        no_mail="" if has_server() else NO_SERVER,
        posts=mail,
        is_changed=is_changed,
        waiting_mail=sum(post.waiting for post in mail),
        reply_count=reply_count(meeting, people),
        shows_replies=reads_all and not meeting.is_from_news,
        records_replies=can_edit and meeting.state == MeetingState.SCHEDULED,
        own_invitations=own_invitations(meeting, user, people),
    )


def attachment_thumbs(meeting, can_edit: bool) -> list[Thumb]:
    """Return the meeting's attachments as rows with small pictures."""
    return thumbs(
        meeting.attachments.all(),
        "meetings:attachment",
        alt=f"Lampiran {meeting}",
        note=lambda file: " · ".join(filter(None, (file.get_kind_display(), file.caption))),
        removal="meetings:attachment-removal" if can_edit else "",
    )


def without_item(decisions) -> list[DecisionLine]:
    """Return the decisions without an agenda item."""
    return [line for line in decisions if line.decision.agenda_item_id is None]


def _published(meeting):
    return meeting.articles.filter(state="published")


def addendum_lines(addenda) -> list[dict]:
    """Return addenda, loaded with their authors, with author and time."""
    return [
        {"text": addendum.text, "author": str(addendum.author), "at": moment_text(addendum.at)}
        for addendum in addenda
    ]
