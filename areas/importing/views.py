"""Import of Bappeda's spreadsheets: upload, preview without writing, apply all rows or none."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from areas.importing import batches, import_page
from areas.importing.applying import BeingApplied, PlanChanged, apply, preview
from areas.importing.batches import StillReading
from areas.importing.forms import AnswersForm, ApplyForm, LayoutForm, UploadForm
from areas.importing.kinds import KINDS
from areas.importing.templates import template_workbook
from areas.models import ImportRun, Programme
from kotaku.audit import trail
from kotaku.files.downloads import hand_out
from kotaku.requests import kept_forms
from kotaku.requests.permissions import bappeda_required
from kotaku.spreadsheets.sheets import UnreadableSheet
from kotaku.spreadsheets.writers import XLSX_TYPE
from kotaku.workflow import TransitionNotAllowed

NEWEST = 20


def start_page(request):
    """Return the address of the upload form."""
    return reverse("areas:import-start")


@bappeda_required
@kept_forms.keeps_form(start_page)
def start(request):
    """Accept a spreadsheet, and list the previous imports."""
    programmes = Programme.objects.of(request.user)
    current = programmes.current()
    initial = {
        "programme": request.GET.get("periode") or current,
        "kind": request.GET.get("jenis") or ImportRun.Kind.FIGURES,
    }
    waiting = kept_forms.restore(request) if request.method != "POST" else None
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES, programmes=programmes)
        if form.is_valid():
            cleaned = form.cleaned_data
            run = ImportRun.start(
                cleaned["file"],
                kind=cleaned["kind"],
                programme=cleaned["programme"],
                by=request.user,
                cells=batches.cells_of(form.book),
            )
            if batches.is_large(run):
                batches.go_on(run, form.book)
            kept_forms.forget(request, start_page(request))
            return redirect("areas:import-preview", pk=run.pk)
    else:
        typed = waiting.typed if waiting else None
        form = UploadForm(typed, initial=initial, programmes=programmes)
    runs = ImportRun.objects.visible_to(request.user)
    loaded = runs.applied().select_related("programme", "applied_by")
    context = {
        "form": form,
        "programmes": programmes,
        "kinds": KINDS.values(),
        "has_programmes": current is not None,
        "waiting": waiting,
        "owner": kept_forms.owner_note(request.user),
        "previews": ImportRun.objects.open_to(request.user)
        .filter(state=ImportRun.State.PREVIEWED)
        .select_related("programme")[:NEWEST],
        "applied": import_page.applied_lines(loaded[:NEWEST]),
    }
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, "areas/importing/import_start.html", context, status=status)


@bappeda_required
@require_GET
def template(request):
    """Download a template workbook with the villages filled in."""
    programme = get_object_or_404(
        Programme.objects.of(request.user), slug=request.GET.get("periode")
    )
    kind = request.GET.get("jenis")
    if kind not in KINDS:
        raise Http404("Jenis templat tidak dikenal.")
    response = HttpResponse(template_workbook(programme, KINDS[kind]), content_type=XLSX_TYPE)
    name = f"templat-{kind}-{programme.slug}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def preview_page(request, pk):
    """Return the address of a preview, with the admin's option `verifikasi` if chosen."""
    is_asked = request.GET.get("verifikasi") == "1"
    query = {"verifikasi": "1"} if is_asked and request.user.is_superuser else {}
    return reverse("areas:import-preview", args=[pk], query=query)


@bappeda_required
@require_GET
def preview_(request, pk):
    """Show the changes that a file would make, or has made once applied."""
    run = _run_or_404(request, pk)
    if not run.is_open:
        return _result(request, run)
    if run.is_being_applied:
        return render(request, "areas/importing/import_applying.html", {"run": run})
    return _page(request, run, waiting=kept_forms.restore(request))


@bappeda_required
@require_POST
def reading(request, pk):
    """Read a large file for a few more seconds."""
    run = _open_run_or_404(request, pk)
    if run.is_open and batches.is_large(run):
        try:
            batches.go_on(run)
        except UnreadableSheet as error:
            return _unreadable(request, run, error)
    return redirect(preview_page(request, pk))


@bappeda_required
@require_POST
def arrangement(request, pk):
    """Store the roles of the columns, or the answers to the questions about the file."""
    run = _open_run_or_404(request, pk)
    try:
        seen = preview(run, request.user, as_verified=_as_verified(request, run))
    except (UnreadableSheet, StillReading):
        return redirect(preview_page(request, pk))
    if "lembar" in request.POST:
        form = LayoutForm(request.POST, seen=seen, run=run)
        if not form.is_valid():
            return _page(request, run, layout_form=form, status=422)
        layout = form.layout() | {"answers": run.layout.get("answers", {})}
    else:
        known = run.layout.get("answers", {})
        form = AnswersForm(request.POST, questions=seen.questions)
        if not form.is_valid():
            return _page(request, run, answers_form=form, status=422)
        layout = run.layout | {"answers": known | form.answers()}
    try:
        run.arrange(layout)
        if batches.is_large(run):
            batches.go_on(run)
    except TransitionNotAllowed as refusal:
        messages.error(request, str(refusal))
    except UnreadableSheet as error:
        return _unreadable(request, run, error)
    return redirect(preview_page(request, pk))


@bappeda_required
@kept_forms.keeps_form(preview_page)
def application(request, pk):
    """Apply the previewed changes: all rows or none."""
    if request.method != "POST":
        return redirect(preview_page(request, pk))
    run = _run_or_404(request, pk)
    is_applied = run.state == ImportRun.State.APPLIED or run.is_being_applied
    if is_applied and run.uploaded_by == request.user:
        # A second click shows the result of the first one, or that it is still running.
        return redirect("areas:import-preview", pk=pk)
    run = _open_run_or_404(request, pk)
    as_verified = _as_verified(request, run)
    try:
        seen = preview(run, request.user, as_verified=as_verified)
        form = ApplyForm(request.POST, plan=seen.plan, as_verified=as_verified)
        if not form.is_valid():
            return _page(request, run, seen=seen, form=form, status=422)
        apply(
            run,
            seen,
            by=request.user,
            digest=form.cleaned_data["digest"],
            reason=form.cleaned_data["reason"].strip(),
            as_verified=as_verified,
        )
    except BeingApplied:
        return redirect("areas:import-preview", pk=pk)
    except StillReading:
        # A village was renamed, for example, so the file is read anew; what was typed is kept.
        kept_forms.stash(request, preview_page(request, pk), because="reading")
        return redirect(preview_page(request, pk))
    except UnreadableSheet:
        return redirect(preview_page(request, pk))
    except (PlanChanged, TransitionNotAllowed) as refusal:
        run.refresh_from_db()
        if not run.is_open:
            return redirect("areas:import-preview", pk=pk)
        return _page(request, run, refusal=refusal, status=409)
    kept_forms.forget(request, preview_page(request, pk))
    messages.success(request, _applied_sentence(run, as_verified))
    return redirect("areas:import-preview", pk=pk)


@bappeda_required
@require_POST
def cancellation(request, pk):
    """Cancel a preview; nothing of it has been written."""
    run = _open_run_or_404(request, pk)
    try:
        run.cancel()
        batches.forget(run)
        messages.info(request, f"Impor {run.name} dibatalkan. Tidak ada yang berubah.")
    except TransitionNotAllowed as refusal:
        messages.error(request, str(refusal))
    return redirect("areas:import-start")


@bappeda_required
@require_GET
def file(request, pk):
    """Download the uploaded spreadsheet, unchanged."""
    run = _run_or_404(request, pk)
    if run.state == ImportRun.State.CANCELLED:
        raise Http404("Berkas sudah dihapus.")
    trail.record_export(request, f"Berkas impor {run.name}")
    return hand_out(run.file, run.name, "application/octet-stream")


def _as_verified(request, run) -> bool:
    """Whether an admin asks to apply the file as verified, and its kind of sheet allows it."""
    is_asked = request.GET.get("verifikasi") == "1" and request.user.is_superuser
    return is_asked and KINDS[run.kind].can_be_verified


def _run_or_404(request, pk) -> ImportRun:
    runs = ImportRun.objects.visible_to(request.user)
    return get_object_or_404(
        runs.select_related("programme__region", "uploaded_by", "applied_by"), pk=pk
    )


def _open_run_or_404(request, pk) -> ImportRun:
    runs = ImportRun.objects.open_to(request.user)
    return get_object_or_404(runs.select_related("programme__region", "uploaded_by"), pk=pk)


def _applied_sentence(run, as_verified):
    run.refresh_from_db()
    text = f"Tersimpan: {import_page.result_text(run)}."
    if KINDS[run.kind].awaiting and not as_verified:
        text += " Semuanya menunggu verifikasi oleh orang lain."
    return text


def _unreadable(request, run, error):
    context = {"run": run, "sentence": str(error)}
    return render(request, "areas/importing/import_unreadable.html", context, status=422)


def _result(request, run):
    kind = KINDS[run.kind]
    context = {
        "run": run,
        "programme": run.programme,
        "queue": None if run.as_verified else kind.queue,
        "result": import_page.result_text(run),
        "line": import_page.applied_lines([run])[0] if run.applied_by else None,
    }
    return render(request, "areas/importing/import_result.html", context)


def _page(
    request, run, *, seen=None, form=None, layout_form=None, answers_form=None, refusal=None,
    waiting=None, status=200,
):  # fmt: skip
    as_verified = _as_verified(request, run)
    is_own = run.uploaded_by_id == request.user.pk
    try:
        seen = seen or preview(run, request.user, as_verified=as_verified)
    except UnreadableSheet as error:
        return _unreadable(request, run, error)
    except StillReading as still:
        context = {"run": run, "percent": still.percent, "is_own": is_own}
        return render(request, "areas/importing/import_reading.html", context)
    page = import_page.preview_context(
        run,
        seen,
        shown=request.GET.get("tampil", ""),
        page_number=request.GET.get("hal"),
        as_verified=as_verified,
    )
    typed = waiting.typed if waiting else None
    answers = answers_form or AnswersForm(questions=seen.questions)
    context = vars(page) | {
        "verdict": import_page.verdict(seen),
        "form": form or ApplyForm(typed, plan=seen.plan, as_verified=as_verified),
        "digest": seen.digest(),
        "layout_form": layout_form or LayoutForm(seen=seen, run=run),
        "layout_is_open": bool(
            layout_form
            or (not seen.questions.open and (seen.reading.problem or not seen.plan.rows))
        ),
        "questions": list(answers)[: import_page.MOST_QUESTIONS],
        "open_questions": len(seen.questions.open),
        "refusal": refusal,
        "waiting": waiting,
        "is_own": is_own,
        "can_verify": request.user.is_superuser and KINDS[run.kind].can_be_verified,
        "can_apply": is_own and seen.can_be_applied,
        "query": "?verifikasi=1" if as_verified else "",
        "owner": kept_forms.owner_note(request.user),
    }
    return render(request, "areas/importing/import_preview.html", context, status=status)
