"""Enter, submit and show assessments: a village's RTs, the steps of the form, the result."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from areas.assessments import page as assessment_page
from areas.assessments import step_notes, village_page, work_list
from areas.assessments.forms import NeighbourhoodForm, WhatIfForm, step_form
from areas.assessments.last_year import of_same_rt
from areas.assessments.steps import GENERAL, neighbours, step_of, steps_of
from areas.assessments.village_totals import has_only_sample_rts
from areas.assessments.what_if import what_if_context
from areas.models import (
    Assessment,
    Neighbourhood,
    Village,
)
from areas.questions.page import section
from kotaku.caching.page_cache import kept
from kotaku.interface.fields import stored_values
from kotaku.models import Role
from kotaku.requests import kept_forms
from kotaku.requests.permissions import role_required
from kotaku.requests.sent_once import seen_on_phone, sent_once
from kotaku.workflow import StaleRecord
from kotaku.workflow.buttons import sent_form
from kotaku.workflow.perform import perform, perform_step

officer_required = role_required(Role.VILLAGE_OFFICER)
FIRST_YEAR = 2000


@require_safe
def overview(request):
    """List the assessments to verify, and the number of assessments per status in each village."""
    year = _year(request)
    context = work_list.work_context(request.user, year, queue_page=request.GET.get("hal"))
    return render(request, "areas/assessments/assessment_overview.html", context)


@login_not_required
@require_safe
@kept
def village(request, code):
    """Show a village's RTs with class and area, their sum, and the comparison with an earlier year."""
    return _village_page(request, _village_or_404(code))


@officer_required
@require_POST
def neighbourhood_add(request, code):
    """Add an RT to one of the officer's villages."""
    villages = Village.objects.of_officer(request.user)
    chosen = get_object_or_404(villages.select_related("district__region"), code=code)
    sample = request.GET.get("contoh") == "1"
    form = NeighbourhoodForm(request.POST, village=chosen, sample=sample)
    if not form.is_valid():
        return _village_page(request, chosen, form=form, status=422)
    rt = form.save()
    messages.success(request, f"{rt.short_name} ditambahkan.")
    return redirect(assessment_page.village_url(chosen, _year(request), sample))


def start_page(request):
    """Return the address of the first step of a new assessment."""
    query = {name: request.GET[name] for name in ("rt", "tahun") if name in request.GET}
    return reverse("areas:assessment-start", query=query)


@officer_required
@kept_forms.keeps_form(start_page)
@sent_once
@seen_on_phone
def start(request):
    """Show the first step of a new assessment; a post creates the assessment."""
    rts = Neighbourhood.objects.editable_by(request.user).select_related("village__district")
    chosen = request.GET.get("rt", "")
    rt = get_object_or_404(rts, pk=chosen if chosen.isdecimal() and len(chosen) < 15 else 0)
    year = _year(request)
    there = Assessment.objects.filter(neighbourhood=rt, year=year).first()
    if there is not None and request.method != "POST" and not kept_forms.restore(request):
        return redirect("areas:assessment", pk=there.pk)
    assessment = there or Assessment(neighbourhood=rt, year=year, version=0)
    here = step_of(assessment.edition, GENERAL)
    return _step(request, assessment, here, start_page(request))


def step_page(request, pk, key):
    """Return the address of a step."""
    return reverse("areas:assessment-step", args=[pk, key])


@officer_required
@kept_forms.keeps_form(step_page)
@sent_once
@seen_on_phone
def step(request, pk, key):
    """Show one step of an assessment; a post saves it and goes on to the next."""
    assessment = get_object_or_404(Assessment.objects.editable_by(request.user).loaded(), pk=pk)
    here = step_of(assessment.edition, key)
    if here is None:
        raise Http404("Langkah tidak dikenal.")
    if request.method != "POST" and not (assessment.is_editable or kept_forms.restore(request)):
        return redirect("areas:assessment", pk=pk)
    return _step(request, assessment, here, step_page(request, pk, key))


@login_not_required
@require_safe
@kept
def detail(request, pk):
    """Show the result of an assessment, and the actions open to this user."""
    return detail_page(request, visible_assessment(request, pk))


def _detail_address(request, pk, **_):
    return reverse("areas:assessment", args=[pk])


@kept_forms.keeps_form(_detail_address)
@sent_once
def officer_step(request, pk, verb):
    """Carry out an officer's transition of an assessment, such as submitting it."""
    address = _detail_address(request, pk)
    if request.method != "POST":
        return redirect(address)
    assessment = get_object_or_404(Assessment.objects.editable_by(request.user).loaded(), pk=pk)
    page = partial(detail_page, request, verb=verb)
    return perform_step(request, assessment, verb, page=page, to=lambda _: address)


@login_not_required
@require_safe
@kept
def paper(request, pk):
    """Show an assessment as the official form, for printing."""
    assessment = visible_assessment(request, pk)
    context = vars(assessment_page.detail_context(assessment, request.user))
    return render(request, "areas/assessments/assessment_paper.html", context)


@login_not_required
@require_safe
def what_if(request, pk):
    """Show the result that other volumes would have; nothing is stored."""
    assessment = visible_assessment(request, pk)
    if assessment.total is None:
        raise Http404("Penilaian ini belum lengkap.")
    typed = request.GET if assessment.edition.by_key.keys() & request.GET.keys() else None
    form = WhatIfForm(typed, assessment=assessment)
    context = what_if_context(assessment, form)
    return render(
        request,
        "areas/assessments/assessment_what_if.html",
        context,
        status=422 if form.errors else 200,
    )


def visible_assessment(request, pk) -> Assessment:
    """Return an assessment that this user may see, or raise Http404."""
    return get_object_or_404(Assessment.objects.visible_to(request.user).loaded(), pk=pk)


def detail_page(request, assessment, *, form=None, verb="", refusal=None, status=200):
    """Return the page of an assessment, with an invalid form or the reason for a refusal."""
    waiting = kept_forms.restore(request)
    typed = form.data if form else waiting and waiting.typed
    page = assessment_page.detail_context(assessment, request.user, typed=typed, verb=verb)
    context = vars(page) | {
        "refusal": refusal,
        "form": sent_form(page.offers),
        "typed_reason": (typed or {}).get("reason", ""),
        "waiting": waiting,
        "owner": kept_forms.owner_note(request.user) if request.user.is_authenticated else "",
        "questions": section(assessment, request.user),
    }
    return render(request, "areas/assessments/assessment_detail.html", context, status=status)


def _step(request, assessment, here, address):
    typed, waiting = kept_forms.typed(request)
    form = step_form(here, typed, assessment)
    if request.method != "POST":
        return _step_page(request, here, assessment, form=form, waiting=waiting)

    def fill(assessment, *, by, version, **_):
        values = form.values()
        if not (assessment.pk and assessment.is_editable and assessment.holds(values)):
            assessment.fill(by=by, version=version, step=here.title, values=values)

    return perform(
        request,
        assessment,
        form,
        fill,
        page=partial(_step_page, request, here),
        to=lambda row: assessment_page.next_url(row, neighbours(row.edition, here.key)[1]),
        done=f"Tersimpan: {here.title}.",
        kept=address,
        repeated=lambda row, cleaned: row.is_editable and row.holds(form.values()),
    )


def _step_page(request, here, assessment, *, form, refusal=None, waiting=None, status=200):
    stale = refusal if isinstance(refusal, StaleRecord) else None
    if refusal and not stale:
        form.add_error(None, str(refusal))
    steps = steps_of(assessment.edition)
    before, after = neighbours(assessment.edition, here.key)
    typed_version = waiting.typed.get("version") if waiting else None
    context = vars(assessment_page.frame(assessment)) | {
        "form": form,
        "here": here,
        "number": steps.index(here) + 1,
        "count": len(steps),
        "steps": assessment_page.step_links(assessment, here),
        "before_url": assessment_page.step_url(assessment, before)
        if before and assessment.pk
        else "",
        "is_last": after is None,
        "version": assessment.version if typed_version is None else typed_version,
        "stale": stale,
        "current": stored_values(form, assessment) if stale else [],
        "waiting": waiting,
        "last_year": of_same_rt(assessment, request.user),
        "owner": kept_forms.owner_note(request.user),
        "taken_from": getattr(form, "taken_from", None),
        "unasked": here.aspect and step_notes.unasked_sentence(assessment, here.aspect),
        "general_url": assessment_page.step_url(assessment, steps[0]) if assessment.pk else "",
        "scores": [] if here.aspect is None else step_notes.live_scores(assessment, form),
    }
    return render(request, "areas/assessments/assessment_step.html", context, status=status)


def _village_page(request, chosen, *, form=None, status=200):
    sample = _sample(request, chosen)
    year = _year(request)
    before = request.GET.get("banding", "")
    page = village_page.village_context(
        chosen,
        request.user,
        year=year,
        sample=sample,
        before=int(before) if before.isdecimal() and len(before) == 4 else None,
        page=request.GET.get("hal"),
    )
    context = vars(page) | {"form": form or NeighbourhoodForm(village=chosen, sample=sample)}
    return render(request, "areas/assessments/village_assessments.html", context, status=status)


def _village_or_404(code) -> Village:
    return get_object_or_404(Village.objects.select_related("district__region"), code=code)


def _sample(request, chosen) -> bool:
    """Whether to show sample RTs: as the URL says, else if the village has no others."""
    if "contoh" in request.GET:
        return request.GET["contoh"] == "1"
    return has_only_sample_rts(chosen)


def _year(request) -> int:
    """Return the year in the URL, else the present one. Raises Http404 for a future year."""
    typed = request.GET.get("tahun", "")
    now = village_page.this_year()
    if not typed:
        return now
    if not (typed.isdecimal() and len(typed) == 4 and FIRST_YEAR <= int(typed) <= now):
        raise Http404("Tahun tidak dapat dinilai.")
    return int(typed)
