"""The real meeting of 8 November 2016.

Its only source is a news report, which gives points of discussion but neither decisions nor
minutes. Names, times and the number of people are unknown; a participant is an organisation and
a position. Loading it again changes nothing.
"""

import uuid
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from areas.models import Programme
from kotaku.accounts.source_account import source_account
from meetings.models import (
    AgendaItem,
    Article,
    ArticleEvent,
    ArticleState,
    Meeting,
    MeetingState,
    Minutes,
    MinutesState,
    Participant,
    Unsur,
)

UID = uuid.UUID("6f0b2f7e-4c1d-5d0a-9b61-20161108aaaa")
DAY = date(2016, 11, 8)
STARTS_AT = timezone.make_aware(datetime.combine(DAY, datetime.min.time()))
TITLE = "Rakor Sinkronisasi Perencanaan Program Penanganan Kumuh"
PLACE = "Aula DCKTLH Kota Banjar"

DISCUSSION = (
    "Pokok bahasan: rencana kerja kolaborasi semua pelaku, dan dukungan pemerintah desa yang dimasukkan "
    "ke dalam perencanaan desa.\n"
    "Masukan Bappeda: desa memberi dukungan teknis kepada BKM (badan keswadayaan masyarakat) sebagai "
    "kader pemberdayaan, sesuai dengan undang-undang desa."
)
# (title, speaker's position, speaker's organisation, notes)
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
    ("Diskusi", "", "", DISCUSSION),
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
LEAD = (
    "Pokja PKP (Kelompok Kerja percepatan Penanganan Kumuh Perkotaan) Kota Banjar membahas "
    "keselarasan perencanaan penanganan kumuh: dari 187,95 Ha pada 2016 menuju 0 Ha pada 2019."
)
BODY = """\
Pokja PKP Kota Banjar bertemu pada Selasa, 8 November 2016, di aula DCKTLH (Dinas Ciptakarya, \
Kebersihan, Tata Ruang, dan Lingkungan Hidup). Hadir anggota Pokja dari Bappeda dan DCKTLH, pendamping \
program KOTAKU (Kota Tanpa Kumuh), serta perwakilan kepala desa dan lurah. Tulisan ini disusun dari \
berita; keputusan dan notulen rapat tidak diketahui.

# Acara

Kepala Bidang Fisik Bappeda membuka rapat dan menggambarkan jalan dari 187,95 Ha kawasan kumuh \
pada 2016 menuju 0 Ha pada 2019. Penduduk kota bertambah dan membutuhkan prasarana, sedangkan \
anggaran dan lahan terbatas; karena itu penanganannya perlu dikerjakan bersama. DCKTLH memaparkan \
arah kebijakan, lalu pendamping KOTAKU menjelaskan strategi dan cara menghitung pengurangan kumuh.

# Pokok bahasan

- Rencana kerja kolaborasi semua pelaku.
- Dukungan pemerintah desa dimasukkan ke dalam perencanaan desa.
- Masukan Bappeda: desa memberi dukungan teknis kepada BKM (badan keswadayaan masyarakat) sebagai kader \
pemberdayaan.

Pada penutupan peserta diharapkan menindaklanjuti hasil yang dicapai.
"""


@transaction.atomic
def load_meeting_of_2016() -> None:
    """Create the meeting with agenda, participants and report, unless it exists."""
    if Meeting.objects.filter(uid=UID).exists():
        return
    loader = source_account("data-rujukan", "Data rujukan")
    programme = Programme.objects.get(slug="kotaku-2016-2019")
    meeting = Meeting.objects.create(
        uid=UID,
        region=programme.region,
        title=TITLE,
        kind=Meeting.Kind.PLANNING,
        source=Meeting.Source.NEWS,
        state=MeetingState.DONE,
        starts_at=STARTS_AT,
        is_time_known=False,
        place=PLACE,
        organiser="Pokja PKP Kota Banjar",
        chair="Kepala Bidang Fisik Bappeda Kota Banjar",
        letter_nature="",
        programme=programme,
        changed_by=loader,
    )
    Minutes.objects.create(meeting=meeting, state=MinutesState.NONE, changed_by=loader)
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
        published_at=STARTS_AT,
        changed_by=loader,
    )
    article.events.create(kind=ArticleEvent.Kind.PUBLISH, actor=loader, at=timezone.now())


def _load_agenda(meeting, loader):
    for order, (title, position, organisation, notes) in enumerate(AGENDA, 1):
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
