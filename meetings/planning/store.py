"""Store a meeting with its agenda and participants in one transaction."""

import uuid

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from areas.models import Village
from kotaku.regions.home import working_region
from kotaku.workflow import TransitionNotAllowed
from meetings.models import (
    AgendaItem,
    FollowUp,
    Meeting,
    MeetingEvent,
    MeetingState,
    Minutes,
    MinutesState,
    Participant,
)
from meetings.planning.links import Links

# `order` is unique per meeting; rows are first moved to numbers that no agenda reaches.
AWAY = 10_000


def create_meeting(*, by, uid, facts, villages, agenda, participants) -> Meeting:
    """Store a new meeting in the region of its programme, else in the user's working region.

    A double click with the same `uid` returns the meeting stored first; if that was discarded since,
    what is sent again becomes a meeting of its own. Raises TransitionNotAllowed if no region is
    recorded.
    """
    programme = facts["programme"]
    region = programme.region if programme else working_region(by)
    if region is None:
        raise TransitionNotAllowed(
            "Wilayah aplikasi ini belum dicatat. Minta admin menambahkannya di halaman Wilayah."
        )
    meeting = Meeting(uid=uid, changed_by=by, region=region, **facts)
    minutes = Minutes(meeting=meeting, changed_by=by)
    if meeting.is_from_news:
        meeting.state, minutes.state = MeetingState.DONE, MinutesState.NONE
    try:
        with transaction.atomic():
            meeting.save(force_insert=True)
            minutes.meeting = meeting
            minutes.save(force_insert=True)
            _save_parts(meeting, by, villages, agenda, participants, removed=())
    except IntegrityError:
        twin = Meeting.objects.filter(uid=uid, changed_by=by).first()
        if twin is None:
            raise
        if twin.state != MeetingState.DISCARDED:
            return twin
        return create_meeting(
            by=by,
            uid=uuid.uuid4(),
            facts=facts,
            villages=villages,
            agenda=agenda,
            participants=participants,
        )
    return meeting


def update_meeting(
    meeting, *, by, version, facts, villages, agenda, participants, removed
) -> list[str]:
    """Store a changed meeting; only the rows named in `removed` (`a12`, `p3`) are deleted.

    Returns the participants whose account was dropped because they have another name now.
    Rows that other users have added meanwhile stay. Raises StaleRecord, or TransitionNotAllowed if
    the minutes are submitted or a removed row is still in use.
    """
    with transaction.atomic():
        meeting.minutes.lock_editable()
        source = meeting.source
        meeting.check_source(facts["source"])
        _keep_within_days(meeting, facts)
        meeting.change(by=by, version=version, **facts)
        if meeting.source != source:
            _follow_source(meeting, by)
        return _save_parts(meeting, by, villages, agenda, participants, removed)


def _keep_within_days(meeting, facts):
    """Move items beyond the new last day to it, before the meeting becomes shorter."""
    days = Meeting(starts_at=facts["starts_at"], ends_at=facts["ends_at"]).day_count
    meeting.agenda.filter(day__gt=days).update(day=days)


def _follow_source(meeting, by):
    meeting.minutes.meeting = meeting
    meeting.minutes.follow_source(by=by)
    meeting.events.create(
        kind=MeetingEvent.Kind.CORRECT,
        actor=by,
        at=meeting.changed_at,
        text=meeting.get_source_display(),
    )


def _save_parts(meeting, by, villages, agenda, participants, removed) -> list[str]:
    meeting.villages.set(villages)
    _save_agenda(meeting, by, agenda, _ids(removed, "a"))
    return _save_participants(meeting, participants, _ids(removed, "p"))


def _ids(removed, letter):
    return {int(key[1:]) for key in removed if key[:1] == letter and key[1:].isdecimal()}


def _save_agenda(meeting, by, rows, removed):
    stored = {item.pk: item for item in meeting.agenda.all()}
    for pk in removed & stored.keys():
        stored.pop(pk).remove()
    items = AgendaItem.objects.filter(meeting=meeting)
    items.update(order=F("order") + AWAY)
    for order, row in enumerate(rows, 1):
        facts = {name: value for name, value in row.items() if name != "pk"}
        if row["pk"] in stored:
            items.filter(pk=row["pk"]).update(order=order, **_own_facts(facts))
            del stored[row["pk"]]
        else:
            links = _links(facts, by)
            AgendaItem.objects.create(
                meeting=meeting, order=order, changed_by=by, **_own_facts(facts), **links
            )
    for order, item in enumerate(
        sorted(stored.values(), key=lambda item: item.order), len(rows) + 1
    ):
        items.filter(pk=item.pk).update(order=order)


def _own_facts(facts):
    return {name: value for name, value in facts.items() if name not in ("continues", "follow_up")}


def _links(facts, by):
    """Return the rows named by the posted ids; ids of rows this user may not see are ignored."""
    earlier = AgendaItem.objects.filter(
        pk=facts["continues"], meeting__in=Meeting.objects.visible_to(by)
    ).first()
    follow_up = FollowUp.objects.visible_to(by).filter(pk=facts["follow_up"]).first()
    return {"continues": earlier, "follow_up": follow_up}


def _save_participants(meeting, rows, removed) -> list[str]:
    """Store the rows; return the names of those that lost their account by another name."""
    people = Participant.objects.filter(meeting=meeting)
    for person in people.filter(pk__in=removed):
        person.remove()
    stored = set(people.values_list("pk", flat=True))
    links = Links(meeting, rows, _villages_by_name(meeting, [row["organisation"] for row in rows]))
    try:
        with transaction.atomic():
            for row in rows:
                _save_participant(meeting, people, stored, row, links)
    except IntegrityError:
        raise TransitionNotAllowed(
            "Ada peserta dengan nama dan instansi yang sama, mungkin baru ditambahkan orang lain. "
            "Muat ulang daftar peserta, lalu simpan lagi."
        ) from None
    return [row["name"] or row["position"] for row in rows if links.loses_account(row)]


def _save_participant(meeting, people, stored, row, links):
    facts = {name: value for name, value in row.items() if name not in ("pk", "user", "village")}
    facts |= {"village_id": links.village_of(row), "user_id": links.user_of(row)}
    if row["pk"] in stored:
        people.filter(pk=row["pk"]).update(**facts)
    else:
        Participant.objects.create(meeting=meeting, **facts)


def _villages_by_name(meeting, organisations) -> dict[str, int]:
    """Return full name → id of the named villages, within the meeting's region only.

    A name that two villages of a province share is ambiguous and therefore left out.
    """
    named = Q()
    for kind, _, name in {organisation.partition(" ") for organisation in organisations}:
        if kind.casefold() in Village.Kind.values:
            named |= Q(name__iexact=name)
    found: dict[str, list[int]] = {}
    for village in Village.objects.inside(meeting.region).filter(named) if named else ():
        found.setdefault(village.full_name.casefold(), []).append(village.pk)
    return {name: pks[0] for name, pks in found.items() if len(pks) == 1}


def add_participants(meeting, rows, *, by, version: int) -> None:
    """Add the rows of a list, all or none.

    Raises StaleRecord, or TransitionNotAllowed if somebody is on the list by now or the minutes
    are submitted.
    """
    villages = _villages_by_name(meeting, [row["organisation"] for row in rows])
    with transaction.atomic():
        meeting.minutes.lock_editable()
        meeting.change(by=by, version=version)
        people = (
            Participant(
                meeting=meeting, village_id=villages.get(row["organisation"].casefold()), **row
            )
            for row in rows
        )
        try:
            with transaction.atomic():
                Participant.objects.bulk_create(people)
        except IntegrityError:
            raise TransitionNotAllowed(
                "Ada orang dari daftar ini yang baru saja ditambahkan orang lain. Periksa lagi "
                "pratinjaunya."
            ) from None


def add_walk_in(meeting, **facts) -> None:
    """Add an uninvited participant. Raises TransitionNotAllowed if already on the list."""
    villages = _villages_by_name(meeting, [facts["organisation"]])
    with transaction.atomic():
        meeting.minutes.lock_editable()
        try:
            with transaction.atomic():
                Participant.objects.create(
                    meeting=meeting,
                    is_invited=False,
                    is_present=True,
                    village_id=villages.get(facts["organisation"].casefold()),
                    **facts,
                )
        except IntegrityError:
            raise TransitionNotAllowed(
                "Peserta ini sudah ada di daftar; centang saja hadirnya."
            ) from None
