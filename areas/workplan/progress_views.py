"""How far an activity is: progress, money spent, what it improves, photos."""

from csp.constants import NONE
from csp.decorators import csp
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from areas.models import ActivityPhoto
from areas.workplan.improvement_forms import ImprovementsForm
from areas.workplan.realisation_forms import PhotoForm, RealisationForm
from areas.workplan.views import (
    activity_page,
    detail_page,
    editable,
    form_page,
    planner_required,
    saved,
)
from kotaku.files.downloads import hand_out
from kotaku.requests import kept_forms
from kotaku.workflow import StaleRecord, TransitionNotAllowed


def realisation_page(request, pk):
    """Return the address of the form about how far an activity is."""
    return reverse("areas:activity-realisation", args=[pk])


@planner_required
@kept_forms.keeps_form(realisation_page)
def realisation(request, pk):
    """Say how far an activity is, and what was spent."""
    template = "areas/workplan/activity_realisation.html"

    def parts(form):
        return {"values": form.values(), "funding": form.funding()}

    return _answer(request, pk, RealisationForm, template, parts, realisation_page(request, pk))


def improvements_page(request, pk):
    """Return the address of the form about what an activity improves."""
    return reverse("areas:activity-improvements", args=[pk])


@planner_required
@kept_forms.keeps_form(improvements_page)
def improvements(request, pk):
    """Name the criteria that an activity improves, RT by RT."""
    template = "areas/workplan/activity_improvements.html"

    def parts(form):
        return {"values": {}, "improvements": form.found}

    return _answer(request, pk, ImprovementsForm, template, parts, improvements_page(request, pk))


@planner_required
@require_POST
@kept_forms.keeps_form(activity_page)
def photo_add(request, pk):
    """Add a photo at 0, 50 or 100 percent."""
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


# Replaces the site's policy: whatever the file is, it may do nothing.
@csp({"default-src": [NONE], "sandbox": True})
@require_safe
def photo(request, pk):
    """Show one photo in its activity's page."""
    found = get_object_or_404(ActivityPhoto.objects.visible_to(request.user), pk=pk)
    return hand_out(found.file, found.name, "image/jpeg", inline=True)


@planner_required
@require_POST
def photo_removal(request, pk):
    """Take a photo away."""
    found = get_object_or_404(ActivityPhoto.objects.visible_to(request.user), pk=pk)
    activity = editable(request, found.activity_id)
    found.remove(by=request.user)
    return saved(request, activity, f"Foto {found.name} sudah dihapus.")


def _answer(request, pk, form_class, template, parts, page):
    """Show the form, or store what it says; `parts(form)` is what `Activity.store` takes."""
    activity = editable(request, pk)
    waiting = kept_forms.restore(request) if request.method != "POST" else None
    typed = request.POST if request.method == "POST" else waiting.typed if waiting else None
    form = form_class(typed, activity=activity)
    if request.method != "POST":
        return form_page(request, template, activity, form, waiting=waiting)
    if not form.is_valid():
        return form_page(request, template, activity, form, status=422)
    stored = parts(form)
    try:
        activity.store(by=request.user, version=form.cleaned_data["version"], **stored)
    except StaleRecord as stale:
        now = stale.row
        if not (now.changed_by_id == request.user.pk and now.holds(**stored)):
            return form_page(request, template, now, form, stale=stale, status=409)
    kept_forms.forget(request, page)
    return saved(request, activity, "Tersimpan.")
