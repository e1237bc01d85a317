"""Sample meetings, all invented and marked as sample data through their programme."""

import uuid
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from areas.models import Activity, Programme, Village
from areas.sample.figures import SLUG, sample_photo
from kotaku.models import User
from meetings.detail.told import told_facts
from meetings.models import (
    ActivityOrigin,
    Answer,
    Decision,
    Delivery,
    DeliveryKind,
    DeliveryState,
    FollowUp,
    Meeting,
    Participant,
    Reply,
    ReplyMeans,
    Unsur,
)
from meetings.planning import row_sources, store
from meetings.sample.pokja import load_sample_pokja

HELD = uuid.UUID("5a3f1c02-0000-4000-8000-000000000001")
COMING = uuid.UUID("5a3f1c02-0000-4000-8000-000000000002")
PLACE = "Aula Bappeda (contoh)"
HYBRID = {
    "way": Meeting.Way.HYBRID,
    "link": "https://rapat.contoh.invalid/rakor-evaluasi",
    "online_id": "123 456 (contoh)",
    "access_code": "contoh",
}


@transaction.atomic
def load_sample_meeting() -> None:
    """Create one past and one upcoming meeting and the working group, unless they exist."""
    load_sample_pokja(User.objects.get(username="bappeda"))
    if Meeting.objects.filter(uid=HELD).exists():
        return
    programme = Programme.objects.get(slug=SLUG)
    staff = User.objects.get(username="bappeda")
    today = timezone.localdate()
    held = _create(HELD, programme, staff, "Rakor triwulan (contoh)", today - timedelta(days=40))
    held.schedule(by=staff, version=held.version)
    held.participants.filter(unsur=Unsur.DESA).update(is_present=True)
    _minute(held, staff)
    held.refresh_from_db()
    held.finish(by=staff, version=held.version)
    day = today + timedelta(days=14)
    days = {"day": day, "last_day": day + timedelta(days=1)}
    coming = _create(COMING, programme, staff, "Rakor evaluasi (contoh)", **days, **HYBRID)
    coming.schedule(by=staff, version=coming.version)
    _deliver(coming, staff)
    _answer(coming, staff)


def _create(uid, programme, staff, title, day, last_day=None, **more):
    facts = {
        "title": title,
        "kind": Meeting.Kind.COORDINATION,
        "starts_at": timezone.make_aware(datetime.combine(day, time(9))),
        "ends_at": timezone.make_aware(datetime.combine(last_day or day, time(12))),
        "place": PLACE,
        "organiser": "Bappeda Kota Banjar (contoh)",
        "programme": programme,
        "chair": "Kepala Bidang Fisik (contoh)",
        "minute_taker": "Petugas Bappeda (contoh)",
        **more,
    }
    titles = (("Pembukaan", 15), ("Kemajuan per desa/kelurahan", 90), ("Rencana bulan depan", 45))
    links = {"pk": None, "continues": None, "follow_up": None}
    agenda = [{"title": name, "length_minutes": minutes, **links} for name, minutes in titles]
    if last_day:
        agenda[-1] |= {"day": 2, "starts_at": time(9)}
    people = [
        {**row, "pk": None, "user": row["user"] or None}
        for row in row_sources.head_rows(programme, staff)
    ]
    return store.create_meeting(
        by=staff, uid=uid, facts=facts, villages=[], agenda=agenda, participants=people
    )


def _deliver(meeting, staff):
    """Let the invitation have reached some, each in another way, and others not."""
    day, told = timezone.localdate(), told_facts(meeting)
    ways = (
        {"state": DeliveryState.SENT, "address": "contoh1@contoh.invalid"},
        {"state": DeliveryState.LETTER, "handed_on": day},
        {"state": DeliveryState.WHATSAPP, "handed_on": day},
        {
            "state": DeliveryState.REFUSED,
            "address": "contoh2@contoh.invalid",
            "answer": "550 5.1.1 Contoh: alamat tidak dikenal",
        },
    )
    people = list(meeting.participants.order_by("pk"))
    for number, person in enumerate(people[:6], 1):
        # Numbers that reach nobody.
        Participant.objects.filter(pk=person.pk).update(phone=f"0800-0000-00{number:02}")
    for person, way in zip(people, ways, strict=False):
        facts = {"name": person.display_name, "kind": DeliveryKind.INVITATION, "by": staff}
        if address := way.get("address"):
            Participant.objects.filter(pk=person.pk).update(email=address)
        Delivery.objects.create(
            meeting=meeting, participant=person, version=meeting.version, told=told, **facts, **way
        )
    meeting.note_invited(version=meeting.version)


def _answer(meeting, staff):
    """Let some have answered: by link, and on the phone."""
    answers = (
        {"answer": Answer.PRESENT, "means": ReplyMeans.LINK},
        {
            "answer": Answer.REPRESENTED,
            "represented_by": "Sekretaris desa (contoh)",
            "means": ReplyMeans.RECORDED,
            "by": staff,
        },
        {"answer": Answer.ABSENT, "means": ReplyMeans.RECORDED, "by": staff},
    )
    for person, facts in zip(meeting.participants.order_by("pk"), answers, strict=False):
        Reply.give(person, **facts)


def _minute(meeting, staff):
    opening = meeting.agenda.get(order=1)
    opening.take_notes(by=staff, version=opening.version, notes="", is_discussed=True)
    item = meeting.agenda.get(order=2)
    item.take_notes(
        by=staff,
        version=item.version,
        notes="Contoh: dua desa membutuhkan perbaikan drainase sebelum musim hujan.",
        is_discussed=True,
    )
    for username, what, days in (
        ("desa-binangun", "Contoh: melengkapi foto drainase RT 03.", -7),
        ("desa-langensari", "Contoh: mengusulkan jalan lingkungan dalam RKPDes.", 30),
    ):
        village = Village.objects.get(officers__username=username)
        decision = Decision.objects.create(
            meeting=meeting,
            agenda_item=item,
            text=f"Contoh: penanganan di {village} didahulukan.",
            author=staff,
        )
        decision.villages.add(village)
        for activity in Activity.objects.of_kind(sample=True).filter(village=village)[:1]:
            ActivityOrigin.link(activity, decision=decision, by=staff)
        task = FollowUp.objects.create(
            decision=decision,
            what=what,
            village=village,
            due_on=timezone.localdate() + timedelta(days=days),
            changed_by=staff,
        )
        if days < 0:
            _report(task, User.objects.get(username=username))


def _report(task, officer):
    """Report on a task that is overdue, with a photo."""
    evidence = [sample_photo(f"{task.village.name}, drainase")]
    text = "Contoh: dua dari tiga foto sudah ada; yang ketiga menunggu air surut."
    task.report(by=officer, version=task.version, text=text, evidence=evidence)
