"""Progress of an activity: realisation, spending, improvements and photos."""

from csp.constants import NONE
from csp.decorators import csp
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from areas.models import ActivityPhoto
from areas.workplan.improvement_forms import ImprovementsForm
from areas.workplan.realisation_forms import PhotoForm, RealisationForm
from areas.workplan.views import (
    activity_page,
    answer,
    detail_page,
    editable,
    planner_required,
    saved,
    values_and_funding,
)
from kotaku.files.downloads import hand_out
from kotaku.files.drawn import show
from kotaku.requests import kept_forms
from kotaku.workflow import TransitionNotAllowed


def realisation_page(request, pk):
    """Return the address of the form for an activity's progress."""
    return reverse("areas:activity-realisation", args=[pk])


@planner_required
@kept_forms.keeps_form(realisation_page)
def realisation(request, pk):
    """Record the progress of an activity, and the money spent."""
    template, page = "areas/workplan/activity_realisation.html", realisation_page(request, pk)
    return _answer(request, pk, RealisationForm, template, values_and_funding, page)


def improvements_page(request, pk):
    """Return the address of the form for an activity's improvements."""
    return reverse("areas:activity-improvements", args=[pk])


@planner_required
@kept_forms.keeps_form(improvements_page)
def improvements(request, pk):
    """Record the criteria that an activity improves, by RT."""
    template = "areas/workplan/activity_improvements.html"

    def parts(form):
        return {"values": {}, "improvements": form.found}

    return _answer(request, pk, ImprovementsForm, template, parts, improvements_page(request, pk))


@planner_required
@kept_forms.keeps_form(activity_page)
def photo_add(request, pk):
    """Add a photo of the activity at 0, 50 or 100 percent; GET redirects to its page."""
    if request.method != "POST":
        return redirect(activity_page(request, pk))
    activity = editable(request, pk)
    form = PhotoForm(request.POST, request.FILES)
    if form.is_valid():
        stage, upload = form.cleaned_data["stage"], form.cleaned_data["photo"]
        try:
            ActivityPhoto.attach(activity, upload, stage=stage, by=request.user)
        except TransitionNotAllowed as refusal:
            form.add_error("photo", str(refusal))
        else:
            kept_forms.forget(request, activity_page(request, pk))
            return saved(request, activity, "Foto tersimpan.")
    return detail_page(request, activity, photo_form=form, status=422)


# Replaces the site's security policy: the file may load or run nothing.
@csp({"default-src": [NONE], "sandbox": True})
@require_safe
def photo(request, pk):
    """Send one photo for display on its activity's page."""
    found = get_object_or_404(ActivityPhoto.objects.visible_to(request.user), pk=pk)
    return hand_out(found.file, found.name, "image/jpeg", inline=True)


@csp({"default-src": [NONE], "sandbox": True})
@require_safe
def photo_display(request, pk, size):
    """Show one photo in a size."""
    return show(
        request, get_object_or_404(ActivityPhoto.objects.visible_to(request.user), pk=pk), size
    )


@planner_required
@require_POST
def photo_removal(request, pk):
    """Delete a photo."""
    found = get_object_or_404(ActivityPhoto.objects.visible_to(request.user), pk=pk)
    activity = editable(request, found.activity_id)
    found.remove(by=request.user)
    return saved(request, activity, f"Foto {found.name} sudah dihapus.")


def _answer(request, pk, form_class, template, parts, page):
    activity = editable(request, pk)
    typed, waiting = kept_forms.typed(request)
    form = form_class(typed, activity=activity)
    return answer(
        request, activity, form, template, parts, done="Tersimpan.", kept=page, waiting=waiting
    )
