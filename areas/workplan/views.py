"""The collaborative work plan: list with costs, page of an activity, and planning."""

import uuid
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from areas.assessments.village_totals import has_only_sample_rts
from areas.models import Activity, Village
from areas.questions.page import section
from areas.workplan import plan_page
from areas.workplan.filters import ActivityFilterForm, kind_of
from areas.workplan.forms import ActivityForm
from areas.workplan.realisation_forms import PhotoForm
from kotaku import contributions
from kotaku.models import Role
from kotaku.regions.choice import choice_context
from kotaku.regions.page_region import PARAMETER, region_of
from kotaku.requests import kept_forms
from kotaku.requests.permissions import role_required
from kotaku.workflow.perform import perform

PAGE = 30
planner_required = role_required(Role.BAPPEDA, Role.VILLAGE_OFFICER)


@require_safe
def activity_list(request):
    """List the activities, filtered by the address, with their costs by source and year."""
    visible = Activity.objects.visible_to(request.user)
    sample, has_both = kind_of(request.GET, visible)
    of_kind = visible.of_kind(sample=sample)
    form = ActivityFilterForm(request.GET or None, user=request.user, activities=of_kind)
    found = form.filtered(of_kind)
    page = Paginator(found.loaded(), PAGE).get_page(request.GET.get("hal"))
    context = plan_page.list_context(request.GET, found, page, form.source) | {
        "form": form,
        "is_sample": sample,
        "has_both": has_both,
        "is_filtered": any(request.GET.get(name) for name in form.fields),
        "can_add": Village.objects.planned_by(request.user).exists(),
    }
    return render(request, "areas/workplan/activity_list.html", context)


@require_safe
def activity(request, pk):
    """Show one activity: funding, improvements, progress, origin and history."""
    waiting = kept_forms.restore(request)
    form = PhotoForm(waiting.typed) if waiting else None
    return detail_page(request, _visible(request, pk), photo_form=form, waiting=waiting)


def activity_page(request, pk):
    """Return the address of an activity's page, which has the form for photos."""
    return reverse("areas:activity", args=[pk])


def add_page(request):
    """Return the address of the form for a new activity."""
    names = ("desa", "contoh", "asal", PARAMETER)
    query = {name: request.GET[name] for name in names if name in request.GET}
    return reverse("areas:activity-add", query=query)


@planner_required
@kept_forms.keeps_form(add_page)
def add(request):
    """Plan a new activity; a form sent twice creates it only once."""
    typed, waiting = kept_forms.typed(request)
    villages = Village.objects.planned_by(request.user)
    chosen = villages.filter(code=request.GET.get("desa", "")).first()
    if chosen is None and len(few := villages[:2]) == 1:
        chosen = few[0]
    region = chosen.district.region if chosen else _region_to_plan_in(request)
    if region and region.is_summed:
        if typed is None:
            return _choice_of_regency(request, region)
        region = None
    activity = _planned(request, typed or {})
    initial = {"village": chosen, "year": timezone.localdate().year} if not activity.pk else None
    form = ActivityForm(typed, instance=activity, user=request.user, region=region, initial=initial)
    return _answer(request, activity, form, add_page(request), waiting)


def _region_to_plan_in(request):
    """Return the region whose villages Bappeda chooses from; None for all villages.

    The page's region counts if the address or the user names it, or if it is a province or the
    nation. Officers choose from their own villages, in any region.
    """
    user = request.user
    if not user.is_bappeda:
        return None
    region = region_of(request)
    is_said = PARAMETER in request.GET or user.region or (region and region.is_summed)
    return region if is_said else None


def _choice_of_regency(request, region):
    """Ask for the regency or city first, because a province has too many villages for a list."""
    context = choice_context(
        region, "Tambah kegiatan", "Pilih kabupaten atau kota tempat kegiatan ini dilaksanakan."
    )
    return render(request, "areas/public/region_choice.html", context)


def edit_page(request, pk):
    """Return the address of an activity's form."""
    return reverse("areas:activity-edit", args=[pk])


@planner_required
@kept_forms.keeps_form(edit_page)
def edit(request, pk):
    """Change the plan of an activity."""
    activity = editable(request, pk)
    typed, waiting = kept_forms.typed(request)
    region = activity.village.district.region if request.user.is_bappeda else None
    form = ActivityForm(typed, instance=activity, user=request.user, region=region)
    return _answer(request, activity, form, edit_page(request, pk), waiting)


def editable(request, pk) -> Activity:
    """Return an activity that the user may change; 404 if not visible, 403 if not editable."""
    activity = _visible(request, pk)
    if not Activity.objects.editable_by(request.user).filter(pk=pk).exists():
        raise PermissionDenied
    return activity


def detail_page(request, activity, *, photo_form=None, waiting=None, status=200):
    """Return the page of an activity."""
    context = vars(plan_page.detail_context(activity, request.user)) | {
        "photo_form": photo_form or PhotoForm(),
        "waiting": waiting,
        "owner": kept_forms.owner_note(request.user),
        "sections": contributions.sections(contributions.activity_sections, activity, request.user),
        "questions": section(activity, request.user),
    }
    return render(request, "areas/workplan/activity_detail.html", context, status=status)


def form_page(request, template, activity, *, form, refusal=None, waiting=None, status=200, **more):
    """Return a page with a form about an activity, and the stored values after a refusal."""
    typed = waiting.typed.get("version") if waiting else None
    context = more | {
        "activity": activity,
        "is_sample": activity.is_sample,
        "form": form,
        "version": activity.version if typed is None else typed,
        "stale": refusal,
        "current": [each for each in activity.facts().items() if each[1]] if refusal else [],
        "waiting": waiting,
        "owner": kept_forms.owner_note(request.user),
    }
    return render(request, template, context, status=status)


def _visible(request, pk) -> Activity:
    return get_object_or_404(Activity.objects.visible_to(request.user).loaded(), pk=pk)


def _planned(request, typed) -> Activity:
    """Return the activity that this form has created already, else a new one."""
    sample = request.GET.get("contoh") == "1"
    try:
        uid = uuid.UUID(typed.get("uid", ""))
    except ValueError:
        return Activity(version=0, is_sample=sample)
    there = Activity.objects.editable_by(request.user).filter(uid=uid).first()
    return there or Activity(uid=uid, version=0, is_sample=sample)


def _origin(request):
    reference = request.GET.get("asal", "")
    found = contributions.gather(contributions.activity_origins, reference, request.user)
    return found[0] if found else None


def _answer(request, activity, form, address, waiting):
    is_new = activity.pk is None and not activity.is_sample
    if request.method == "POST" and is_new and form.is_valid():
        activity.is_sample = has_only_sample_rts(form.values()["village"])
    return answer(
        request,
        activity,
        form,
        "areas/workplan/activity_form.html",
        values_and_funding,
        done="Kegiatan tersimpan.",
        kept=address,
        waiting=waiting,
        origin=_origin(request),
    )


def values_and_funding(form) -> dict:
    """Return the arguments of `Activity.store` from a form with funding."""
    return {"values": form.values(), "funding": form.funding()}


def answer(request, activity, form, template, parts, *, done, kept, waiting, origin=None):
    """Show or store the form; `parts(form)` returns the arguments of `Activity.store`."""
    page = partial(form_page, request, template, origin=origin)
    if request.method != "POST":
        return page(activity, form=form, waiting=waiting)

    def store(activity, *, by, version, **_):
        with transaction.atomic():
            activity.store(by=by, version=version, **parts(form))
            if origin:
                origin.attach(activity, by=by)

    def repeated(row, cleaned):
        return row.changed_by_id == request.user.pk and row.holds(**parts(form))

    def to(row):
        return activity_page(request, row.pk)

    return perform(
        request, activity, form, store, page=page, to=to, done=done, kept=kept, repeated=repeated
    )


def saved(request, activity, words):
    """Redirect to the activity with this message."""
    messages.success(request, words)
    return redirect("areas:activity", pk=activity.pk)
