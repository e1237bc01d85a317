"""Bappeda's screens: the queue, one figure to decide on, and corrections."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from areas.figures import mail, review_page
from areas.figures.forms import CorrectionForm
from areas.models import Programme, Status, YearlyFigure
from kotaku.requests import kept_forms
from kotaku.requests.permissions import bappeda_required
from kotaku.workflow import StaleRecord, TransitionNotAllowed
from kotaku.workflow.forms import ReturnForm, VersionForm

QUEUE_PAGE = 25


def review_address(request, pk):
    """Return the address of the page on which a figure is decided."""
    return reverse("areas:review", args=[pk])


@bappeda_required
@require_GET
def queue(request):
    """Show what waits for a decision, oldest first, and how complete each year is."""
    waiting = YearlyFigure.objects.reviewable_by(request.user)
    page = Paginator(review_page.for_queue(waiting), QUEUE_PAGE).get_page(request.GET.get("hal"))
    slug = request.GET.get("periode")
    programmes = Programme.objects.of(request.user).select_related("region")
    programme = get_object_or_404(programmes, slug=slug) if slug else programmes.current()
    context = {
        "page": page,
        "rows": review_page.queue_rows(page, request.user),
        "grid": review_page.completeness_grid(programme, request.GET.get("desa_hal")),
        "programme": programme,
        "programmes": programmes,
    }
    return render(request, "areas/figures/review_queue.html", context)


@bappeda_required
@require_GET
def detail(request, pk):
    """Show a figure with old and new side by side, and the decision, if one is due."""
    figure = _figure_or_404(request, pk)
    waiting = kept_forms.restore(request)
    return _page(
        request, figure, form=ReturnForm(waiting.typed) if waiting else None, waiting=waiting
    )


@bappeda_required
@kept_forms.keeps_form(review_address)
def verification(request, pk):
    """Make a figure official, then go on to the next one."""
    if request.method != "POST":
        return redirect(review_address(request, pk))
    figure = _figure_or_404(request, pk)
    form = VersionForm(request.POST)
    form.is_valid()
    try:
        figure.verify(by=request.user, version=form.cleaned_data["version"])
        mail.announce_verification(figure)
    except StaleRecord as stale:
        if not _is_own_verification(stale.row, request.user):
            return _page(request, stale.row, stale=stale, status=409)
    except TransitionNotAllowed as refusal:
        return _page(request, figure, refusal=refusal, status=409)
    kept_forms.forget(request, review_address(request, pk))
    messages.success(request, f"{figure.baseline.village}, {figure.year}: terverifikasi.")
    return redirect(_next_page(request, figure))


@bappeda_required
@kept_forms.keeps_form(review_address)
def return_(request, pk):
    """Give a figure back to its village with a reason, then go on to the next one."""
    if request.method != "POST":
        return redirect(review_address(request, pk))
    figure = _figure_or_404(request, pk)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _page(request, figure, form=form, status=422)
    version, reason = form.cleaned_data["version"], form.cleaned_data["reason"]
    try:
        figure.return_for_correction(by=request.user, version=version, reason=reason)
        mail.announce_return(figure)
    except StaleRecord as stale:
        if not _is_own_return(stale.row, request.user, reason):
            return _page(request, stale.row, form=form, stale=stale, status=409)
    except TransitionNotAllowed as refusal:
        return _page(request, figure, form=form, refusal=refusal, status=409)
    kept_forms.forget(request, review_address(request, pk))
    messages.success(
        request, f"{figure.baseline.village}, {figure.year}: dikembalikan ke desa/kelurahan."
    )
    return redirect(_next_page(request, figure))


def correction_page(request, pk):
    """Return the address of the correction form."""
    return reverse("areas:figure-correction", args=[pk])


@bappeda_required
@kept_forms.keeps_form(correction_page)
def correction(request, pk):
    """Replace the hectares of a verified figure, with a reason; the history keeps the old value."""
    figure = get_object_or_404(
        _with_relations(YearlyFigure.objects.correctable_by(request.user)), pk=pk
    )
    if request.method != "POST":
        waiting = kept_forms.restore(request)
        form = CorrectionForm(waiting.typed if waiting else None, figure=figure)
        version = waiting.typed.get("version") if waiting else figure.version
        return _correction_page(request, figure, form, version, waiting=waiting)
    form = CorrectionForm(request.POST, figure=figure)
    if not form.is_valid():
        return _correction_page(request, figure, form, form.data.get("version"), status=422)
    cleaned = form.cleaned_data
    try:
        figure.correct(
            by=request.user,
            version=cleaned["version"],
            area_ha=cleaned["area_ha"],
            reason=cleaned["reason"],
        )
    except StaleRecord as stale:
        now = stale.row
        return _correction_page(request, now, form, now.version, stale=stale, status=409)
    except TransitionNotAllowed as refusal:
        form.add_error(None, str(refusal))
        return _correction_page(request, figure, form, cleaned["version"], status=409)
    kept_forms.forget(request, correction_page(request, pk))
    messages.success(request, "Koreksi tersimpan. Angka lama tetap ada di riwayat.")
    return redirect("areas:review", pk=pk)


def _correction_page(request, figure, form, version, *, stale=None, waiting=None, status=200):
    context = review_page.decision_context(figure, request.user)
    context |= {
        "form": form,
        "version": version,
        "asked_value": form.asked_value,
        "stale": stale,
        "waiting": waiting,
        "owner": kept_forms.owner_note(request.user),
    }
    return render(request, "areas/figures/figure_correction.html", context, status=status)


def _page(request, figure, *, form=None, stale=None, refusal=None, waiting=None, status=200):
    context = review_page.decision_context(figure, request.user)
    context |= {
        "form": form or ReturnForm(),
        "stale": stale,
        "refusal": refusal,
        "waiting": waiting,
        "owner": kept_forms.owner_note(request.user),
    }
    return render(request, "areas/figures/review_detail.html", context, status=status)


def _figure_or_404(request, pk):
    figures = YearlyFigure.objects.traceable_by(request.user).exclude(status=Status.DRAFT)
    return get_object_or_404(_with_relations(figures), pk=pk)


def _with_relations(figures):
    return figures.select_related(
        "baseline__programme",
        "baseline__village__district",
        "entered_by",
        "submitted_by",
        "returned_by",
        "verified_by",
    )


def _is_own_verification(figure, user):
    """Whether a second click brings what the first one has already done."""
    return figure.status == Status.VERIFIED and figure.verified_by_id == user.pk


def _is_own_return(figure, user, reason):
    return (
        figure.status == Status.RETURNED
        and figure.returned_by_id == user.pk
        and figure.return_reason == reason
    )


def _next_page(request, decided):
    """Return the page of the next figure after the one decided, else the oldest, else the queue."""
    waiting = YearlyFigure.objects.verifiable_by(request.user)
    after = waiting.filter(submitted_at__gt=decided.submitted_at).first() or waiting.first()
    return reverse("areas:review", args=[after.pk]) if after else reverse("areas:review-queue")
