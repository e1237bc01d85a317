"""What this app contributes to the admin's start page: minutes, follow-ups, the letterhead."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from kotaku.contributions import AdminLists, Finding, SetupStep, Waiting
from kotaku.regions.home import working_region
from meetings.models import FollowUp, Letterhead, Meeting, MeetingState, MinutesState

LETTERHEAD = 60
# Minutes of a held meeting are due after this many days.
MINUTES_DAYS = 14


def waits(user) -> list[Waiting]:
    """Return the minutes to approve, and the follow-ups that are overdue or to be confirmed."""
    return [*_minutes(user), *_overdue(user), *_to_confirm(user)]


def _held(user):
    return Meeting.objects.visible_to(user).filter(state=MeetingState.DONE)


def _minutes(user):
    submitted = _held(user).filter(minutes__state=MinutesState.SUBMITTED).order_by("starts_at")
    if count := submitted.count():
        first = submitted[0]
        url = reverse("meetings:meeting-detail", args=[first.pk])
        detail = f"terlama: {first}, {first.days_text}"
        yield Waiting(count, "notulen menunggu pengesahan", url, detail)


def _overdue(user):
    late = FollowUp.objects.visible_to(user).overdue()
    if count := late.count():
        first = late.loaded().urgent_first()[0]
        days = (timezone.localdate() - first.due_on).days
        url = reverse("meetings:follow-up-list")
        detail = f"{first.owner_text}, lewat {days} hari"
        yield Waiting(count, "tindak lanjut lewat batas", url, detail, is_late=True)


def _to_confirm(user):
    if count := FollowUp.objects.confirmable_by(user).count():
        url = reverse("meetings:follow-up-list", query={"keadaan": "konfirmasi"})
        yield Waiting(count, "tindak lanjut menunggu konfirmasi", url, "sudah dilaporkan selesai")


def findings(user) -> list[Finding]:
    """Return held meetings whose minutes are still not submitted after two weeks."""
    before = timezone.now() - timedelta(days=MINUTES_DAYS)
    states = [MinutesState.DRAFT, MinutesState.RETURNED]
    late = (
        _held(user)
        .filter(minutes__state__in=states, starts_at__lt=before)
        .exclude(source=Meeting.Source.NEWS)
    )
    if not (count := late.count()):
        return []
    first = late.order_by("starts_at")[0]
    links = (("Buka rapat", reverse("meetings:meeting-detail", args=[first.pk])),)
    title = f"{count} rapat belum disahkan notulennya"
    return [Finding(title, f"terlama: {first}, {first.days_text}", links)]


def setup_steps(user) -> list[SetupStep]:
    """Return the step about the letterhead."""
    region = working_region(user)
    there = Letterhead.objects.filter(region=region).first() if region else None
    add = reverse("admin:meetings_letterhead_add")
    return [
        SetupStep(
            LETTERHEAD,
            f"Kop surat: {there.office}" if there else "Kop surat dan penanda tangan",
            "Undangan, daftar hadir, dan notulen dicetak dengan kop ini.",
            there is not None,
            "Buat kop surat",
            add,
        )
    ]


def lists() -> list[AdminLists]:
    """Return the lists about meetings and reports."""
    names = ("Meeting", "Minutes", "Decision", "FollowUp", "FollowUpEvidence", "Attachment")
    names += ("Article", "Letterhead", "PokjaDecree", "PokjaMember")
    return [
        AdminLists("Rakor dan berita", tuple(f"meetings.{name}" for name in names)),
        AdminLists(
            "Pengiriman dan jawaban",
            (
                "meetings.Delivery",
                "meetings.Reply",
                "meetings.CalendarFeed",
                "meetings.SentReminder",
                "meetings.FollowUpReminder",
            ),
        ),
    ]
