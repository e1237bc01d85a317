"""A meeting that was held, with one agenda item, one decision, and two follow-ups."""

from meetings.models import Addendum, AgendaItem, FollowUp, Minutes, ProgressNote
from meetings.models.event import MeetingEvent
from tests.factories import (
    AgendaItemFactory,
    DecisionFactory,
    FollowUpFactory,
    MeetingFactory,
    UserFactory,
    VillageFactory,
)
from tests.machines.machine import People

FRAME = ("opening", "conclusion", "closing", "next_meeting")
NOTES = ("notes", "is_discussed")


class World:
    """`desa` is done by the village of petugas, `dinas` by an office for which pelapor reports."""

    def __init__(self):
        village = VillageFactory(name="Balokang")
        self.people = People(
            petugas=UserFactory(officer=True, username="petugas"),
            operator=UserFactory(officer=True, username="operator"),
            tetangga=UserFactory(officer=True, username="tetangga"),
            pelapor=UserFactory(username="pelapor"),
            ketua=UserFactory(username="ketua"),
            pemeriksa=UserFactory(bappeda=True, username="pemeriksa"),
            pemeriksa2=UserFactory(bappeda=True, username="pemeriksa2"),
            pengelola=UserFactory(admin=True, username="pengelola"),
        )
        village.officers.add(self.people["petugas"], self.people["operator"])
        self.meeting = MeetingFactory(done=True)
        self.item = AgendaItemFactory(meeting=self.meeting)
        decision = DecisionFactory(meeting=self.meeting, agenda_item=self.item)
        self.follow_ups = {
            "desa": FollowUpFactory(decision=decision, village=village, organisation=""),
            "dinas": FollowUpFactory(decision=decision, responsible_user=self.people["pelapor"]),
        }
        self.reporters = {"desa": ("petugas", "operator"), "dinas": ("pelapor",)}

    def snapshot(self):
        """Return minutes, item and follow-ups by name, and the events of all by key."""
        rows = {
            "minutes": Minutes.objects.values(
                *("state", "version", "submitted_by", "decided_by", "return_reason", *FRAME)
            ).get(meeting=self.meeting),
            "item": AgendaItem.objects.values("version", *NOTES).get(pk=self.item.pk),
        }
        for name, follow_up in self.follow_ups.items():
            rows[name] = FollowUp.objects.values(
                "state", "version", "completed_by", "confirmed_by"
            ).get(pk=follow_up.pk)
        names = {follow_up.pk: name for name, follow_up in self.follow_ups.items()}
        events = {}
        for pk, *event in MeetingEvent.objects.order_by("pk").values_list(
            "pk", "kind", "actor", "text"
        ):
            events["minutes", pk] = ("minutes", *event)
        for pk, author, text in Addendum.objects.order_by("pk").values_list("pk", "author", "text"):
            events["addendum", pk] = ("addendum", "addendum", author, text)
        for pk, follow_up, *event in ProgressNote.objects.order_by("pk").values_list(
            "pk", "follow_up", "kind", "author", "text"
        ):
            events["note", pk] = (names[follow_up], *event)
        return rows, events
