"""A village's community board (BKM/LKM), and what the village does for it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from areas.assessments.village_totals import has_only_sample_rts
from areas.models import CommunityBoard, Village, VillageSupport
from areas.workplan import board_page
from areas.workplan.board_forms import BoardForm, SupportForm
from kotaku.interface.fields import stored_values
from kotaku.requests import kept_forms
from kotaku.workflow import StaleRecord

FIRST_YEAR = 2000


def board_address(request, code):
    """Return the address of a village's board."""
    return reverse("areas:community-board", args=[code])


@require_http_methods(["GET", "HEAD", "POST"])
@kept_forms.keeps_form(board_address)
def board(request, code):
    """Show the board and its support; the village's officer writes here."""
    village = get_object_or_404(
        Village.objects.of(request.user).select_related("district"), code=code
    )
    found = CommunityBoard.objects.visible_to(request.user).filter(village=village).first()
    if request.method != "POST":
        waiting = kept_forms.restore(request)
        form = BoardForm(waiting.typed if waiting else None, instance=found)
        return _page(request, village, found, form, waiting=waiting)
    _check_officer(request, village)
    form = BoardForm(request.POST, instance=found)
    if not form.is_valid():
        return _page(request, village, found, form, status=422)
    try:
        row = found or CommunityBoard(village=village, is_sample=has_only_sample_rts(village))
        row.store(by=request.user, version=form.cleaned_data["version"], values=form.values())
    except StaleRecord as stale:
        if not _is_repeated(stale.row, form, request.user):
            return _page(request, village, stale.row, form, stale=stale, status=409)
    kept_forms.forget(request, board_address(request, code))
    messages.success(request, "BKM/LKM tersimpan.")
    return redirect("areas:community-board", code=code)


def support_page(request, code, year):
    """Return the address of the form about one year's support."""
    return reverse("areas:village-support", args=[code, year])


@require_http_methods(["GET", "HEAD", "POST"])
@kept_forms.keeps_form(support_page)
def support(request, code, year):
    """Write down what the village does for its board in a year."""
    village = get_object_or_404(
        Village.objects.of(request.user).select_related("district"), code=code
    )
    _check_officer(request, village)
    found = get_object_or_404(CommunityBoard.objects.editable_by(request.user), village=village)
    if not FIRST_YEAR <= year <= board_page.last_year():
        raise Http404("Tahun tidak dapat diisi.")
    row = VillageSupport.objects.filter(board=found, year=year).first()
    waiting = kept_forms.restore(request) if request.method != "POST" else None
    typed = request.POST if request.method == "POST" else waiting.typed if waiting else None
    form = SupportForm(typed, instance=row)
    if request.method != "POST":
        return _support_page(request, found, year, row, form, waiting=waiting)
    if not form.is_valid():
        return _support_page(request, found, year, row, form, status=422)
    try:
        stored = row or VillageSupport(board=found, year=year)
        stored.store(by=request.user, version=form.cleaned_data["version"], values=form.values())
    except StaleRecord as stale:
        if not _is_repeated(stale.row, form, request.user):
            return _support_page(request, found, year, stale.row, form, stale=stale, status=409)
    kept_forms.forget(request, support_page(request, code, year))
    messages.success(request, f"Dukungan {year} tersimpan.")
    return redirect("areas:community-board", code=code)


def _is_repeated(row, form, user) -> bool:
    """Whether a second click brings what the first one has already written."""
    return row.changed_by_id == user.pk and all(
        getattr(row, name) == value for name, value in form.values().items()
    )


def _check_officer(request, village):
    """Villages write about themselves: 403 for who is no officer, 404 for another village's."""
    if not request.user.is_village_officer:
        raise PermissionDenied
    if not _is_own(request, village):
        raise Http404("Desa/kelurahan ini bukan tugas Anda.")


def _is_own(request, village) -> bool:
    return (
        request.user.is_village_officer
        and Village.objects.of_officer(request.user).filter(pk=village.pk).exists()
    )


def _page(request, village, found, form, *, stale=None, waiting=None, status=200):
    can_edit = _is_own(request, village)
    support = board_page.support_rows(found) if found else []
    context = {
        "village": village,
        "board": found,
        "is_sample": bool(found and found.is_sample),
        "facts": board_page.board_facts(found) if found else [],
        "support": support,
        "history": board_page.history(found) if found else [],
        "form": form,
        "can_edit": can_edit,
        "open_years": board_page.open_years(support) if found and can_edit else [],
        **_form_context(request, found, form, stale, waiting),
    }
    return render(request, "areas/workplan/community_board.html", context, status=status)


def _support_page(request, found, year, row, form, *, stale=None, waiting=None, status=200):
    context = {
        "village": found.village,
        "year": year,
        "is_sample": found.is_sample,
        "form": form,
        **_form_context(request, row, form, stale, waiting),
    }
    return render(request, "areas/workplan/village_support.html", context, status=status)


def _form_context(request, row, form, stale, waiting):
    typed = waiting.typed.get("version") if waiting else None
    version = row.version if row else 0
    return {
        "version": version if typed is None else typed,
        "stale": stale,
        "current": stored_values(form, row) if stale else [],
        "waiting": waiting,
        "owner": kept_forms.owner_note(request.user),
    }
