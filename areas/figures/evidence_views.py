"""Download evidence, if the user may see it, and remove it."""

from csp.constants import NONE
from csp.decorators import csp
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_POST

from areas.figures.to_do import entry_url
from areas.models import Evidence
from kotaku.audit import trail
from kotaku.files.downloads import hand_out
from kotaku.files.drawn import show
from kotaku.models import Role
from kotaku.requests import kept_forms
from kotaku.requests.permissions import role_required
from kotaku.workflow import TransitionNotAllowed


# Replaces the site's security policy: a file of any type may load or run nothing.
@csp({"default-src": [NONE], "sandbox": True})
@require_GET
def download(request, pk):
    """Send one file as an attachment, so that it never opens inside the site."""
    evidence = get_object_or_404(Evidence.objects.visible_to(request.user), pk=pk)
    trail.record_export(request, f"Bukti dukung {evidence.name}")
    return hand_out(evidence.file, evidence.name, evidence.content_type)


@csp({"default-src": [NONE], "sandbox": True})
@require_GET
def display(request, pk, size):
    """Show one file: its picture in a size, or a PDF."""
    evidence = get_object_or_404(Evidence.objects.visible_to(request.user), pk=pk)
    return show(request, evidence, size)


@role_required(Role.VILLAGE_OFFICER)
@require_POST
def removal(request, pk):
    """Remove one file from a figure that the village may still change."""
    evidence = get_object_or_404(
        Evidence.objects.removable_by(request.user).select_related(
            "figure__baseline__village", "figure__baseline__programme"
        ),
        pk=pk,
    )
    figure = evidence.figure
    try:
        evidence.remove(by=request.user)
        messages.success(request, f"Berkas {evidence.name} sudah dihapus.")
    except TransitionNotAllowed as refusal:
        messages.error(request, str(refusal))
    # The button is part of the figure's form: keep the other typed values for the next page.
    page = entry_url(figure.baseline, figure.year)
    kept_forms.stash(request, page, because="evidence")
    return redirect(page)
