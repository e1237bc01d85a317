"""Bappeda's decisions about assessments: verify, return, reopen."""

from functools import partial

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from areas.assessments.views import detail_page
from areas.models import Assessment
from kotaku.requests import kept_forms
from kotaku.workflow.perform import perform_step


def assessment_page(request, pk, **_):
    """Return the URL of the page on which an assessment is decided."""
    return reverse("areas:assessment", args=[pk])


@kept_forms.keeps_form(assessment_page)
def step(request, pk, verb):
    """Carry out a reviewer's transition of an assessment, then go to the next one."""
    if request.method != "POST":
        return redirect(assessment_page(request, pk))
    assessments = Assessment.objects.reviewed_by(request.user)
    return perform_step(
        request,
        get_object_or_404(assessments.loaded(), pk=pk),
        verb,
        page=partial(detail_page, request, verb=verb),
        to=partial(_next_page, request),
        kept=assessment_page(request, pk),
    )


def _next_page(request, decided):
    """Return the URL of the next assessment that this user may decide, else of the list."""
    waiting = Assessment.objects.verifiable_by(request.user)
    after = waiting.filter(submitted_at__gt=decided.submitted_at).first() or waiting.first()
    if after is None:
        return reverse("areas:assessment-overview")
    return reverse("areas:assessment", args=[after.pk])
