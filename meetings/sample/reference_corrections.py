"""Correct the meeting of 2016 as loaded by an earlier version of `load_reference`.

That version recorded points of discussion as decisions, had approved minutes, and expanded the
working group's name differently from the source. Meeting and report get one history event each;
parts that users have edited are reported and left unchanged.
"""

from django.db import transaction
from django.utils import timezone

from kotaku.accounts.source_account import source_account
from meetings.models import (
    ActivityOrigin,
    Article,
    ArticleEvent,
    Decision,
    FollowUp,
    Meeting,
    MeetingEvent,
    MinutesState,
)
from meetings.sample.reference import (
    BODY,
    DISCUSSION,
    LEAD,
    STARTS_AT,
    UID,
)

DISCUSSION_ORDER = 4
FORMER_DISCUSSION = "Pembahasan rencana kerja bersama dan peran pemerintah desa/kelurahan."
FORMER_CLOSING = "Peserta diharapkan menindaklanjuti hasil yang dicapai."
FORMER_DECISIONS = (
    "Menyusun rencana kerja kolaborasi dari semua pelaku.",
    "Memasukkan dukungan pemerintah desa ke dalam perencanaan desa.",
    (
        "Desa memberi dukungan teknis kepada BKM (badan keswadayaan masyarakat) sebagai kader "
        "pemberdayaan, sesuai dengan undang-undang desa."
    ),
)
FORMER_LEAD = (
    "Pokja PKP Kota Banjar menyelaraskan perencanaan penanganan kumuh: dari 187,95 Ha pada 2016 "
    "menuju 0 Ha pada 2019."
)
FORMER_BODY = """\
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
REASON = "Sumbernya berita: tanpa notulen; yang dibahas bukan keputusan."
NO_MINUTES = {
    "state": MinutesState.NONE,
    "closing": "",
    "submitted_by": None,
    "submitted_at": None,
    "decided_by": None,
    "decided_at": None,
}


@transaction.atomic
def correct_meeting_of_2016() -> list[str]:
    """Correct the rows that are still as loaded; return the names of the edited ones."""
    meeting = Meeting.objects.select_related("minutes").filter(uid=UID).first()
    if meeting is None:
        return []
    loader = source_account("data-rujukan", "Data rujukan")
    return [*_meeting(meeting, loader), *_article(meeting, loader)]


def _meeting(meeting, loader) -> list[str]:
    if meeting.is_from_news:
        return []
    if edited := _edited(meeting):
        return [f"rapat {meeting} ({', '.join(edited)})"]
    # First, because what approved minutes say cannot be changed.
    minutes = meeting.minutes
    minutes.change(by=loader, version=minutes.version, **NO_MINUTES)
    for origin in ActivityOrigin.objects.filter(decision__meeting=meeting).loaded():
        # The activity's own history records both the link and its removal.
        origin.untie(by=loader)
    Decision.objects.filter(meeting=meeting).delete()
    item = meeting.agenda.get(order=DISCUSSION_ORDER)
    item.change(by=loader, version=item.version, notes=DISCUSSION)
    meeting.change(by=loader, version=meeting.version, source=Meeting.Source.NEWS)
    meeting.events.create(
        kind=MeetingEvent.Kind.CORRECT, actor=loader, at=meeting.changed_at, text=REASON
    )
    return []


def _edited(meeting) -> list[str]:
    """Return the parts of the meeting that are not as loaded."""
    minutes = meeting.minutes
    discussion = meeting.agenda.filter(order=DISCUSSION_ORDER).first()
    decisions = sorted(meeting.decisions.values_list("text", flat=True))
    as_loaded = {
        "surat atau undangan": not (
            meeting.letter_number or meeting.invited_at or meeting.minutes_sent_at
        ),
        "keadaan rapat": meeting.state == "done",
        "notulen": minutes.state == MinutesState.APPROVED
        and minutes.closing == FORMER_CLOSING
        and not (minutes.opening or minutes.conclusion or minutes.next_meeting)
        and not minutes.addenda.exists(),
        "catatan diskusi": bool(discussion and discussion.notes == FORMER_DISCUSSION),
        "keputusan": decisions == sorted(FORMER_DECISIONS)
        and not meeting.decisions.filter(villages__isnull=False).exists(),
        "tindak lanjut": not FollowUp.objects.filter(decision__meeting=meeting).exists(),
    }
    return [name for name, is_so in as_loaded.items() if not is_so]


def _article(meeting, loader) -> list[str]:
    article = Article.objects.filter(meeting=meeting, lead__in=(FORMER_LEAD, LEAD)).first()
    if article is None:
        return [f"berita {each}" for each in meeting.articles.all()[:1]]
    if (article.lead, article.body) == (LEAD, BODY):
        return []
    if (article.lead, article.body) != (FORMER_LEAD, FORMER_BODY):
        return [f"berita {article}"]
    dated = {"published_at": STARTS_AT} if article.published_at else {}
    article.change(by=loader, version=article.version, lead=LEAD, body=BODY, **dated)
    article.events.create(kind=ArticleEvent.Kind.CORRECT, actor=loader, at=timezone.now())
    return []
