"""The collaborative work plan: the list with its costs, one activity, and its forms."""

from csp.constants import NONE
from csp.decorators import csp
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from areas.assessing.village import has_only_sample_rts
from areas.models import Activity, ActivityPhoto, Village
from areas.models.activity_photo import MAX_PHOTOS
from areas.workplan import screen
from areas.workplan.costs import cost_table
from areas.workplan.filters import ActivityFilterForm
from areas.workplan.forms import ActivityForm, ImprovementsForm, PhotoForm, RealisationForm
from kotaku import contributions, unsaved
from kotaku.downloads import hand_out
from kotaku.forms import stored_values
from kotaku.models import Role
from kotaku.permissions import role_required
from kotaku.versioned import StaleRecord

PAGE = 30
planner_required = role_required(Role.BAPPEDA, Role.VILLAGE_OFFICER)


@require_safe
def activity_list(request):
    """Show the plan, filtered through the address, with its costs by source and year."""
    form = ActivityFilterForm(request.GET or None)
    visible = Activity.objects.visible_to(request.user)
    kinds = dict(visible.order_by().values_list("is_sample").annotate(Count("pk")))
    sample = request.GET["contoh"] == "1" if "contoh" in request.GET else set(kinds) == {True}
    found = form.filtered(visible.of_kind(sample=sample))
    page = Paginator(found.loaded(), PAGE).get_page(request.GET.get("hal"))
    context = {
        "form": form,
        "is_sample": sample,
        "has_both": len(kinds) == 2,
        "is_filtered": any(request.GET.get(name) for name in form.fields),
        "page": page,
        "lines": [screen.activity_line(each) for each in page],
        "costs": cost_table(found),
        "can_add": request.user.is_bappeda or request.user.is_village_officer,
    }
    return render(request, "areas/activity_list.html", context)


@require_safe
def activity(request, pk):
    """Show one activity: money, what it improves, how far it is, where it comes from."""
    return _detail(request, _visible(request, pk))


def add_page(request):
    """Return the address of the form for a new activity."""
    query = {name: request.GET[name] for name in ("desa", "contoh") if name in request.GET}
    return reverse("areas:activity-add", query=query)


@planner_required
@unsaved.keeps_form(add_page)
def add(request):
    """Plan a new activity."""
    villages = _own_villages(request.user)
    chosen = villages.filter(code=request.GET.get("desa", "")).first() or (
        villages.first() if villages.count() == 1 else None
    )
    initial = {"village": chosen, "year": timezone.localdate().year}
    new = Activity(version=0, is_sample=request.GET.get("contoh") == "1")
    return _form_page(request, new, add_page(request), initial=initial)


def edit_page(request, pk):
    """Return the address of an activity's form."""
    return reverse("areas:activity-edit", args=[pk])


@planner_required
@unsaved.keeps_form(edit_page)
def edit(request, pk):
    """Change what is planned."""
    return _form_page(request, _editable(request, pk), edit_page(request, pk))


def realisation_page(request, pk):
    """Return the address of the form about how far an activity is."""
    return reverse("areas:activity-realisation", args=[pk])


@planner_required
@unsaved.keeps_form(realisation_page)
def realisation(request, pk):
    """Say how far an activity is, and what was spent."""
    activity = _editable(request, pk)
    waiting = unsaved.restore(request) if request.method != "POST" else None
    typed = request.POST if request.method == "POST" else waiting.typed if waiting else None
    form = RealisationForm(typed, activity=activity)
    if request.method != "POST":
        return _simple_page(request, activity, form, "realisation", waiting=waiting)
    if not form.is_valid():
        return _simple_page(request, activity, form, "realisation", status=422)
    return _save(request, activity, form, "realisation", realisation_page(request, pk))


def improvements_page(request, pk):
    """Return the address of the form about what an activity improves."""
    return reverse("areas:activity-improvements", args=[pk])


@planner_required
@unsaved.keeps_form(improvements_page)
def improvements(request, pk):
    """Name the criteria that an activity improves, RT by RT."""
    activity = _editable(request, pk)
    waiting = unsaved.restore(request) if request.method != "POST" else None
    typed = request.POST if request.method == "POST" else waiting.typed if waiting else None
    form = ImprovementsForm(typed, activity=activity)
    if request.method != "POST":
        return _simple_page(request, activity, form, "improvements", waiting=waiting)
    if not form.is_valid():
        return _simple_page(request, activity, form, "improvements", status=422)
    return _save(request, activity, form, "improvements", improvements_page(request, pk))


@planner_required
@require_POST
def photo_add(request, pk):
    """Add a photo at 0, 50 or 100 percent."""
    activity = _editable(request, pk)
    form = PhotoForm(request.POST, request.FILES)
    if form.is_valid() and activity.photos.count() >= MAX_PHOTOS:
        form.add_error("photo", f"Paling banyak {MAX_PHOTOS} foto. Hapus satu foto dahulu.")
    if not form.is_valid():
        return _detail(request, activity, photo_form=form, status=422)
    upload = form.cleaned_data["photo"]
    ActivityPhoto.add(activity, upload, stage=form.cleaned_data["stage"], by=request.user)
    messages.success(request, "Foto tersimpan.")
    return redirect("areas:activity", pk=pk)


# Replaces the site's policy: whatever the file is, it may do nothing.
@csp({"default-src": [NONE], "sandbox": True})
@require_safe
def photo(request, pk):
    """Send one photo as an attachment; it never opens inside the site."""
    found = get_object_or_404(ActivityPhoto.objects.visible_to(request.user), pk=pk)
    return hand_out(found.file, found.name, found.content_type)


@planner_required
@require_POST
def photo_removal(request, pk):
    """Take a photo away."""
    found = get_object_or_404(ActivityPhoto.objects.editable_by(request.user), pk=pk)
    activity = found.activity_id
    found.delete()
    found.file.delete(save=False)
    messages.success(request, f"Foto {found.name} sudah dihapus.")
    return redirect("areas:activity", pk=activity)


def _form_page(request, activity, page, *, initial=None):
    waiting = unsaved.restore(request) if request.method != "POST" else None
    typed = request.POST if request.method == "POST" else waiting.typed if waiting else None
    form = ActivityForm(typed, instance=activity, user=request.user, initial=initial)
    if request.method != "POST":
        return _simple_page(request, activity, form, "form", waiting=waiting)
    if not form.is_valid():
        return _simple_page(request, activity, form, "form", status=422)
    if activity.pk is None and not activity.is_sample:
        activity.is_sample = has_only_sample_rts(form.cleaned_data["village"])
    return _save(request, activity, form, "form", page)


TEMPLATES = {
    "form": "areas/activity_form.html",
    "realisation": "areas/activity_realisation.html",
    "improvements": "areas/activity_improvements.html",
}


def _save(request, activity, form, what, page):
    version = form.cleaned_data["version"]
    stored = {each.source: (each.planned_idr, each.realised_idr) for each in _funding(activity)}
    parts = {
        "form": lambda: {"values": form.values(), "funding": form.funding()},
        "realisation": lambda: {"values": form.values(), "funding": form.funding()},
        "improvements": lambda: {"values": {}, "funding": stored, "improvements": form.found},
    }[what]()
    try:
        activity.store(by=request.user, version=version, **parts)
    except StaleRecord as stale:
        return _simple_page(request, stale.row, form, what, stale=stale, status=409)
    unsaved.forget(request, page)
    messages.success(request, "Tersimpan.")
    return redirect("areas:activity", pk=activity.pk)


def _funding(activity):
    return activity.funding.all() if activity.pk else []


def _simple_page(request, activity, form, what, *, stale=None, waiting=None, status=200):
    typed = waiting.typed.get("version") if waiting else None
    context = {
        "activity": activity,
        "is_sample": activity.is_sample,
        "form": form,
        "version": activity.version if typed is None else typed,
        "stale": stale,
        "current": stored_values(form, activity) if stale else [],
        "waiting": waiting,
        "owner": unsaved.owner_note(request.user),
    }
    return render(request, TEMPLATES[what], context, status=status)


def _detail(request, activity, *, photo_form=None, status=200):
    context = screen.detail_context(activity, request.user)
    context["photo_form"] = photo_form or PhotoForm()
    context["sections"] = contributions.sections(
        contributions.activity_sections, activity, request.user
    )
    return render(request, "areas/activity_detail.html", context, status=status)


def _own_villages(user):
    return Village.objects.all() if user.is_bappeda else Village.objects.of_officer(user)


def _visible(request, pk) -> Activity:
    return get_object_or_404(Activity.objects.visible_to(request.user).loaded(), pk=pk)


def _editable(request, pk) -> Activity:
    activity = _visible(request, pk)
    if not Activity.objects.editable_by(request.user).filter(pk=pk).exists():
        raise PermissionDenied
    return activity
