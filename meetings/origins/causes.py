"""Decisions and follow-ups that activities of the work plan come from, with their references."""

from dataclasses import dataclass

from django.urls import reverse

from areas.models import Activity
from kotaku.contributions import Origin, Section
from meetings.models import ActivityOrigin, Decision, FollowUp

DECISION, FOLLOW_UP = "keputusan", "tindak-lanjut"
MANY = 100


@dataclass(frozen=True)
class Cause:
    """A decision, or one of its follow-ups, that leads to activities."""

    decision: Decision
    follow_up: FollowUp | None = None

    @property
    def reference(self) -> str:
        """Its key in URLs and choices: `keputusan-12`."""
        if self.follow_up:
            return f"{FOLLOW_UP}-{self.follow_up.pk}"
        return f"{DECISION}-{self.decision.pk}"

    @property
    def kind(self) -> str:
        """Its kind in Indonesian."""
        return "Tindak lanjut" if self.follow_up else "Keputusan"

    @property
    def text(self) -> str:
        """The text of the decision or follow-up."""
        return self.follow_up.what if self.follow_up else self.decision.text

    @property
    def meeting_text(self) -> str:
        """The meeting and its day."""
        meeting = self.decision.meeting
        return f"{meeting}, {meeting.days_text}"

    @property
    def is_sample(self) -> bool:
        """Whether its meeting belongs to a sample period."""
        programme = self.decision.meeting.programme
        return bool(programme and programme.is_sample)

    @property
    def url(self) -> str:
        """The URL of its page."""
        if self.follow_up:
            return reverse("meetings:follow-up", args=[self.follow_up.pk])
        page = reverse("meetings:meeting-detail", args=[self.decision.meeting_id])
        return f"{page}#keputusan-{self.decision.pk}"

    @property
    def activities_url(self) -> str:
        """The URL for planning and linking its activities."""
        name = "meetings:follow-up-activities" if self.follow_up else "meetings:decision-activities"
        return reverse(name, args=[self.follow_up.pk if self.follow_up else self.decision.pk])

    def villages(self) -> list:
        """Return the villages it concerns; none means all."""
        if self.follow_up and self.follow_up.village:
            return [self.follow_up.village]
        return list(self.decision.villages.all())

    def linkable(self, user):
        """Return the activities without an origin that this user may link to it."""
        found = Activity.objects.editable_by(user).of_kind(sample=self.is_sample)
        if villages := self.villages():
            found = found.filter(village__in=villages)
        return found.filter(origin__isnull=True).select_related("village").order_by("-year", "-pk")

    def origins(self, user):
        """Return its links to activities that this user may see."""
        tied = {"follow_up": self.follow_up} if self.follow_up else {"decision": self.decision}
        return ActivityOrigin.objects.visible_to(user).filter(**tied).loaded()

    def plan_url(self) -> str:
        """Return the URL of the form for a new activity linked to it."""
        query = {"asal": self.reference}
        villages = self.villages()
        if len(villages) == 1:
            query["desa"] = villages[0].code
        if self.is_sample:
            query["contoh"] = "1"
        return reverse("areas:activity-add", query=query)

    def attach(self, activity, *, by, replaces: bool = True) -> None:
        """Link an activity to it. Raises TransitionNotAllowed (see `ActivityOrigin.link`)."""
        ActivityOrigin.link(
            activity,
            decision=self.decision,
            follow_up=self.follow_up,
            by=by,
            replaces=replaces,
        )


def find_cause(reference: str, user) -> Cause | None:
    """Return the cause with this reference, if it exists and this user may read it."""
    kind, _, number = reference.rpartition("-")
    if not (number.isdecimal() and number.isascii() and len(number) < 18):
        return None
    if kind == FOLLOW_UP:
        follow_ups = FollowUp.objects.visible_to(user).loaded()
        found = follow_ups.filter(pk=number).first()
        return Cause(found.decision, found) if found else None
    if kind == DECISION:
        decisions = Decision.objects.readable_by(user).select_related("meeting__programme")
        found = decisions.filter(pk=number).first()
        return Cause(found) if found else None
    return None


def causes_for(activity, user) -> list[Cause]:
    """Return the newest decisions and follow-ups that this activity may come from."""
    decisions = Decision.objects.readable_by(user).select_related("meeting__programme")
    follow_ups = FollowUp.objects.visible_to(user).loaded()
    causes = [Cause(each) for each in decisions.order_by("-meeting__starts_at", "pk")[:MANY]]
    causes += [
        Cause(each.decision, each)
        for each in follow_ups.order_by("-decision__meeting__starts_at", "pk")[:MANY]
    ]
    return [cause for cause in causes if cause.is_sample == activity.is_sample]


def new_activity_origin(reference: str, user) -> list[Origin]:
    """Return the origin that the form of a new activity shows; empty for an unknown reference."""
    cause = find_cause(reference, user)
    if cause is None:
        return []
    return [Origin(f"{cause.kind.lower()} {cause.meeting_text}", cause.url, cause.attach)]


def activity_section(activity, user) -> list[Section]:
    """Return the section about an activity's origin, for its own page."""
    linked = ActivityOrigin.objects.filter(activity=activity).loaded()
    origin = linked.visible_to(user).first()
    hidden = None if origin else linked.first()
    context = {
        "activity": activity,
        "origin": origin,
        "cause": Cause(origin.decision, origin.follow_up) if origin else None,
        # The history names the meeting of an origin that this user may not read yet.
        "hidden_text": hidden.text if hidden else "",
        "can_edit": Activity.objects.editable_by(user).filter(pk=activity.pk).exists(),
    }
    return [Section("meetings/origins/activity_origin.html", context)]
