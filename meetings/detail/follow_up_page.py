"""Display data for the follow-up pages, as formatted strings."""

from dataclasses import dataclass
from datetime import date

from areas.models import Activity, Programme, Village
from kotaku.files.thumbs import Thumb, thumbs
from kotaku.formats import format_date
from kotaku.interface.moments import moment_text
from kotaku.workflow.history import HistoryLine, change_text
from kotaku.workflow.states import Tone, tones
from meetings.detail.page import FollowUpLine, follow_up_line, reads_minutes
from meetings.models import ActivityOrigin, FollowUp, FollowUpEvidence, Meeting
from meetings.models.states import FOLLOW_UP_TRANSITIONS, MINUTES_OPEN

ASSIGNMENT_NAMES = {
    "owner": "penanggung jawab",
    "account": "akun yang melaporkan",
    "due_on": "batas waktu",
    "meeting": "rapat",
}
TONES = tones(FOLLOW_UP_TRANSITIONS.values()) | {"detach": Tone.PLAIN}


def lines(follow_ups) -> list[FollowUpLine]:
    """Return follow-ups loaded with `loaded()` as lines."""
    return [follow_up_line(follow_up) for follow_up in follow_ups]


@dataclass(frozen=True)
class FollowUpContext:
    """A follow-up's page, as one user may see it."""

    line: FollowUpLine
    follow_up: FollowUp
    meeting: Meeting
    programme: Programme
    meeting_day: str
    reads_minutes: bool
    villages: list[Village]
    activities: list[Activity]
    decision_activities: list[Activity]
    can_plan: bool
    history: list[HistoryLine]
    completed_at: str
    confirmed_at: str
    may_report: bool
    may_confirm: bool
    is_own_report: bool
    may_reopen: bool
    evidence: list[Thumb]
    may_edit: bool
    may_reassign: bool
    may_cancel: bool


def detail_context(follow_up, user) -> FollowUpContext:
    """Return the template context of a follow-up's page for this user."""
    may_report = FollowUp.objects.reportable_by(user).filter(pk=follow_up.pk).exists()
    is_done = follow_up.state == "done"
    of_decision = ActivityOrigin.objects.visible_to(user).filter(decision=follow_up.decision_id)
    origins = list(of_decision.loaded())
    is_bappeda_here = user.is_bappeda and may_report
    return FollowUpContext(
        line=follow_up_line(follow_up),
        follow_up=follow_up,
        meeting=follow_up.meeting,
        programme=follow_up.meeting.programme,
        meeting_day=follow_up.meeting.days_text,
        reads_minutes=reads_minutes(follow_up.meeting, user),
        villages=list(follow_up.decision.villages.all()),
        activities=[each.activity for each in origins if each.follow_up_id == follow_up.pk],
        # The meeting's page names them with the decision.
        decision_activities=[
            each.activity for each in origins if each.follow_up_id != follow_up.pk
        ],
        can_plan=user.is_bappeda or user.is_village_officer,
        history=_history(follow_up),
        completed_at=moment_text(follow_up.completed_at),
        confirmed_at=moment_text(follow_up.confirmed_at),
        may_report=may_report and follow_up.is_open,
        may_confirm=FollowUp.objects.confirmable_by(user).filter(pk=follow_up.pk).exists(),
        is_own_report=is_done and follow_up.completed_by_id == user.pk,
        may_reopen=is_bappeda_here and not follow_up.is_open,
        evidence=_evidence(follow_up, user, may_report and follow_up.is_open),
        may_edit=is_bappeda_here
        and follow_up.is_open
        and follow_up.meeting.minutes.state in MINUTES_OPEN,
        may_reassign=is_bappeda_here and follow_up.can_be_reassigned,
        may_cancel=is_bappeda_here and follow_up.is_open,
    )


def _history(follow_up):
    return [
        HistoryLine(
            tone=TONES[note.kind],
            actor=str(note.author),
            action=note.get_kind_display(),
            area="",
            at=moment_text(note.at),
            reason=_said(note),
        )
        for note in follow_up.notes.select_related("author")
    ]


def _said(note) -> str:
    """Return what a line of history says: what changed, the text, the files that came with it."""
    files = [_changed(each) for each in note.changes if each[0] == "evidence"]
    changes = [_changed(each) for each in note.changes if each[0] != "evidence"]
    return "\n".join([*changes, note.text, *files]).strip()


def _evidence(follow_up, user, may_remove) -> list[Thumb]:
    """Return the evidence as rows with small pictures; none to people who may not see it."""
    return thumbs(
        FollowUpEvidence.objects.visible_to(user).filter(follow_up=follow_up),
        "meetings:follow-up-evidence",
        alt="Bukti tindak lanjut",
        removal="meetings:follow-up-evidence-removal" if may_remove else "",
    )


def _changed(change) -> str:
    name, before, after = change
    if name == "evidence":
        return change_text("bukti", "", after)
    if name == "due_on":
        before, after = (format_date(date.fromisoformat(each)) for each in (before, after))
    return change_text(ASSIGNMENT_NAMES[name], before or "–", after)
