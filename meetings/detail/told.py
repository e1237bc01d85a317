"""What an invitation says of a meeting, and how two such texts differ.

A change of anything else, such as the chair or a phone number, needs no mail.
"""

from django.utils import timezone

from kotaku.text import clean_text
from meetings.detail import labels
from meetings.models import Meeting

# The facts in the order in which a change names them.
NAMES = {
    "title": "nama rapat",
    "day": "tanggal",
    "way": "cara rapat",
    "place": "tempat",
    "organiser": "penyelenggara",
    "letter": "nomor surat",
}
# Named without their values, which belong in the text of the mail only.
SECRETS = {"link": "tautan rapat", "number": "ID rapat", "code": "kode akses"}
LONGEST = 60


def told_facts(meeting) -> dict[str, str]:
    """Return what the invitation says, as text."""
    start = timezone.localtime(meeting.starts_at)
    end = timezone.localtime(meeting.ends_at) if meeting.ends_at else None
    is_timed = meeting.is_time_known
    return {
        "title": meeting.title,
        "day": labels.day_text(meeting),
        "starts": f"{start:%H.%M}" if is_timed else "",
        "ends": f"{end:%H.%M}" if end and labels.knows_end(meeting) else "",
        "place": meeting.place,
        "organiser": meeting.organiser,
        "letter": meeting.letter_number,
        "agenda": _agenda(meeting),
        **_online(meeting),
        **({"time": labels.time_text(meeting)} if is_timed and meeting.day_count > 1 else {}),
    }


def _online(meeting) -> dict[str, str]:
    """Return what only an online or hybrid meeting has; earlier messages lack these keys."""
    if not meeting.is_online:
        return {}
    return {
        "way": meeting.get_way_display(),
        "link": meeting.link,
        "number": meeting.online_id,
        "code": meeting.access_code,
    }


def _agenda(meeting) -> str:
    """Return the items with their own times, which a later start of the meeting does not change."""
    return "\n".join(
        f"{_day_number(item)}{item.starts_at or ''} {item.length_minutes or ''} {item.title} ({item.speaker_text})"
        for item in meeting.agenda.all()
    )


def _day_number(item) -> str:
    """Return the day of an item, "" for the first one, of which earlier messages say nothing."""
    return f"{item.day}: " if item.day > 1 else ""


def changes(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """Return `waktu 09.00 → 13.00` and the like for each fact that differs; [] if `before` is empty."""
    if not before:
        return []
    found = [
        _change(name, *_both(key, before, after))
        for key, name in NAMES.items()
        if before.get(key, "") != after.get(key, "")
    ]
    if time := _time_change(before, after):
        found.insert(int(before.get("title") != after["title"]), time)
    if before.get("agenda", "") != after["agenda"]:
        found.append("susunan acara")
    return found + [
        name for key, name in SECRETS.items() if before.get(key, "") != after.get(key, "")
    ]


def _both(key, before, after) -> tuple[str, str]:
    usual = Meeting.Way.ONSITE.label if key == "way" else ""
    nowhere = Meeting.Way.ONLINE.label if key == "place" else ""
    return tuple(said.get(key) or usual or nowhere for said in (before, after))


def _time_change(before, after) -> str:
    started, ended = before.get("starts", ""), before.get("ends", "")
    starts, ends = after["starts"], after["ends"]
    if (started, ended) == (starts, ends):
        return ""
    if ended == ends:
        return _change("waktu", started, starts)
    if started == starts:
        return _change("waktu selesai", ended, ends, unknown="belum ditentukan")
    return _change("waktu", _span(started, ended), _span(starts, ends))


def _span(start, end) -> str:
    if not start:
        return ""
    return f"{start}–{end}" if end else f"{start} s.d. selesai"


def _change(name, before, after, unknown="belum ditentukan") -> str:
    old, new = (_short(text) or unknown for text in (before, after))
    return f"{name} {old} → {new}"


def _short(text) -> str:
    text = " ".join(clean_text(text).split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def told_time(said: dict[str, str]) -> str:
    """Return the time of day of told facts: `09.00–12.00 WIB`, `09.00 WIB s.d. selesai`.

    For several days, as `labels.time_text`.
    """
    if said.get("time"):
        return said["time"].replace("\u00a0", " ")
    starts, ends = said["starts"], said["ends"]
    if not starts:
        return "jam belum ditentukan"
    return f"{starts}–{ends} WIB" if ends else f"{starts} WIB s.d. selesai"
