"""Views of an import of people: the list, its preview, and adding what is new.

What was read travels in the form, signed, so that a preview is stored nowhere; it is compared with
the list anew whenever it is shown or added.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from areas.importing.columns import Layout
from kotaku.requests import kept_forms
from kotaku.requests.permissions import bappeda_required
from kotaku.spreadsheets.sheets import Sheet
from kotaku.spreadsheets.writers import XLSX_TYPE
from kotaku.workflow import StaleRecord, TransitionNotAllowed
from meetings.detail.views import editable_meeting, office_meeting
from meetings.models import PokjaDecree
from meetings.people_import.columns import LABELS, MEMBER_LABELS, best_sheet, proposed, recognised
from meetings.people_import.forms import ColumnsForm, ListForm, opened, sealed
from meetings.people_import.preview import Preview, preview
from meetings.people_import.reading import read_rows
from meetings.people_import.targets import Members, Participants
from meetings.people_import.template import template_workbook

STAYS = "Daftar Anda masih di bawah."
CHANGED = "Daftarnya berubah sejak pratinjau ini dibuat. Periksa lagi, lalu tambahkan."
ALL_SKIPPED = "Semua baris baru dicentang “Lewati”, jadi tidak ada yang ditambahkan."
TEMPLATES = {
    "peserta": ("Peserta rapat", LABELS),
    "anggota": ("Anggota Pokja", MEMBER_LABELS),
}

list_methods = require_http_methods(["GET", "HEAD", "POST"])


def participants_page(request, pk):
    """Return the address of the import of participants."""
    return reverse("meetings:participant-import", args=[pk])


@bappeda_required
@list_methods
@kept_forms.keeps_form(participants_page)
def participants(request, pk):
    """Preview a list of participants of a meeting."""
    if request.method == "POST" or kept_forms.restore(request):
        # What was typed stays on the page, also of a meeting that was discarded meanwhile.
        return _preview(request, Participants(office_meeting(request, pk)))
    target = Participants(editable_meeting(request, pk))
    if target.closed:
        messages.error(request, target.closed)
        return redirect(target.back)
    return _preview(request, target)


@bappeda_required
@require_POST
@kept_forms.keeps_form(participants_page)
def participants_addition(request, pk):
    """Add the new ones of a previewed list to a meeting."""
    return _addition(request, Participants(office_meeting(request, pk)))


def members_page(request, pk):
    """Return the address of the import of members."""
    return reverse("meetings:pokja-import", args=[pk])


@bappeda_required
@list_methods
@kept_forms.keeps_form(members_page)
def members(request, pk):
    """Preview a list of members under a decree."""
    decree = get_object_or_404(PokjaDecree.objects.editable_by(request.user), pk=pk)
    return _preview(request, Members(decree))


@bappeda_required
@require_POST
@kept_forms.keeps_form(members_page)
def members_addition(request, pk):
    """Add the new ones of a previewed list to a decree."""
    decree = get_object_or_404(PokjaDecree.objects.editable_by(request.user), pk=pk)
    return _addition(request, Members(decree))


@bappeda_required
@require_GET
def template(request, what):
    """Download the workbook to fill in."""
    title, labels = TEMPLATES[what]
    response = HttpResponse(template_workbook(title, labels), content_type=XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="templat-{what}.xlsx"'
    return response


@dataclass
class Seen:
    """A list as understood: its sheets, the one that is read, its columns, and the preview."""

    sheets: list[Sheet]
    sheet: Sheet
    columns: ColumnsForm
    preview: Preview | None = None
    unread: tuple[str, ...] = ()
    refusal: Any = None
    # Numbers of rows that the user leaves out, as sent.
    skipped: tuple[str, ...] = ()

    @property
    def ignored(self) -> list[str]:
        """The columns whose words are not read."""
        roles = {
            each.index: self.columns[f"column-{each.index}"].value()
            for each in self.columns.columns
        }
        return [
            each.title
            for each in self.columns.columns
            if each.examples and not each.is_numbering and not roles[each.index]
        ]


def _preview(request, target):
    """Show the form for a list; of a sent list, what it would add."""
    typed, waiting = kept_forms.typed(request)
    if typed is None:
        return _page(request, target, ListForm())
    if typed.get("sheets"):
        return _page_of(request, target, typed, waiting)
    if waiting:
        return _page(request, target, ListForm(typed), waiting=waiting)
    form = ListForm(typed, request.FILES)
    if not form.is_valid():
        return _page(request, target, form, status=422)
    seen = _recognised(form.sheets, best_sheet(form.sheets, target.known), target)
    seen.unread = form.unread
    return _page(request, target, form, seen=seen)


def _page_of(request, target, typed, waiting):
    seen, form = _sent(typed, target)
    if seen is None:
        return _page(request, target, form, waiting=waiting, status=422)
    status = 422 if seen.columns.errors and not waiting else 200
    return _page(request, target, form, seen=seen, waiting=waiting, status=status)


def _recognised(sheets, sheet, target, layout: Layout | None = None) -> Seen:
    """Return a sheet as its headings say; without names or organisations there is no preview."""
    layout = layout or recognised(sheet, target.known)
    if not layout.roles:
        layout = Layout(0, proposed(sheet))
    facts = {"sheets": sheets, "sheet": sheet, "layout": layout, "known": target.known}
    shown = ColumnsForm(**facts)
    sent = ColumnsForm({name: shown[name].initial for name in shown.fields}, **facts)
    plan = _plan(sheet, sent, target) if sent.is_valid() else None
    return Seen(sheets, sheet, shown if plan else sent, plan)


def _sent(typed, target) -> tuple[Seen | None, ListForm]:
    """Return the list of a sent preview with the columns that were chosen; None if it is lost."""
    form = ListForm()
    try:
        sheets = opened(typed["sheets"])
    except ValidationError as error:
        form = ListForm({})
        form.full_clean()
        form.errors.clear()
        form.add_error("text", error)
        return None, form
    named = {sheet.name: sheet for sheet in sheets}
    sheet = named.get(typed.get("sheet"), sheets[0])
    if typed.get("sheet") != typed.get("sheet_shown"):
        return _recognised(sheets, sheet, target), form
    layout = _heading_only(typed, sheet, target)
    facts = {"sheets": sheets, "sheet": sheet, "layout": layout, "known": target.known}
    columns = ColumnsForm(typed, **facts)
    plan = _plan(sheet, columns, target) if columns.is_valid() else None
    skipped = tuple(typed.getlist("skip"))
    return Seen(sheets, sheet, columns, plan, skipped=skipped), form


def _heading_only(typed, sheet, target) -> Layout:
    """Return the layout with the chosen heading row, for the titles of the columns."""
    heading = typed.get("heading", "")
    known = recognised(sheet, target.known)
    return Layout(int(heading) if heading.isdecimal() and len(heading) < 8 else 0, known.roles)


def _plan(sheet, columns, target) -> Preview:
    return preview(read_rows(sheet, columns.layout(), columns.defaults()), target)


def _addition(request, target):
    seen, form = _sent(request.POST, target) if request.POST.get("sheets") else (None, None)
    if seen is None:
        form = form or ListForm({})
        return _page(request, target, form, status=422)
    if target.closed:
        return _page(request, target, form, seen=seen)
    if seen.preview is None:
        return _page(request, target, form, seen=seen, status=422)
    if not seen.preview.new:
        # A second click, or a colleague with the same list.
        messages.info(request, "Semua orang di daftar ini sudah tercatat.")
        return redirect(target.back)
    if seen.preview.refusal:
        return _page(request, target, form, seen=seen, status=409)
    if request.POST.get("digest") != seen.preview.digest():
        seen.refusal = CHANGED
        return _page(request, target, form, seen=seen, status=409)
    version = request.POST.get("version", "")
    rows = [row.values for row in seen.preview.new if str(row.number) not in seen.skipped]
    if not rows:
        seen.refusal = ALL_SKIPPED
        return _page(request, target, form, seen=seen, status=422)
    try:
        target.add(rows, by=request.user, version=int(version) if version.isdecimal() else -1)
    except (StaleRecord, TransitionNotAllowed) as refusal:
        if isinstance(refusal, StaleRecord):
            target.row.version = refusal.row.version
        # As the list is now.
        seen, form = _sent(request.POST, target)
        seen.refusal = str(refusal)
        return _page(request, target, form, seen=seen, status=409)
    kept_forms.forget(request, target.address())
    messages.success(request, f"{len(rows)} {target.what} ditambahkan.")
    return redirect(target.back)


def _page(request, target, form, *, seen=None, waiting=None, status=200):
    refusal = seen.refusal if seen else None
    if target.closed and request.method == "POST":
        refusal, status = f"{target.closed} {STAYS}", 409
    context = {
        "target": target,
        "address": target.address(),
        "addition": target.address(f"{target.name.removesuffix('-import')}-addition"),
        "form": form,
        "seen": seen,
        "refusal": refusal,
        "sealed": sealed(seen.sheets) if seen else "",
        "digest": seen.preview.digest() if seen and seen.preview else "",
        "version": target.row.version,
        "template": reverse("meetings:people-template", args=[target.what]),
        "is_sample": target.is_sample,
        "waiting": waiting,
        "owner": kept_forms.owner_note(request.user),
    }
    return render(request, "meetings/people_import/people_import.html", context, status=status)
