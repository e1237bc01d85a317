"""The real meeting of 8 November 2016 (domain.md, "The coordination meeting").

Nobody's name is known: organisation and position stand for the person. Neither are the hours, or
how many people came. Loading it again changes nothing.
"""

import uuid
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from areas.models import Programme
from areas.reference import source_account
from meetings.models import (
    AgendaItem,
    Article,
    ArticleEvent,
    ArticleState,
    Decision,
    Meeting,
    MeetingEvent,
    MeetingState,
    Minutes,
    MinutesState,
    Participant,
    Unsur,
)

UID = uuid.UUID("6f0b2f7e-4c1d-5d0a-9b61-20161108aaaa")
DAY = date(2016, 11, 8)
TITLE = "Rakor Sinkronisasi Perencanaan Program Penanganan Kumuh"
PLACE = "Aula DCKTLH Kota Banjar"

# (title, speaker's position, speaker's organisation, what was said)
AGENDA = (
    (
        "Pembukaan",
        "Kepala Bidang Fisik",
        "Bappeda Kota Banjar",
        (
            "KOTAKU adalah upaya strategis penanganan kumuh. Luas kumuh Kota Banjar 187,95 Ha (2016) "
            "ditargetkan menjadi 0 Ha pada 2019. Pertambahan penduduk kota menuntut prasarana, "
            "sementara anggaran dan lahan terbatas sehingga timbul kawasan kumuh. Karena itu "
            "diperlukan program bersama yang inovatif dan tepat sasaran."
        ),
    ),
    (
        "Arah kebijakan penanganan kumuh",
        "Bidang Cipta Karya",
        "DCKTLH Kota Banjar",
        "Paparan arah kebijakan penanganan kawasan kumuh.",
    ),
    (
        "Strategi menuju kota mandiri, perhitungan pengurangan kumuh, dan kolaborasi",
        "Fasilitator",
        "Pendamping program KOTAKU",
        (
            "Paparan strategi menuju kota mandiri, cara menghitung pengurangan kumuh, dan kolaborasi "
            "para pelaku."
        ),
    ),
    ("Diskusi", "", "", "Pembahasan rencana kerja bersama dan peran pemerintah desa/kelurahan."),
    (
        "Penutup",
        "Kepala Bidang Fisik",
        "Bappeda Kota Banjar",
        "Peserta diharapkan menindaklanjuti hasil yang dicapai.",
    ),
)
# (position, organisation, unsur)
PARTICIPANTS = (
    ("Kepala Bidang Fisik", "Bappeda Kota Banjar", Unsur.BAPPEDA),
    ("Anggota Pokja PKP", "Bappeda Kota Banjar", Unsur.BAPPEDA),
    ("Bidang Cipta Karya", "DCKTLH Kota Banjar", Unsur.OPD),
    ("Fasilitator", "Pendamping program KOTAKU", Unsur.KOTAKU),
    ("Perwakilan kepala desa", "Pemerintah desa di Kota Banjar", Unsur.DESA),
    ("Perwakilan lurah", "Kelurahan di Kota Banjar", Unsur.KELURAHAN),
)
DECISIONS = (
    "Menyusun rencana kerja kolaborasi dari semua pelaku.",
    "Memasukkan dukungan pemerintah desa ke dalam perencanaan desa.",
    (
        "Desa memberi dukungan teknis kepada BKM (badan keswadayaan masyarakat) sebagai kader "
        "pemberdayaan, sesuai dengan undang-undang desa."
    ),
)
LEAD = (
    "Pokja PKP Kota Banjar menyelaraskan perencanaan penanganan kumuh: dari 187,95 Ha pada 2016 "
    "menuju 0 Ha pada 2019."
)
BODY = """\
Kelompok Kerja Perumahan dan Kawasan Permukiman (Pokja PKP) Kota Banjar bertemu pada Selasa, \
8 November 2016, di aula DCKTLH. Hadir anggota Pokja dari Bappeda dan DCKTLH, pendamping program \
KOTAKU, serta perwakilan kepala desa dan lurah.

# Yang dibahas

Kepala Bidang Fisik Bappeda membuka rapat dan menggambarkan jalan dari 187,95 Ha kawasan kumuh \
pada 2016 menuju 0 Ha pada 2019. Penduduk kota bertambah dan membutuhkan prasarana, sedangkan \
anggaran dan lahan terbatas; karena itu penanganannya perlu dikerjakan bersama. DCKTLH memaparkan \
arah kebijakan, lalu pendamping KOTAKU menjelaskan strategi dan cara menghitung pengurangan kumuh.

# Yang disepakati

- Rencana kerja kolaborasi dari semua pelaku.
- Dukungan pemerintah desa masuk ke dalam perencanaan desa.
- Desa memberi dukungan teknis kepada BKM sebagai kader pemberdayaan.
"""


@transaction.atomic
def load_meeting_of_2016() -> None:
    """Create the meeting with agenda, participants, decisions and report, unless it is there."""
    if Meeting.objects.filter(uid=UID).exists():
        return
    loader = source_account("data-rujukan", "Data rujukan")
    source = source_account("sumber-rakor-2016", "Rakor Pokja PKP (8 November 2016)")
    programme = Programme.objects.get(slug="kotaku-2016-2019")
    meeting = Meeting.objects.create(
        uid=UID,
        region=programme.region,
        title=TITLE,
        kind=Meeting.Kind.PLANNING,
        state=MeetingState.DONE,
        starts_at=timezone.make_aware(datetime.combine(DAY, datetime.min.time())),
        is_time_known=False,
        place=PLACE,
        organiser="Pokja PKP Kota Banjar",
        chair="Kepala Bidang Fisik Bappeda Kota Banjar",
        letter_nature="",
        programme=programme,
        changed_by=loader,
    )
    now = timezone.now()
    meeting.events.create(kind=MeetingEvent.Kind.SUBMIT, actor=loader, at=now)
    meeting.events.create(kind=MeetingEvent.Kind.APPROVE, actor=source, at=now)
    Minutes.objects.create(
        meeting=meeting,
        state=MinutesState.APPROVED,
        closing="Peserta diharapkan menindaklanjuti hasil yang dicapai.",
        submitted_by=loader,
        submitted_at=now,
        decided_by=source,
        decided_at=now,
        changed_by=loader,
    )
    _load_agenda(meeting, loader)
    for position, organisation, unsur in PARTICIPANTS:
        Participant.objects.create(
            meeting=meeting,
            position=position,
            organisation=organisation,
            unsur=unsur,
            is_present=True,
        )
    article = Article.objects.create(
        meeting=meeting,
        title="Rakor sinkronisasi perencanaan penanganan kumuh 2016",
        slug="rakor-sinkronisasi-penanganan-kumuh-2016",
        lead=LEAD,
        body=BODY,
        state=ArticleState.PUBLISHED,
        published_at=now,
        changed_by=loader,
    )
    article.events.create(kind=ArticleEvent.Kind.PUBLISH, actor=loader, at=now)


def _load_agenda(meeting, loader):
    items = [
        AgendaItem.objects.create(
            meeting=meeting,
            order=order,
            title=title,
            speaker_position=position,
            speaker_organisation=organisation,
            notes=notes,
            is_discussed=True,
            changed_by=loader,
        )
        for order, (title, position, organisation, notes) in enumerate(AGENDA, 1)
    ]
    discussion = items[3]
    for text in DECISIONS:
        Decision.objects.create(meeting=meeting, agenda_item=discussion, text=text, author=loader)
