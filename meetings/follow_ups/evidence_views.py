"""Download, show and remove the evidence of a follow-up."""

from csp.constants import NONE
from csp.decorators import csp
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from kotaku.audit import trail
from kotaku.files.downloads import hand_out
from kotaku.files.drawn import show
from kotaku.workflow import TransitionNotAllowed
from meetings.models import FollowUpEvidence


def _visible(request, pk):
    return get_object_or_404(FollowUpEvidence.objects.visible_to(request.user), pk=pk)


# Replaces the site's security policy: a file of any type may load or run nothing.
@csp({"default-src": [NONE], "sandbox": True})
@require_safe
def download(request, pk):
    """Send one file as an attachment, so that it never opens inside the site."""
    evidence = _visible(request, pk)
    trail.record_export(request, f"Bukti tindak lanjut {evidence.name}")
    return hand_out(evidence.file, evidence.name, evidence.content_type)


@csp({"default-src": [NONE], "sandbox": True})
@require_safe
def display(request, pk, size):
    """Show one file: its picture in a size, or a PDF."""
    return show(request, _visible(request, pk), size)


@require_POST
def removal(request, pk):
    """Remove one file of an open follow-up; its name stays in the history."""
    removable = FollowUpEvidence.objects.removable_by(request.user)
    evidence = get_object_or_404(removable.select_related("follow_up"), pk=pk)
    try:
        evidence.remove(by=request.user)
        messages.success(request, f"Berkas {evidence.name} sudah dihapus.")
    except TransitionNotAllowed as refusal:
        messages.error(request, str(refusal))
    return redirect("meetings:follow-up", pk=evidence.follow_up_id)
