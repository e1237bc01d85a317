"""The village officer's pages: the overview of tasks and the form of one year's figure."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.db import transaction
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from areas.figures import entry_page, mail
from areas.figures.forms import FigureForm
from areas.figures.to_do import entry_url
from areas.models import (
    Entry,
    Evidence,
    Status,
    YearlyFigure,
    compute_figure,
    current_of,
)
from areas.questions.page import section
from areas.totals.entry_queries import baselines_of, figure_of
from areas.totals.queries import programmes_of_officer
from kotaku.models import Role
from kotaku.requests import kept_forms
from kotaku.requests.permissions import role_required
from kotaku.requests.sent_once import seen_on_phone, sent_once
from kotaku.workflow import StaleRecord, TransitionNotAllowed
from kotaku.workflow.perform import perform_step

officer_required = role_required(Role.VILLAGE_OFFICER)


def form_page(request, year):
    """Return the URL of the form for one year's figure (see `kotaku.requests.kept_forms`)."""
    query = {name: request.GET[name] for name in ("desa", "periode") if name in request.GET}
    return reverse("areas:entry", args=[year], query=query)


@officer_required
def overview(request):
    """Show each of the officer's villages: the next task, and all years so far."""
    programmes = programmes_of_officer(request.user.pk)
    programme = _programme_or_404(request, programmes)
    villages = entry_page.village_cards(programme, request.user) if programme else []
    context = {
        "programme": programme,
        "programmes": programmes,
        "villages": villages,
        "has_villages": bool(villages) or request.user.villages.exists(),
    }
    return render(request, "areas/figures/entry_overview.html", context)


@officer_required
@kept_forms.keeps_form(form_page)
@sent_once
@seen_on_phone
def entry(request, year):
    """Show the form of one year's figure; POST saves the draft."""
    if request.method == "POST":
        return _save(request, year, submitting=False)
    figure = _figure_or_404(request, year)
    waiting = kept_forms.restore(request)
    form = FigureForm(waiting.typed if waiting else None, figure=figure)
    version = waiting.typed.get("version") if waiting else figure.version
    return _page(request, figure, form, version=version, waiting=waiting)


@officer_required
@kept_forms.keeps_form(form_page)
@sent_once
def submission(request, year):
    """Save and submit the figure; GET redirects to the form."""
    if request.method != "POST":
        return redirect(form_page(request, year))
    return _save(request, year, submitting=True)


@officer_required
@kept_forms.keeps_form(form_page)
def computation(request, year):
    """Save the draft with the slum hectares computed from the village's verified assessments."""
    if request.method != "POST":
        return redirect(form_page(request, year))
    figure = _figure_or_404(request, year)
    form = FigureForm(request.POST, request.FILES, figure=figure)
    form.is_valid()
    typed = form.cleaned_data
    try:
        _compute(form, figure, typed, request.user)
    except StaleRecord as stale:
        figure = stale.row
        if not _is_computed(figure, typed, request.user):
            return _page(request, figure, form, stale=stale, status=409)
    except TransitionNotAllowed as refusal:
        form.add_error(None, str(refusal))
        return _page(request, figure, form, version=typed["version"], status=409)
    kept_forms.forget(request, form_page(request, year))
    messages.success(
        request, f"Draf tersimpan: {figure.area_text} menurut penilaian. Periksa, lalu ajukan."
    )
    return redirect(form_page(request, year))


def step(request, pk, verb):
    """Carry out an officer's transition of a figure, such as withdrawing it."""
    if request.method != "POST":
        return redirect("areas:entry-overview")
    related = ("baseline__programme", "baseline__village__district", "submitted_by")
    own = YearlyFigure.objects.editable_by(request.user).select_related(*related)
    figure = get_object_or_404(own, pk=pk)
    page = entry_url(figure.baseline, figure.year)

    def refused(row, *, form, refusal=None, status):
        query = QueryDict(urlsplit(page).query)
        shown = FigureForm(None, figure=row)
        return _page(request, row, shown, refusal=refusal, query=query, status=status)

    return perform_step(request, figure, verb, page=refused, to=lambda _: page, then=mail.announce)


@officer_required
@require_POST
def discard(request, year):
    """Discard the unsaved form kept from an expired session."""
    page = form_page(request, year)
    kept_forms.forget(request, page)
    messages.info(request, "Isian yang belum tersimpan sudah dibuang.")
    return redirect(page)


def _save(request, year, *, submitting):
    figure = _figure_or_404(request, year)
    form = FigureForm(request.POST, request.FILES, figure=figure, submitting=submitting)
    form.is_valid()
    version = form.cleaned_data["version"]
    try:
        try:
            version = _store(form, figure, version, request.user, submitting)
        except StaleRecord as stale:
            if not _is_half_stored(stale.row, form, request.user):
                raise
            # A double click: the other request has so far created the draft with its first file.
            # Continue from that draft.
            figure = stale.row
            version = _store(form, figure, figure.version, request.user, submitting)
        if form.errors:
            return _page(request, figure, form, version=version, status=422)
    except StaleRecord as stale:
        if not _is_repeated(stale.row, form, request.user, submitting):
            return _page(request, stale.row, form, stale=stale, status=409)
    except TransitionNotAllowed as refusal:
        form.add_error(None, str(refusal))
        return _page(request, figure, form, version=version, status=409)
    return _done(request, figure, year, submitting)


def _store(form, figure, version, user, submitting):
    """Store the files and, if the form is valid, its values; return the version stored."""
    version = _attach(form, figure, version, user)
    if not form.errors:
        _carry_out(figure, form.entry(), version, user, submitting, form.ticked)
    return version


def _attach(form, figure, version, user):
    """Store accepted files despite other errors: a browser cannot refill a file field."""
    if not form.accepted:
        return version
    first, *others = form.accepted
    if figure.pk is None and version == 0:
        # If storing the file fails (disk full), do not leave an empty draft behind.
        entry = Entry(None) if form.errors else form.entry()
        with transaction.atomic():
            figure.enter(by=user, version=0, entry=entry)
            Evidence.attach(figure, first, by=user)
        version = figure.version
    elif version != figure.version and not figure.is_editable:
        raise StaleRecord(figure)
    else:
        Evidence.attach(figure, first, by=user)
    for upload in others:
        Evidence.attach(figure, upload, by=user)
    form.use(figure.plausibility_context())
    return version


def _compute(form, figure, typed, user):
    """Compute the figure, then store the files; they are stored too if it is not computed."""
    try:
        compute_figure(
            figure,
            by=user,
            version=typed["version"],
            assessments=entry_page.assessed(figure).offered,
            note=typed.get("note", ""),
            reason=typed.get("reason", ""),
        )
    except (StaleRecord, TransitionNotAllowed):
        _attach(form, figure, typed["version"], user)
        raise
    _attach(form, figure, figure.version, user)


def _carry_out(figure, entry, version, user, submitting, ticked):
    with transaction.atomic():
        if figure.pk is None or not figure.holds(entry):
            figure.enter(by=user, version=version, entry=entry)
            version = figure.version
        if submitting:
            figure.submit(by=user, version=version, ticked=ticked)
            mail.announce(figure, "submit")


def _is_half_stored(figure, form, user):
    """Whether this is the same user's draft to hold evidence: empty, or with the same values."""
    mine = figure.status == Status.DRAFT and figure.entered_by_id == user.pk
    is_same = not form.errors and form.cleaned_data["version"] == 0 and figure.holds(form.entry())
    return mine and (is_same or figure.holds(Entry(None)))


def _is_repeated(figure, form, user, submitting):
    """Whether the first of two clicks has already saved exactly these values."""
    if form.errors or not figure.holds(form.entry()):
        return False
    if submitting:
        return figure.was_last_done_by(user, "submit", reason=figure.reason)
    return figure.is_editable and figure.entered_by_id == user.pk


def _is_computed(figure, typed, user):
    """Whether the first of two clicks has already computed this figure."""
    if not (figure.is_editable and figure.entered_by_id == user.pk and figure.basis.exists()):
        return False
    return (figure.note, figure.reason) == (typed.get("note", ""), typed.get("reason", ""))


def _done(request, figure, year, submitting):
    page = form_page(request, year)
    kept_forms.forget(request, page)
    village = figure.baseline.village
    if submitting:
        messages.success(
            request, f"Luas kumuh {village} tahun {year} sudah diajukan. Bappeda akan memeriksanya."
        )
    else:
        messages.success(request, "Draf tersimpan. Angka ini belum diajukan.")
    return redirect(page)


def _figure_or_404(request, year):
    """Return this officer's figure of the year, or a new unsaved one with version 0."""
    programme = _programme_or_404(request, programmes_of_officer(request.user.pk))
    found = []
    if programme:
        found = baselines_of(request.user, programme=programme, code=request.GET.get("desa"))
    if len(found) != 1:
        raise Http404("Desa/kelurahan tidak ditemukan.")
    baseline = found[0]
    figure = figure_of(baseline, year)
    # A form may be posted after its period was closed: the model then refuses it with a message.
    is_late = request.method == "POST" and year in baseline.programme.entry_years
    if figure is None and not (is_late or baseline.programme.accepts(year)):
        raise Http404("Tahun ini tidak dapat diisi.")
    return figure or YearlyFigure(baseline=baseline, year=year, version=0)


def _programme_or_404(request, programmes):
    """Return the period named in the URL, else the current one; None if there is none."""
    slug = request.GET.get("periode")
    if not slug:
        return current_of(programmes)
    named = [programme for programme in programmes if programme.slug == slug]
    if not named:
        raise Http404("Periode tidak ditemukan.")
    return named[0]


def _page(
    request,
    figure,
    form,
    *,
    version=None,
    stale=None,
    refusal=None,
    waiting=None,
    query=None,
    status=200,
):
    query = request.GET if query is None else query

    def address(name):
        return reverse(f"areas:{name}", args=[figure.year], query=query)

    context = vars(entry_page.entry_context(figure, form, request.user)) | {
        "version": figure.version if version is None else version,
        "stale": stale,
        "refusal": refusal,
        "waiting": waiting,
        # A browser that kept the files of this form may forget them.
        "has_stored_files": bool(request.FILES) and not (refusal or form.non_field_errors()),
        "address": address("entry"),
        "submission_address": address("figure-submission"),
        "computation_address": address("figure-computation"),
        "discard_address": address("entry-discard"),
        "questions": section(figure, request.user),
    }
    return render(request, "areas/figures/entry_form.html", context, status=status)
