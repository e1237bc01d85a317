"""Bappeda's pages: the review queue, the decision on one figure, and corrections."""

from functools import partial

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from areas.figures import mail, review_page
from areas.figures.forms import CorrectionForm
from areas.models import Programme, Status, YearlyFigure
from kotaku.requests import kept_forms
from kotaku.requests.permissions import bappeda_required
from kotaku.workflow import StaleRecord
from kotaku.workflow.forms import ReturnForm, VersionForm
from kotaku.workflow.perform import perform

QUEUE_PAGE = 25


def review_address(request, pk):
    """Return the URL of the page on which a figure is decided."""
    return reverse("areas:review", args=[pk])


@bappeda_required
@require_GET
def queue(request):
    """Show the figures awaiting a decision, oldest first, and how complete each year is."""
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
    """Show a figure beside the previous one, and the decision form if a decision is due."""
    figure = _figure_or_404(request, pk)
    waiting = kept_forms.restore(request)
    return _page(
        request, figure, form=ReturnForm(waiting.typed) if waiting else None, waiting=waiting
    )


@bappeda_required
@kept_forms.keeps_form(review_address)
def verification(request, pk):
    """Verify a figure, then open the next one."""

    def verify(figure, **said):
        figure.verify(**said)
        mail.announce_verification(figure)

    def repeated(row, cleaned):
        return row.was_verified_by(request.user)

    return _decide(request, pk, VersionForm, verify, "terverifikasi", repeated)


@bappeda_required
@kept_forms.keeps_form(review_address)
def return_(request, pk):
    """Return a figure to its village with a reason, then open the next one."""

    def give_back(figure, **said):
        figure.return_for_correction(**said)
        mail.announce_return(figure)

    def repeated(row, cleaned):
        return row.was_returned_by(request.user, cleaned["reason"])

    done = "dikembalikan ke desa/kelurahan"
    return _decide(request, pk, ReturnForm, give_back, done, repeated)


def _decide(request, pk, form_class, verb, done, repeated):
    if request.method != "POST":
        return redirect(review_address(request, pk))
    figure = _figure_or_404(request, pk)
    return perform(
        request,
        figure,
        form_class(request.POST),
        verb,
        page=partial(_page, request),
        to=partial(_next_page, request),
        done=f"{figure.baseline.village}, {figure.year}: {done}.",
        kept=review_address(request, pk),
        repeated=repeated,
    )


def correction_page(request, pk):
    """Return the URL of the correction form."""
    return reverse("areas:figure-correction", args=[pk])


@bappeda_required
@kept_forms.keeps_form(correction_page)
def correction(request, pk):
    """Replace the hectares of a verified figure, with a reason; the history keeps the old value."""
    figure = get_object_or_404(
        _with_relations(YearlyFigure.objects.correctable_by(request.user)), pk=pk
    )
    typed, waiting = kept_forms.typed(request)
    form = CorrectionForm(typed, figure=figure)
    if request.method != "POST":
        return _correction_page(request, figure, form=form, waiting=waiting)

    def correct(figure, *, by, version, area_ha, reason, **_):
        figure.correct(by=by, version=version, area_ha=area_ha, reason=reason)

    return perform(
        request,
        figure,
        form,
        correct,
        page=partial(_correction_page, request),
        to=lambda _: review_address(request, pk),
        done="Koreksi tersimpan. Angka lama tetap ada di riwayat.",
        kept=correction_page(request, pk),
    )


def _correction_page(request, figure, *, form, refusal=None, waiting=None, status=200):
    stale = refusal if isinstance(refusal, StaleRecord) else None
    if refusal and not stale:
        form.add_error(None, str(refusal))
    context = vars(review_page.decision_context(figure, request.user)) | {
        "form": form,
        "version": form.data.get("version") if form.is_bound and not stale else figure.version,
        "asked_value": form.asked_value,
        "stale": stale,
        "waiting": waiting,
        "owner": kept_forms.owner_note(request.user),
    }
    return render(request, "areas/figures/figure_correction.html", context, status=status)


def _page(request, figure, *, form=None, refusal=None, waiting=None, status=200):
    stale = refusal if isinstance(refusal, StaleRecord) else None
    context = vars(review_page.decision_context(figure, request.user)) | {
        "form": form if isinstance(form, ReturnForm) else ReturnForm(),
        "stale": stale,
        "refusal": None if stale else refusal,
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


def _next_page(request, decided):
    """Return the URL of the figure submitted next, else of the oldest, else of the queue."""
    waiting = YearlyFigure.objects.verifiable_by(request.user)
    after = waiting.filter(submitted_at__gt=decided.submitted_at).first() or waiting.first()
    return reverse("areas:review", args=[after.pk]) if after else reverse("areas:review-queue")
