"""Who has which message about a meeting, who has not and why, as lines of its page."""

from dataclasses import dataclass

from django.urls import reverse

from kotaku.formats import format_count, format_date
from kotaku.interface.moments import moment_text
from kotaku.phones import international, phone_url
from kotaku.workflow.states import Tone
from meetings.detail.forms import HandoverForm
from meetings.detail.needs import Need, addendum_needs, invitation_needs, minutes_needs
from meetings.detail.topics import TOPICS
from meetings.models import DeliveryKind, DeliveryState, MeetingState, MinutesState
from meetings.models.delivery import HANDED_OVER

TONES = {
    DeliveryState.WAITING: Tone.WAIT,
    DeliveryState.REFUSED: Tone.BAD,
    DeliveryState.NO_ADDRESS: Tone.NONE,
}
NOT_YET, SWITCHED_OFF = DeliveryState.WAITING.label, "akunnya tidak aktif"


@dataclass(frozen=True)
class DeliveryLine:
    """One recipient: the state of the message, and how else the person can be reached."""

    key: int
    name: str
    organisation: str
    tone: str
    label: str
    why: str
    phone: str
    phone_url: str
    letter_url: str
    whatsapp_url: str
    is_handed: bool
    can_tick: bool
    ticked: str


@dataclass(frozen=True)
class Post:
    """One message: who has it, who has not, and what can be sent now."""

    key: str
    title: str
    summary: str
    received: list[DeliveryLine]
    missing: list[DeliveryLine]
    due: int
    waiting: int
    total: int
    send_url: str
    send_label: str
    is_changed: bool
    form: HandoverForm

    @property
    def has_handed(self) -> bool:
        """Whether a tick can be taken back."""
        return any(line.is_handed for line in self.received)


def posts(meeting, people, addenda, *, form=None) -> list[Post]:
    """Return the messages about a meeting, the newest concern first.

    `addenda` are those of its minutes; `form` is a refused form about what was handed over.
    """
    if meeting.is_from_news:
        return []
    rows = list(meeting.deliveries.order_by("pk"))
    found = []
    if meeting.minutes.state == MinutesState.APPROVED:
        for addendum in reversed(addenda):
            day = moment_text(addendum.at).partition(",")[0]
            url = reverse("meetings:addendum-mail", args=[addendum.pk])
            needs = addendum_needs(addendum, people, rows)
            found.append((f"adendum-{addendum.pk}", f"Adendum {day}", needs, url))
        url = reverse("meetings:minutes-mail", args=[meeting.pk])
        found.append(("notulen", "Notulen", minutes_needs(people, rows), url))
    title = "Pembatalan" if meeting.state == MeetingState.CANCELLED else "Undangan"
    url = reverse("meetings:invitation-mail", args=[meeting.pk])
    found.append(("undangan", title, invitation_needs(meeting, people, rows), url))
    return [_post(meeting, *each, form) for each in found if each[2]]


def _post(meeting, key, title, needs, url, form):
    received = [_line(meeting, need) for need in needs if need.is_received]
    missing = [_line(meeting, need) for need in needs if not need.is_received]
    waiting = sum(bool(need.row and need.row.state == DeliveryState.WAITING) for need in needs)
    due = 0 if _is_over(meeting, key) else sum(need.is_due for need in needs)
    bound = form if form is not None and form.data.get("message") == key else None
    auto_id = f"id_{key}_%s"
    if bound is not None:
        bound.auto_id = auto_id
    return Post(
        key=key,
        title=title,
        summary=_summary(len(received), len(needs)),
        received=received,
        missing=missing,
        due=due,
        waiting=waiting,
        total=len(needs),
        send_url=url,
        send_label=_send_label(meeting, key, needs, bool(received)),
        is_changed=bool(due)
        and any(need.kind == DeliveryKind.CHANGE for need in needs if need.is_due),
        form=bound
        or HandoverForm(initial={"message": key, "means": DeliveryState.LETTER}, auto_id=auto_id),
    )


def not_reached(found: list[Post]) -> str:
    """Return `3 dari 14 orang sudah menerima` of the invitation; "" if all have it."""
    post = next((post for post in found if post.key == "undangan"), None)
    return post.summary.rstrip(".") if post and post.missing else ""


def _is_over(meeting, key):
    return key == "undangan" and meeting.state == MeetingState.DONE


def _summary(received, total):
    if received == total:
        return f"Sudah diterima semua {format_count(total)} orang."
    return f"{format_count(received)} dari {format_count(total)} orang sudah menerima."


def _send_label(meeting, key, needs, is_begun) -> str:
    due = [need for need in needs if need.is_due]
    if key == "undangan" and meeting.state == MeetingState.CANCELLED:
        return "Kirim pemberitahuan batal"
    if any(need.kind == DeliveryKind.CHANGE for need in due):
        return "Kirim undangan yang diperbarui"
    if is_begun or any(need.row for need in due):
        return f"Kirim kepada yang belum menerima ({format_count(len(due))})"
    what = {"undangan": "undangan lewat email", "notulen": "notulen kepada peserta"}
    return f"Kirim {what.get(key, 'adendum kepada peserta')}"


def _line(meeting, need: Need) -> DeliveryLine:
    person, row = need.person, need.row
    is_letter = person and need.kind in (DeliveryKind.INVITATION, DeliveryKind.CHANGE)
    letter = reverse("meetings:paper-invitation", args=[meeting.pk], query={"untuk": person.pk}) if (
        is_letter
    ) else ""  # fmt: skip
    tone, label, why = _state(meeting, need)
    is_handed = bool(row and row.state in HANDED_OVER)
    return DeliveryLine(
        key=need.key,
        name=need.name,
        organisation=person.organisation if person else need.address,
        tone=tone,
        label=label,
        why=why,
        phone=person.phone if person else "",
        phone_url=phone_url(person.phone) if person else "",
        letter_url="" if need.is_received else letter,
        whatsapp_url="" if need.is_received else _whatsapp_page(meeting, need),
        is_handed=is_handed,
        can_tick=is_handed or not need.is_received,
        ticked=str(need.key),
    )


def _whatsapp_page(meeting, need) -> str:
    """Return the address of the text for WhatsApp to this person, "" without a phone number."""
    if not (need.person and need.kind in TOPICS and international(need.person.phone)):
        return ""
    query = {"pesan": TOPICS[need.kind].value}
    return f"{reverse('meetings:whatsapp', args=[meeting.pk], query=query)}#orang-{need.person.pk}"


def _state(meeting, need) -> tuple[str, str, str]:
    """Return tone, label and explanation."""
    row = need.row
    if row and row.state in HANDED_OVER:
        return Tone.GOOD.value, row.get_state_display(), format_date(row.handed_on)
    if need.is_received:
        why = " · ".join(filter(None, (row.address, moment_text(row.at), row.changes)))
        return Tone.GOOD.value, row.get_state_display(), why
    if not need.address:
        person = need.person
        is_off = person and person.user and not person.user.is_active
        why = SWITCHED_OFF if is_off else _new_reason(meeting, need)
        return Tone.NONE.value, DeliveryState.NO_ADDRESS.label, why
    if row is None:
        why = " · ".join(filter(None, (need.address, _new_reason(meeting, need))))
        return Tone.NONE.value, NOT_YET, why
    why = " · ".join(filter(None, (need.address, row.answer)))
    return TONES[row.state].value, row.get_state_display(), why


def _new_reason(meeting, need) -> str:
    """Return why who was told must be told again; "" for who was not told yet."""
    if need.kind == DeliveryKind.CHANGE:
        return "rapat berubah sesudah diberitahukan"
    if need.kind != DeliveryKind.CANCELLATION:
        return ""
    if meeting.state == MeetingState.CANCELLED:
        return "rapat dibatalkan sesudah diberitahukan"
    return "tidak diundang lagi di alamat ini" if need.address else "tidak diundang lagi"
