"""Views for mailing invitations, minutes and addenda, and for what was handed over without mail."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from kotaku.mail import NO_SERVER, has_server
from kotaku.requests.permissions import bappeda_required
from kotaku.workflow.forms import VersionForm
from meetings.deliveries.handing import hand_over
from meetings.deliveries.queue import needs_of, queue
from meetings.deliveries.sending import send_batch
from meetings.detail.forms import HandoverForm
from meetings.detail.views import editable_meeting, meeting_address, meeting_page
from meetings.models import Addendum, DeliveryKind, DeliveryState, Meeting, MeetingState
from meetings.models.minutes import FROM_NEWS, MinutesState

NOT_SENT = (
    "Email tidak terkirim karena layanan email tidak dapat dihubungi. Penerimanya tetap tercatat; "
    "tekan Lanjutkan pengiriman nanti."
)
NO_RECIPIENTS = (
    "Belum ada peserta dengan alamat email yang perlu dikirimi. Lengkapi emailnya dahulu, atau "
    "serahkan suratnya dan catat di bagian Pengiriman."
)
LEFT = (
    "{count} lagi menunggu. Sisanya dikirim server secara berkala; tekan Lanjutkan pengiriman bila "
    "ingin mengirimnya sekarang."
)


@bappeda_required
@require_POST
def invitation(request, pk):
    """Send the invitation, its change or its cancellation, for the version the user has seen."""
    meeting = editable_meeting(request, pk)
    form = VersionForm(request.POST)
    form.is_valid()
    if meeting.is_from_news:
        messages.error(request, FROM_NEWS)
    elif meeting.state == MeetingState.DRAFT:
        messages.error(request, "Jadwalkan rapatnya dahulu, baru undangan dapat dikirim.")
    elif meeting.state == MeetingState.DONE:
        messages.error(request, "Rapat ini sudah selesai, jadi undangannya tidak dikirim lagi.")
    elif form.cleaned_data["version"] != meeting.version:
        messages.error(request, f"{meeting.changed_sentence()} Periksa lagi, lalu kirim.")
    else:
        is_off = meeting.state == MeetingState.CANCELLED
        what = "Pembatalan" if is_off else "Undangan"
        again = "Undangan versi ini sudah dikirim."
        _send(request, meeting, DeliveryKind.INVITATION, what, again)
    return redirect(f"{meeting_address(request, pk)}#pengiriman")


@bappeda_required
@require_POST
def minutes(request, pk):
    """Send the approved minutes to the participants who do not have them."""
    meeting = editable_meeting(request, pk)
    if meeting.is_from_news:
        messages.error(request, FROM_NEWS)
    elif meeting.minutes.state != MinutesState.APPROVED:
        messages.error(request, "Notulen dikirim sesudah disahkan.")
    else:
        _send(request, meeting, DeliveryKind.MINUTES, "Notulen", "Notulen sudah dikirim.")
    return redirect(f"{meeting_address(request, pk)}#pengiriman")


@bappeda_required
@require_POST
def addendum(request, pk):
    """Send an addendum to the participants who do not have it."""
    mine = Meeting.objects.editable_by(request.user)
    found = get_object_or_404(Addendum.objects.filter(minutes__meeting__in=mine), pk=pk)
    meeting = editable_meeting(request, found.minutes.meeting_id)
    _send(request, meeting, DeliveryKind.ADDENDUM, "Adendum", "Adendum ini sudah dikirim.", found)
    return redirect(f"{meeting_address(request, meeting.pk)}#pengiriman")


def _send(request, meeting, kind, what, again, found=None):
    if not has_server():
        messages.error(request, NO_SERVER)
        return
    if queue(meeting, kind, by=request.user, addendum=found):
        _report(request, send_batch(meeting), what)
    elif any(need.is_received for need in needs_of(meeting, kind, found)):
        messages.info(request, again)
    else:
        messages.error(request, NO_RECIPIENTS)


@bappeda_required
@require_POST
def continuation(request, pk):
    """Send the next batch of what waits, also what failed for now and would be tried later."""
    meeting = editable_meeting(request, pk)
    if has_server():
        failed = meeting.deliveries.filter(state=DeliveryState.WAITING).exclude(answer="")
        failed.update(claimed_at=None)
        _report(request, send_batch(meeting), "Email")
    else:
        messages.error(request, NO_SERVER)
    return redirect(f"{meeting_address(request, pk)}#pengiriman")


def _report(request, outcome, what):
    sentences = []
    if outcome.sent:
        sentences.append(f"{what} terkirim kepada {outcome.sent} peserta.")
    if outcome.refused:
        sentences.append(f"{outcome.refused} alamat ditolak; sebabnya ada di bagian Pengiriman.")
    if outcome.is_down:
        sentences.append(NOT_SENT)
    elif outcome.waiting:
        sentences.append(LEFT.format(count=outcome.waiting))
    is_bad = outcome.refused or outcome.is_down
    show = messages.error if is_bad else messages.success
    show(request, " ".join(sentences) or "Tidak ada email yang menunggu dikirim.")


@bappeda_required
@require_POST
def handover(request, pk):
    """Record who got a message by letter or WhatsApp, or that a tick was wrong."""
    meeting = editable_meeting(request, pk)
    form = HandoverForm(request.POST)
    if not form.is_valid():
        return meeting_page(request, meeting, handover_form=form, status=422)
    count = hand_over(meeting, by=request.user, **form.cleaned_data)
    if count:
        messages.success(request, f"Tercatat untuk {count} peserta.")
    else:
        messages.info(request, "Tidak ada yang berubah: pesannya sudah tercatat sampai.")
    return redirect(f"{meeting_address(request, pk)}#pengiriman")
