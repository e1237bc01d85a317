"""A village's community board (BKM/LKM), and the village's support for it."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from areas.assessments.village_totals import has_only_sample_rts
from areas.models import CommunityBoard, Village, VillageSupport
from areas.workplan import board_page
from areas.workplan.board_forms import BoardForm, SupportForm
from kotaku.interface.fields import stored_values
from kotaku.requests import kept_forms
from kotaku.workflow.perform import perform

FIRST_YEAR = 2000


def board_address(request, code):
    """Return the address of a village's board."""
    return reverse("areas:community-board", args=[code])


@require_http_methods(["GET", "HEAD", "POST"])
@kept_forms.keeps_form(board_address)
def board(request, code):
    """Show the board and its support; the village's officer can edit the board."""
    village = get_object_or_404(
        Village.objects.of(request.user).select_related("district"), code=code
    )
    found = CommunityBoard.objects.visible_to(request.user).filter(village=village).first()
    typed, waiting = kept_forms.typed(request)
    form = BoardForm(typed, instance=found)
    page = partial(_page, request, village)
    if request.method != "POST":
        return page(found, form=form, waiting=waiting)
    _check_officer(request, village)
    row = found or CommunityBoard(village=village, is_sample=has_only_sample_rts(village))
    address = board_address(request, code)
    return _store(request, row, form, page, "BKM/LKM tersimpan.", address=address, kept=address)


def support_page(request, code, year):
    """Return the address of the form for one year's support."""
    return reverse("areas:village-support", args=[code, year])


@require_http_methods(["GET", "HEAD", "POST"])
@kept_forms.keeps_form(support_page)
def support(request, code, year):
    """Record the village's support for its board in a year."""
    village = get_object_or_404(
        Village.objects.of(request.user).select_related("district"), code=code
    )
    _check_officer(request, village)
    found = get_object_or_404(CommunityBoard.objects.editable_by(request.user), village=village)
    if not FIRST_YEAR <= year <= board_page.last_year():
        raise Http404("Tahun tidak dapat diisi.")
    row = VillageSupport.objects.filter(board=found, year=year).first()
    typed, waiting = kept_forms.typed(request)
    form = SupportForm(typed, instance=row)
    page = partial(_support_page, request, found, year)
    if request.method != "POST":
        return page(row, form=form, waiting=waiting)
    return _store(
        request,
        row or VillageSupport(board=found, year=year),
        form,
        page,
        f"Dukungan {year} tersimpan.",
        address=board_address(request, code),
        kept=support_page(request, code, year),
    )


def _store(request, row, form, page, done, *, address, kept):
    def store(row, *, by, version, **_):
        row.store(by=by, version=version, values=form.values())

    def repeated(row, cleaned):
        return row.changed_by_id == request.user.pk and all(
            getattr(row, name) == value for name, value in form.values().items()
        )

    def to(row):
        return address

    return perform(
        request, row, form, store, page=page, to=to, done=done, kept=kept, repeated=repeated
    )


def _check_officer(request, village):
    """Allow only the village's own officer: 403 for other roles, 404 for other villages."""
    if not request.user.is_village_officer:
        raise PermissionDenied
    if not _is_own(request, village):
        raise Http404("Desa/kelurahan ini bukan tugas Anda.")


def _is_own(request, village) -> bool:
    return (
        request.user.is_village_officer
        and Village.objects.of_officer(request.user).filter(pk=village.pk).exists()
    )


def _page(request, village, row, *, form, refusal=None, waiting=None, status=200):
    found = row if row and row.pk else None
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
        **_form_context(request, found, form, refusal, waiting),
    }
    return render(request, "areas/workplan/community_board.html", context, status=status)


def _support_page(request, found, year, row, *, form, refusal=None, waiting=None, status=200):
    context = {
        "village": found.village,
        "year": year,
        "is_sample": found.is_sample,
        "form": form,
        **_form_context(request, row, form, refusal, waiting),
    }
    return render(request, "areas/workplan/village_support.html", context, status=status)


def _form_context(request, row, form, refusal, waiting):
    typed = waiting.typed.get("version") if waiting else None
    version = row.version if row and row.pk else 0
    return {
        "version": version if typed is None else typed,
        "stale": refusal,
        "current": stored_values(form, row) if refusal else [],
        "waiting": waiting,
        "owner": kept_forms.owner_note(request.user),
    }
