"""Views of the matrix of follow-ups: page, sheet and print."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from areas.open_data.staff_tables import hand_out, taken_by
from kotaku.formats import format_date
from kotaku.regions.home import working_region
from kotaku.spreadsheets.writers import About
from meetings.follow_ups.matrix import NOT_READ, MatrixFilterForm, matrix, matrix_rows, matrix_table
from meetings.models import FollowUp, Letterhead

PAGE = 50
# A table of more sheets is no attachment of a letter; the spreadsheet has all rows.
PRINTED = 500
TITLE = "Matriks tindak lanjut"
NOTE = "Untuk keperluan kantor: tindak lanjut keputusan rapat koordinasi."


def _form(request):
    return MatrixFilterForm(request.GET or None, user=request.user)


def _found(request, form):
    return matrix(form.filtered(FollowUp.objects.visible_to(request.user)))


def _query(request) -> str:
    filters = request.GET.copy()
    filters.pop("hal", None)
    return f"?{filters.urlencode()}" if filters else ""


@require_safe
def page(request):
    """Show the follow-ups that match the filters in the address as a table."""
    form = _form(request)
    shown = Paginator(_found(request, form), PAGE).get_page(request.GET.get("hal"))
    query = _query(request)
    context = {
        "form": form,
        "page": shown,
        "rows": matrix_rows(shown, request.user, shown.start_index() or 1),
        "not_read": NOT_READ,
        "is_filtered": any(request.GET.get(name) for name in form.fields),
        "downloads": [
            ("Excel", reverse("meetings:follow-up-matrix-file", args=["xlsx"]) + query),
            ("CSV", reverse("meetings:follow-up-matrix-file", args=["csv"]) + query),
        ],
        "print_url": reverse("meetings:follow-up-matrix-paper") + query,
    }
    return render(request, "meetings/follow_ups/follow_up_matrix.html", context)


@require_safe
def file(request, form):
    """Download the same rows as a sheet."""
    filters = _form(request)
    found = _found(request, filters)
    lines = [("Perhatian", NOTE), ("Saringan", _chosen(filters)), *taken_by(request.user, units="")]
    about = About(TITLE, lines)
    table = matrix_table(found, request.user)
    return hand_out(request, table, found.count(), about, name="matriks-tindak-lanjut", form=form)


@require_safe
def paper(request):
    """Show the same rows on landscape paper with the letterhead."""
    form = _form(request)
    found = _found(request, form)
    count, region = found.count(), working_region(request.user)
    rows = matrix_rows(found[:PRINTED], request.user)
    context = {
        "letterhead": Letterhead.of(region) if region else None,
        "programme": None,
        "is_sample": bool(rows) and all(row.is_sample for row in rows),
        "rows": rows,
        "left_out": max(count - PRINTED, 0),
        "chosen": _chosen(form),
        "day": format_date(timezone.localdate()),
        "not_read": NOT_READ,
        "back": reverse("meetings:follow-up-matrix") + _query(request),
    }
    return render(request, "meetings/follow_ups/paper_matrix.html", context)


def _chosen(form) -> str:
    """Return the filters as text: `Tahun rapat: 2016; Keadaan: Terlambat`."""
    form.is_valid()
    values = getattr(form, "cleaned_data", {})
    parts = []
    for bound in form:
        if value := values.get(bound.name):
            known = dict(getattr(bound.field, "choices", ())) if isinstance(value, str) else {}
            parts.append(f"{bound.label}: {known.get(value, value)}")
    return "; ".join(parts) or "semua"
