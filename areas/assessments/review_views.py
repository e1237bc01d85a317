"""Bappeda's decisions about assessments: verify, return, reopen."""

from functools import partial

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from areas.assessments.views import detail_page
from areas.models import Assessment, Status
from kotaku.requests import kept_forms
from kotaku.requests.permissions import bappeda_required
from kotaku.workflow.forms import ReturnForm, VersionForm
from kotaku.workflow.perform import perform


def assessment_page(request, pk):
    """Return the URL of the page on which an assessment is decided."""
    return reverse("areas:assessment", args=[pk])


@bappeda_required
@kept_forms.keeps_form(assessment_page)
def verification(request, pk):
    """Verify an assessment, then go to the next one."""

    def repeated(row, cleaned):
        return row.was_verified_by(request.user)

    return _decide(request, pk, VersionForm, Assessment.verify, "terverifikasi", repeated)


@bappeda_required
@kept_forms.keeps_form(assessment_page)
def return_(request, pk):
    """Return an assessment to its village with a reason."""
    return _give_back(request, pk, Assessment.return_for_correction, "dikembalikan")


@bappeda_required
@kept_forms.keeps_form(assessment_page)
def reopening(request, pk):
    """Reopen a verified assessment, with a reason."""
    return _give_back(request, pk, Assessment.reopen, "dibuka kembali")


def _give_back(request, pk, verb, done):
    def repeated(row, cleaned):
        return row.was_returned_by(request.user, cleaned["reason"])

    kept = assessment_page(request, pk)
    return _decide(request, pk, ReturnForm, verb, done, repeated, kept=kept)


def _decide(request, pk, form_class, verb, done, repeated, kept=""):
    if request.method != "POST":
        return redirect(assessment_page(request, pk))
    assessment = _assessment_or_404(request, pk)
    return perform(
        request,
        assessment,
        form_class(request.POST),
        verb,
        page=partial(detail_page, request),
        to=partial(_next_page, request),
        done=f"{assessment}: {done}.",
        kept=kept,
        repeated=repeated,
    )


def _assessment_or_404(request, pk) -> Assessment:
    assessments = Assessment.objects.traceable_by(request.user).exclude(status=Status.DRAFT)
    return get_object_or_404(assessments.loaded(), pk=pk)


def _next_page(request, decided):
    """Return the URL of the next assessment that this user may decide, else of the list."""
    waiting = Assessment.objects.verifiable_by(request.user)
    after = waiting.filter(submitted_at__gt=decided.submitted_at).first() or waiting.first()
    if after is None:
        return reverse("areas:assessment-overview")
    return reverse("areas:assessment", args=[after.pk])
