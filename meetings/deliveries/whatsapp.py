"""Texts for WhatsApp, for all people of a meeting or one; the server sends none of them."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from kotaku.phones import international, whatsapp_url
from kotaku.requests.site_address import site_address
from meetings.detail import labels
from meetings.detail.access import access, access_lines
from meetings.detail.needs import Need, invitation_needs, minutes_needs
from meetings.detail.told import changes, told_facts
from meetings.detail.topics import TOPICS, Topic
from meetings.models import DeliveryKind, MeetingState, MinutesState, Participant
from meetings.models.delivery import RECEIVED
from meetings.replies.links import whatsapp_reply_url

# The message that is ticked as handed over; a reminder is not kept.
HANDED_AS = {
    Topic.INVITATION: "undangan",
    Topic.CHANGE: "undangan",
    Topic.CANCELLATION: "undangan",
    Topic.MINUTES: "notulen",
}
EVERYBODY = "Bapak/Ibu"


@dataclass(frozen=True)
class WhatsAppLine:
    """One person with a phone number, and the link that opens WhatsApp with their text."""

    person: Participant
    url: str
    is_received: bool


@dataclass(frozen=True)
class WhatsAppTexts:
    """The texts of one topic: one for all ("" if it concerns single people), and each phone's link."""

    topic: Topic
    text: str
    url: str
    missing: list[WhatsAppLine]
    received: list[WhatsAppLine]
    without_phone: int
    handed_as: str


class Messages:
    """The topics of a meeting, with the people whom each concerns."""

    def __init__(self, meeting):
        self.meeting = meeting
        found = meeting.participants.select_related("user").prefetch_related("deliveries")
        self._people = list(found)
        self._rows = list(meeting.deliveries.order_by("pk"))
        self._facts = told_facts(meeting)
        self._needs = self._needs_by_topic()

    @property
    def topics(self) -> list[Topic]:
        """The topics with somebody to tell, in the order of a meeting's life."""
        return [topic for topic in Topic if self._needs.get(topic)]

    def texts(self, topic) -> WhatsAppTexts:
        """Return the texts of a topic of `topics`."""
        needs = self._needs[topic]
        is_for_all = topic != Topic.CANCELLATION or self.meeting.state == MeetingState.CANCELLED
        text = self._text(topic, EVERYBODY, self._rows) if is_for_all else ""
        lines = [self._line(topic, need) for need in needs if international(need.person.phone)]
        return WhatsAppTexts(
            topic=topic,
            text=text,
            url=whatsapp_url("", text),
            missing=[line for line in lines if not line.is_received],
            received=[line for line in lines if line.is_received],
            without_phone=len(needs) - len(lines),
            handed_as=HANDED_AS.get(topic, ""),
        )

    def _needs_by_topic(self) -> dict[Topic, list[Need]]:
        meeting = self.meeting
        found: dict[Topic, list[Need]] = {}
        if meeting.state in (MeetingState.SCHEDULED, MeetingState.CANCELLED):
            for need in invitation_needs(meeting, self._people, self._rows):
                # Who was removed from the list has no phone number here.
                if need.person:
                    found.setdefault(TOPICS[need.kind], []).append(need)
        if meeting.state == MeetingState.SCHEDULED and not meeting.has_begun:
            invited = [person for person in self._people if person.is_invited]
            found[Topic.REMINDER] = [_reminder(person) for person in invited]
        if meeting.minutes.state == MinutesState.APPROVED:
            found[Topic.MINUTES] = minutes_needs(self._people, self._rows)
        return found

    def _line(self, topic, need) -> WhatsAppLine:
        person = need.person
        rows = sorted(person.deliveries.all(), key=lambda row: row.pk)
        text = self._text(topic, person.display_name, rows, whatsapp_reply_url(person))
        return WhatsAppLine(person, whatsapp_url(person.phone, text), need.is_received)

    def _text(self, topic, name, rows, link="") -> str:
        meeting = self.meeting
        facts = [
            f"*{meeting.title}*",
            f"Hari/tanggal: {labels.day_text(meeting)}",
            f"Waktu: {labels.time_text(meeting)}",
            f"Tempat: {labels.place_text(meeting)}",
            f"Penyelenggara: {meeting.organiser}",
        ]
        parts = [f"Yth. {name},", self._first(topic, rows), "\n".join(facts)]
        if topic == Topic.MINUTES:
            page = reverse("meetings:meeting-detail", args=[meeting.pk])
            parts.append(f"Notulennya, setelah masuk dengan akun:\n{site_address()}{page}")
        elif link and topic != Topic.CANCELLATION:
            # To one person's phone only: a text for all ends up in groups.
            parts += ["\n".join(lines)] if (lines := access_lines(access(meeting))) else []
            parts.append(f"Mohon jawab hadir, diwakili, atau berhalangan:\n{link}")
        return "\n\n".join([*parts, settings.SITE_NAME]).replace("\u00a0", " ")

    def _first(self, topic, rows) -> str:
        if topic == Topic.CANCELLATION and self.meeting.state == MeetingState.CANCELLED:
            return f"Rapat berikut DIBATALKAN: {self.meeting.cancel_reason}"
        if topic == Topic.CHANGE:
            news = [f"- {change}" for change in changes(self._told(rows), self._facts)]
            return "\n".join(["Rapat berikut berubah.", *news])
        return {
            Topic.INVITATION: "Anda diundang untuk mengikuti rapat berikut.",
            Topic.CANCELLATION: "Undangan kepada Anda untuk rapat berikut tidak berlaku lagi.",
            Topic.REMINDER: "Kami mengingatkan rapat berikut.",
            Topic.MINUTES: "Notulen rapat berikut sudah disahkan.",
        }[topic]

    def _told(self, rows) -> dict:
        """Return what was told last and is not so any more."""
        told = [row.told for row in rows if row.state in RECEIVED and row.told]
        return next((each for each in reversed(told) if each != self._facts), {})


def _reminder(person) -> Need:
    return Need(DeliveryKind.INVITATION, person, person.display_name, "", None)
