"""How to take part in a meeting online: link, id and code, for those who may know them."""

from dataclasses import dataclass

from meetings.models import Meeting


@dataclass(frozen=True)
class Access:
    """What a participant needs at home; id and code may be empty."""

    link: str
    number: str
    code: str


def access(meeting) -> Access | None:
    """Return the access to a meeting, None where there is none."""
    if not meeting.link:
        return None
    return Access(meeting.link, meeting.online_id, meeting.access_code)


def access_for(meeting, user) -> Access | None:
    """Return the access to a meeting if this user may know it."""
    known = access(meeting)
    if known is None or not Meeting.objects.joinable_by(user).filter(pk=meeting.pk).exists():
        return None
    return known


def access_lines(known: Access | None) -> list[str]:
    """Return the access as lines of plain text, for mail and calendars."""
    if known is None:
        return []
    lines = [f"Tautan: {known.link}"]
    lines += [f"ID rapat: {known.number}"] if known.number else []
    return lines + ([f"Kode akses: {known.code}"] if known.code else [])
