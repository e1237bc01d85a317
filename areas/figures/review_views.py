"""Bappeda's pages: the review queue, the decision on one figure, and corrections."""

from functools import partial

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from areas.figures import mail, review_page
from areas.figures.forms import CorrectionForm
from areas.models import Programme, Status, YearlyFigure
from areas.questions.page import section
from kotaku.requests import kept_forms
from kotaku.requests.permissions import bappeda_required
from kotaku.workflow import StaleRecord
from kotaku.workflow.buttons import sent_form
from kotaku.workflow.perform import perform, perform_step

QUEUE_PAGE = 25


def review_address(request, pk, **_):
    """Return the URL of the page on which a figure is decided."""
    return reverse("areas:review", args=[pk])


@bappeda_required
@require_GET
def queue(request):
    """Show the figures awaiting a decision, oldest first, and how complete each year is."""
    waiting = YearlyFigure.objects.reviewable_by(request.user)
    keys = waiting.values_list("pk", flat=True)
    page = Paginator(keys, QUEUE_PAGE).get_page(request.GET.get("hal"))
    slug = request.GET.get("periode")
    programmes = Programme.objects.of(request.user).select_related("region")
    programme = get_object_or_404(programmes, slug=slug) if slug else programmes.current()
    context = {
        "page": page,
        "rows": review_page.queue_rows(request.user, tuple(page)),
        "grid": review_page.completeness_grid(
            programme, request.GET.get("desa_hal"), timezone.localdate()
        ),
        "programme": programme,
        "programmes": programmes,
    }
    return render(request, "areas/figures/review_queue.html", context)


@bappeda_required
@require_GET
def detail(request, pk):
    """Show a figure beside the previous one, and the decision form if a decision is due."""
    figure = _figure_or_404(request, pk)
    return _page(request, figure, waiting=kept_forms.restore(request))


@kept_forms.keeps_form(review_address)
def step(request, pk, verb):
    """Carry out a reviewer's transition of a figure, then open the next one."""
    if request.method != "POST":
        return redirect(review_address(request, pk))
    figure = _figure_or_404(request, pk)
    return perform_step(
        request,
        figure,
        verb,
        page=partial(_page, request, verb=verb),
        to=partial(_next_page, request),
        kept=review_address(request, pk),
        then=mail.announce,
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


def _page(request, figure, *, form=None, verb="", refusal=None, waiting=None, status=200):
    stale = refusal if isinstance(refusal, StaleRecord) else None
    typed = form.data if form else waiting and waiting.typed
    if figure.status == Status.DRAFT:
        template, page = (
            "areas/figures/review_withdrawn.html",
            review_page.withdrawn_context(figure),
        )
    else:
        template = "areas/figures/review_detail.html"
        page = vars(review_page.decision_context(figure, request.user, typed=typed, verb=verb))
    context = page | {
        "form": sent_form(page.get("offers", [])),
        "typed_reason": (typed or {}).get("reason", ""),
        "stale": stale,
        "refusal": None if stale else refusal,
        "waiting": waiting,
        "owner": kept_forms.owner_note(request.user),
        "questions": section(figure, request.user),
    }
    return render(request, template, context, status=status)


def _figure_or_404(request, pk):
    figures = YearlyFigure.objects.reviewed_by(request.user)
    return get_object_or_404(_with_relations(figures), pk=pk)


def _with_relations(figures):
    return figures.select_related(
        "baseline__programme",
        "baseline__village__district__region",
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
