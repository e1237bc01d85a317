"""Sources for the rows of a new meeting: village heads, earlier meetings, open points."""

from dataclasses import dataclass

from areas.models import Village
from kotaku.formats import format_date
from kotaku.regions.home import working_region
from meetings.models import AgendaItem, FollowUp, Meeting, MeetingState, Unsur
from meetings.models.follow_up import open_follow_ups

MAX_OFFERS = 40
AGENDA_NAMES = [
    "pk",
    "continues",
    "follow_up",
    "title",
    "day",
    "starts_at",
    "length_minutes",
    "speaker",
    "speaker_position",
    "speaker_organisation",
]
PARTICIPANT_NAMES = [
    "pk",
    "village",
    "user",
    "name",
    "position",
    "organisation",
    "unsur",
    "sex",
    "phone",
    "email",
]
BLANK = {
    "acara": dict.fromkeys(AGENDA_NAMES, ""),
    "peserta": {**dict.fromkeys(PARTICIPANT_NAMES, ""), "unsur": Unsur.OTHER.value},
}
HEADS = ("Kepala Desa", "Lurah")
USUAL_AGENDA = ("Pembukaan", "Pembahasan", "Penutup")


def agenda_rows(meeting, *, as_copy=False) -> list[dict]:
    """Return a meeting's agenda as form rows.

    A copy gets new rows; they continue the items that the earlier meeting did not discuss.
    """
    rows = []
    for item in meeting.agenda.all():
        row = {name: getattr(item, name) for name in AGENDA_NAMES[3:]}
        if as_copy:
            is_held = meeting.state == MeetingState.DONE and not meeting.is_from_news
            is_open = is_held and not item.is_discussed
            links = {"pk": "", "continues": item.pk if is_open else "", "follow_up": ""}
        else:
            links = {"pk": item.pk, "continues": item.continues_id, "follow_up": item.follow_up_id}
        rows.append({**row, **links})
    return rows


def usual_agenda() -> list[dict]:
    """Return the agenda rows of a typical meeting."""
    return [{**BLANK["acara"], "title": title} for title in USUAL_AGENDA]


def participant_rows(meeting, *, as_copy=False) -> list[dict]:
    """Return a meeting's participants as form rows; a copy gets new rows."""
    people = meeting.participants.all()
    return [_participant_row(person, as_copy) for person in people]


def _participant_row(person, as_copy):
    plain = {name: getattr(person, name) for name in PARTICIPANT_NAMES[3:]}
    return {
        "pk": "" if as_copy else person.pk,
        "village": person.village_id,
        "user": person.user_id,
        **plain,
    }


def head_rows(programme, user) -> list[dict]:
    """Return a row for the head of each village of a programme (None: of the user's villages).

    For a province or the nation, None gives no rows. The head's name is filled in if the village
    has exactly one active officer account, one whose position is the head's, or one with name and
    mail; else only the position is.
    """
    villages = Village.objects.of(user)
    region = working_region(user)
    if programme is not None:
        villages = villages.filter(baselines__programme=programme)
    elif region and region.is_summed:
        villages = villages.none()
    return [_head_row(village) for village in villages.prefetch_related("officers")]


def _head_row(village):
    is_desa = village.kind == Village.Kind.DESA
    officers = [officer for officer in village.officers.all() if officer.is_active]
    position = HEADS[0] if is_desa else HEADS[1]
    heads = [each for each in officers if position.casefold() in each.position.casefold()]
    officers = heads or officers
    reachable = [officer for officer in officers if officer.full_name and officer.email]
    officers = reachable or officers
    officer = officers[0] if len(officers) == 1 else None
    return {
        **BLANK["peserta"],
        "village": village.pk,
        "user": officer.pk if officer else "",
        "name": officer.full_name if officer else "",
        "position": position,
        "organisation": village.full_name,
        "unsur": (Unsur.DESA if is_desa else Unsur.KELURAHAN).value,
    }


def without_known(new: list[dict], known: list[dict]) -> list[dict]:
    """Return the new participants that are not listed yet, by person or as a village's head."""
    people = {_person(row) for row in known}
    headed = {str(row["village"]) for row in known if row["position"] in HEADS and row["village"]}
    return [
        row
        for row in new
        if _person(row) not in people
        and not (row["position"] in HEADS and str(row["village"]) in headed)
    ]


def _person(row):
    who = str(row["name"] or row["position"]).casefold()
    return (who, str(row["organisation"]).casefold())


@dataclass(frozen=True)
class Offer:
    """An open point of an earlier meeting that can be added to the agenda."""

    key: str
    text: str
    note: str
    row: dict


def offers(user, *, except_meeting=None, rows=()) -> list[Offer]:
    """Return open follow-ups and undiscussed items that are not in these rows yet."""
    follow_ups = {str(row.get("follow_up") or "") for row in rows}
    continued = {str(row.get("continues") or "") for row in rows}
    items = AgendaItem.objects.undiscussed().filter(meeting__in=Meeting.objects.visible_to(user))
    if except_meeting and except_meeting.pk:
        items = items.exclude(meeting=except_meeting)
    found = [
        _follow_up_offer(follow_up)
        for follow_up in open_follow_ups(user)[:MAX_OFFERS]
        if str(follow_up.pk) not in follow_ups
    ]
    return found + [
        _item_offer(item)
        for item in items.select_related("meeting")[:MAX_OFFERS]
        if str(item.pk) not in continued
    ]


def _follow_up_offer(follow_up: FollowUp):
    due = f"batas {format_date(follow_up.due_on)}"
    late = ", terlambat" if follow_up.is_overdue else ""
    return Offer(
        key=f"f{follow_up.pk}",
        text=follow_up.what,
        note=f"Tindak lanjut {follow_up.owner_text}, {due}{late}",
        row={
            **BLANK["acara"],
            "title": f"Tindak lanjut: {follow_up.what}"[:300],
            "speaker_organisation": follow_up.owner_text,
            "follow_up": follow_up.pk,
        },
    )


def _item_offer(item: AgendaItem):
    copied = ("title", "length_minutes", "speaker", "speaker_position", "speaker_organisation")
    return Offer(
        key=f"a{item.pk}",
        text=item.title,
        note=f"Belum dibahas pada {item.meeting}, {item.meeting.days_text}",
        row={
            **BLANK["acara"],
            **{name: getattr(item, name) for name in copied},
            "continues": item.pk,
        },
    )
