"""Compose mail about a meeting. Each address gets a separate message, so that addresses stay private."""

from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from kotaku.models import Contact
from kotaku.requests.site_address import site_address
from meetings.detail import labels, page
from meetings.detail.access import access, access_lines
from meetings.detail.told import changes, told_facts, told_time
from meetings.models import DeliveryKind, MeetingState
from meetings.models.delivery import INVITATIONS
from meetings.papers.calendar import meeting_calendar

# Some mail servers refuse longer subjects.
LONGEST_SUBJECT = 200


class Letters:
    """The messages about one version of a meeting; what all of them share is worked out once."""

    def __init__(self, meeting):
        self.meeting = meeting
        self.facts = told_facts(meeting)
        self._shared = {}

    def changes_since(self, told) -> list[str]:
        """Return what has changed since a message said `told`."""
        return changes(told, self.facts)

    def message(
        self, kind, address, names, *, by, told=None, addendum=None, links=(), sequence=None
    ):
        """Return the message of a kind to the people at one address.

        `told` is what the last message to them said; `by` is who lets it be sent; `links` are
        (name, URL) for each of them to answer an invitation; `sequence` is its calendar's.
        """
        if kind in INVITATIONS:
            return self._invitation(kind, address, names, by, told or {}, links, sequence)
        context = self._once(kind, lambda: self._papers(kind)) | {"addendum": addendum}
        what = "Notulen" if kind == DeliveryKind.MINUTES else "Adendum notulen"
        subject = f"{what}: {self.meeting.title}, {labels.day_text(self.meeting)}"
        return self._message(kind, subject, address, names, context, by)

    def _invitation(self, kind, address, names, by, told, links, sequence):
        meeting = self.meeting
        is_off = kind == DeliveryKind.CANCELLATION
        is_withdrawn = is_off and meeting.state != MeetingState.CANCELLED
        said = (told or self.facts) if is_withdrawn else self.facts
        news = changes(told, self.facts) if kind == DeliveryKind.CHANGE else []
        begins = {DeliveryKind.INVITATION: "Undangan", DeliveryKind.CHANGE: "Perubahan"}
        first = "Undangan dicabut" if is_withdrawn else begins.get(kind, "Batal")
        subject = f"{first}: {said['title']}, {said['day']}"
        if news:
            subject = f"{subject} ({'; '.join(news)})"
        context = {
            "meeting": meeting,
            "said": said,
            "time": told_time(said),
            "kind": kind,
            "is_withdrawn": is_withdrawn,
            "changes": news,
            "place": _place(said),
            "access": [] if is_off else access_lines(access(meeting)),
            "agenda": [] if is_off else self._once("agenda", lambda: page.agenda_lines(meeting)),
            "url": _url(meeting),
            "links": [(name, url) for name, url in links if url],
        }
        message = self._message("invitation", subject, address, names, context, by)
        method = "CANCEL" if is_off else "REQUEST"
        calendar = meeting_calendar(
            meeting,
            method=method,
            attendee=(address, names),
            is_withdrawn=is_withdrawn,
            shows_access=not is_off,
            sequence=sequence,
        ).decode()
        # Django adds the charset itself.
        message.attach_alternative(calendar, f"text/calendar; method={method}")
        message.attach("rakor.ics", calendar, f"text/calendar; method={method}")
        return message

    def _papers(self, kind):
        context = vars(page.facts(self.meeting)) | {"url": _url(self.meeting)}
        if kind == DeliveryKind.ADDENDUM:
            return context
        decisions = page.decision_lines(self.meeting, as_approved=True)
        return context | {
            "agenda": page.agenda_lines(self.meeting, decisions),
            "decisions": decisions,
            "minutes": self.meeting.minutes,
        }

    def _message(self, template, subject, address, names, context, by):
        context = context | {"name": names}
        body = render_to_string(f"meetings/deliveries/{template}.txt", context)
        subject = " ".join(subject.split())
        if len(subject) > LONGEST_SUBJECT:
            subject = f"{subject[: LONGEST_SUBJECT - 1]}…"
        return EmailMultiAlternatives(
            subject,
            body.replace("\u00a0", " "),
            settings.DEFAULT_FROM_EMAIL,
            [address],
            reply_to=[self._once(f"reply-{by.pk}", lambda: self._answers_to(by))],
            headers={"Auto-Submitted": "auto-generated"},
        )

    def _answers_to(self, by) -> str:
        """Return the address of the office, else of who sends, else the site's own."""
        contact = Contact.objects.filter(region=self.meeting.region).first()
        office = contact.email if contact and not contact.is_sample else ""
        return office or by.email or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]

    def _once(self, key, work):
        if key not in self._shared:
            self._shared[key] = work()
        return self._shared[key]


def joined(names) -> str:
    """Return `Ani`, `Ani dan Budi`, or `Ani, Budi, dan Cici`."""
    *others, last = dict.fromkeys(names)
    if not others:
        return last
    return f"{', '.join(others)}{',' if len(others) > 1 else ''} dan {last}"


def _place(said) -> str:
    """Return the place of told facts, as `labels.place_text` does of a meeting."""
    if not said.get("way"):
        return said["place"]
    return f"{said['place']} dan daring" if said["place"] else "Daring"


def _url(meeting):
    return site_address() + reverse("meetings:meeting-detail", args=[meeting.pk])
