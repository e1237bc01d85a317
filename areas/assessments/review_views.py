"""Bappeda's decisions about assessments: verify, return, open again."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from areas.assessments.views import detail_page
from areas.models import Assessment, Status
from kotaku.requests import kept_forms
from kotaku.requests.permissions import bappeda_required
from kotaku.workflow import StaleRecord, TransitionNotAllowed
from kotaku.workflow.forms import ReturnForm, VersionForm


def assessment_page(request, pk):
    """Return the address of the page on which an assessment is decided."""
    return reverse("areas:assessment", args=[pk])


@bappeda_required
@kept_forms.keeps_form(assessment_page)
def verification(request, pk):
    """Make an assessment official, then go on to the next one."""
    if request.method != "POST":
        return redirect(assessment_page(request, pk))
    assessment = _assessment_or_404(request, pk)
    form = VersionForm(request.POST)
    form.is_valid()
    try:
        assessment.verify(by=request.user, version=form.cleaned_data["version"])
    except StaleRecord as stale:
        now = stale.row
        if not (now.status == Status.VERIFIED and now.verified_by_id == request.user.pk):
            return _page(request, now, refusal=stale)
    except TransitionNotAllowed as refusal:
        return _page(request, assessment, refusal=refusal)
    messages.success(request, f"{assessment}: terverifikasi.")
    return redirect(_next_page(request, assessment))


@bappeda_required
@kept_forms.keeps_form(assessment_page)
def return_(request, pk):
    """Give an assessment back to its village with a reason."""
    return _give_back(request, pk, Assessment.return_for_correction, "dikembalikan")


@bappeda_required
@kept_forms.keeps_form(assessment_page)
def reopening(request, pk):
    """Open a verified assessment again, with a reason."""
    return _give_back(request, pk, Assessment.reopen, "dibuka kembali")


def _give_back(request, pk, verb, words):
    if request.method != "POST":
        return redirect(assessment_page(request, pk))
    assessment = _assessment_or_404(request, pk)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _page(request, assessment, form=form, status=422)
    version, reason = form.cleaned_data["version"], form.cleaned_data["reason"]
    try:
        verb(assessment, by=request.user, version=version, reason=reason)
    except StaleRecord as stale:
        now = stale.row
        is_own = now.status == Status.RETURNED and now.returned_by_id == request.user.pk
        if not (is_own and now.return_reason == reason):
            return _page(request, now, form=form, refusal=stale)
    except TransitionNotAllowed as refusal:
        return _page(request, assessment, form=form, refusal=refusal)
    kept_forms.forget(request, assessment_page(request, pk))
    messages.success(request, f"{assessment}: {words}.")
    return redirect(_next_page(request, assessment))


def _page(request, assessment, *, form=None, refusal=None, status=409):
    return detail_page(request, assessment, form=form, refusal=refusal, status=status)


def _assessment_or_404(request, pk) -> Assessment:
    assessments = Assessment.objects.traceable_by(request.user).exclude(status=Status.DRAFT)
    return get_object_or_404(assessments.loaded(), pk=pk)


def _next_page(request, decided):
    """Return the page of the next assessment that waits for this person, else the list."""
    waiting = Assessment.objects.verifiable_by(request.user)
    after = waiting.filter(submitted_at__gt=decided.submitted_at).first() or waiting.first()
    if after is None:
        return reverse("areas:assessment-overview")
    return reverse("areas:assessment", args=[after.pk])
