"""Views of a meeting's files: changed by Bappeda, downloaded by all who may see the meeting."""

from csp.constants import NONE
from csp.decorators import csp
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from kotaku.audit import trail
from kotaku.files.downloads import hand_out
from kotaku.files.drawn import Size, show
from kotaku.requests import kept_forms
from kotaku.requests.permissions import bappeda_required
from meetings.detail.forms import AttachmentForm
from meetings.detail.views import attachment_page, editable_meeting, meeting_address, meeting_page
from meetings.models import Attachment


@bappeda_required
@kept_forms.keeps_form(attachment_page)
def attachment_add(request, pk):
    """Attach a file; the error for a refused one is shown at the field. GET redirects to the page."""
    if request.method != "POST":
        return redirect(attachment_page(request, pk))
    meeting = editable_meeting(request, pk)
    form = AttachmentForm(request.POST, request.FILES)
    if form.is_valid():
        cleaned = form.cleaned_data
        try:
            Attachment.attach(
                meeting,
                cleaned["file"],
                kind=cleaned["kind"],
                caption=cleaned["caption"],
                by=request.user,
            )
        except ValidationError as error:
            form.add_error("file", error)
        else:
            kept_forms.forget(request, attachment_page(request, pk))
            messages.success(request, "Lampiran tersimpan.")
            return redirect(f"{meeting_address(request, pk)}#lampiran")
    return meeting_page(request, meeting, attachment_form=form, status=422)


# Replaces the site's CSP: no content of the file may run or load anything.
@csp({"default-src": [NONE], "sandbox": True})
@require_safe
def attachment(request, pk):
    """Download one file."""
    attachment = get_object_or_404(Attachment.objects.visible_to(request.user), pk=pk)
    trail.record_export(request, f"Lampiran rapat {attachment.name}")
    return hand_out(attachment.file, attachment.name, attachment.content_type)


@csp({"default-src": [NONE], "sandbox": True})
@require_safe
def picture(request, pk):
    """Show a photo for the printed minutes."""
    attachment = get_object_or_404(Attachment.objects.visible_to(request.user), pk=pk)
    if not attachment.is_image:
        raise Http404("Lampiran ini bukan gambar.")
    return show(request, attachment, Size.LARGE.value)


@csp({"default-src": [NONE], "sandbox": True})
@require_safe
def display(request, pk, size):
    """Show one file: its picture in a size, or a PDF."""
    attachment = get_object_or_404(Attachment.objects.visible_to(request.user), pk=pk)
    return show(request, attachment, size)


@bappeda_required
@require_POST
def attachment_removal(request, pk):
    """Remove a file."""
    attachment = get_object_or_404(Attachment.objects.removable_by(request.user), pk=pk)
    meeting_id = attachment.meeting_id
    attachment.remove(by=request.user)
    messages.success(request, f"Lampiran {attachment.name} dihapus.")
    return redirect(f"{meeting_address(request, meeting_id)}#lampiran")
