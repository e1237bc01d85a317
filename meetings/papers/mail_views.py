"""Views for mailing invitations and minutes."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from kotaku.mail import NO_SERVER, has_server
from kotaku.requests.permissions import bappeda_required
from kotaku.workflow.forms import VersionForm
from meetings.detail.views import editable_meeting, meeting_address
from meetings.models import Meeting, MeetingState
from meetings.models.minutes import FROM_NEWS, MinutesState
from meetings.papers import mail

NOT_SENT = "Email tidak terkirim karena layanan email tidak dapat dihubungi. Coba lagi nanti."
NO_RECIPIENTS = (
    "Belum ada peserta dengan alamat email, jadi tidak ada yang dikirimi. Lengkapi emailnya dahulu."
)


@bappeda_required
@require_POST
def invitation(request, pk):
    """Send the invitation or cancellation once, and only for the version the user has seen."""
    meeting = editable_meeting(request, pk)
    page = redirect(meeting_address(request, pk))
    form = VersionForm(request.POST)
    form.is_valid()
    if meeting.is_from_news:
        messages.error(request, FROM_NEWS)
    elif meeting.state == MeetingState.DRAFT:
        messages.error(request, "Jadwalkan rapatnya dahulu, baru undangan dapat dikirim.")
    elif not has_server():
        messages.error(request, NO_SERVER)
    elif not mail.recipients(meeting):
        messages.error(request, NO_RECIPIENTS)
    elif form.cleaned_data["version"] != meeting.version:
        messages.error(request, f"{meeting.changed_sentence()} Periksa lagi, lalu kirim.")
    elif not meeting.mark_invited(version=meeting.version):
        messages.info(request, "Undangan versi ini sudah dikirim.")
    else:
        _send(request, meeting)
    return page


def _send(request, meeting):
    try:
        sent = mail.send_invitation(meeting)
    except mail.FAILURES:
        meeting.unmark_invited()
        messages.error(request, NOT_SENT)
        return
    total = len(mail.recipients(meeting))
    short = "" if sent == total else f" {total - sent} alamat ditolak; periksa alamatnya."
    what = "Pembatalan" if meeting.state == MeetingState.CANCELLED else "Undangan"
    messages.success(request, f"{what} terkirim kepada {sent} peserta.{short}")


@bappeda_required
@require_POST
def minutes(request, pk):
    """Send the approved minutes to the participants, once."""
    meeting = editable_meeting(request, pk)
    if meeting.is_from_news:
        messages.error(request, FROM_NEWS)
    elif meeting.minutes.state != MinutesState.APPROVED:
        messages.error(request, "Notulen dikirim sesudah disahkan.")
    elif not has_server():
        messages.error(request, NO_SERVER)
    elif not mail.recipients(meeting):
        messages.error(request, NO_RECIPIENTS)
    elif not Meeting.objects.filter(pk=pk, minutes_sent_at__isnull=True).update(
        minutes_sent_at=timezone.now()
    ):
        messages.info(request, "Notulen sudah dikirim.")
    else:
        _send_minutes(request, meeting)
    return redirect(meeting_address(request, pk))


def _send_minutes(request, meeting):
    try:
        sent = mail.send_minutes(meeting)
    except mail.FAILURES:
        Meeting.objects.filter(pk=meeting.pk).update(minutes_sent_at=None)
        messages.error(request, NOT_SENT)
        return
    messages.success(request, f"Notulen terkirim kepada {sent} peserta.")
