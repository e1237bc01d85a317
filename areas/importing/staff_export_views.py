"""What staff take along: figures and the work plan, each person what is theirs to read."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from areas.figures.export import figure_table
from areas.models import Activity, Programme, YearlyFigure
from areas.open_data import about
from areas.workplan.export import activity_table
from areas.workplan.filters import ActivityFilterForm, kind_of
from kotaku.audit import trail
from kotaku.interface.moments import moment_text
from kotaku.spreadsheets import writers
from kotaku.spreadsheets.writers import About

STYLES = {"csv": {}, "excel.csv": {"delimiter": ";", "decimal_mark": ","}}
FIGURES_NOTE = "Untuk keperluan kantor: memuat isian yang belum terverifikasi dan catatan."
PLAN_NOTE = "Untuk keperluan kantor: rencana kerja kolaborasi, bukan angka luas kumuh resmi."
PLAN_SAMPLE_NOTE = "Data contoh: kegiatan ini dikarang untuk mencoba aplikasi."


@require_safe
def figures(request, form):
    """Hand out the figures that this person may trace, with status, notes and who did what."""
    found = YearlyFigure.objects.traceable_by(request.user)
    name, sources = "isian", []
    if slug := request.GET.get("periode"):
        programme = get_object_or_404(Programme.objects.of(request.user), slug=slug)
        found = found.filter(baseline__programme=programme)
        name = f"isian-{programme.slug}"
        sources = [(f"Sumber: {programme.name}", programme.source)]
    table = figure_table(found)
    notes = _about(request, "Isian tahunan", FIGURES_NOTE, sources)
    return _hand_out(request, table, found.count(), notes, form, name)


@require_safe
def activities(request, form):
    """Hand out the activities of the work plan that the filters in the address leave."""
    visible = Activity.objects.visible_to(request.user)
    sample, _ = kind_of(request.GET, visible)
    of_kind = visible.of_kind(sample=sample)
    filters = ActivityFilterForm(request.GET or None, user=request.user, activities=of_kind)
    found = filters.filtered(of_kind)
    note = PLAN_SAMPLE_NOTE if sample else PLAN_NOTE
    notes = _about(request, "Rencana kerja kolaborasi", note, [])
    name = "rencana-kerja-contoh" if sample else "rencana-kerja"
    return _hand_out(request, activity_table(found), found.count(), notes, form, name)


def _hand_out(request, table, rows: int, notes: About, form: str, name: str):
    """Answer with the table in the form that the address names; it is nobody's cache's business."""
    if form != "xlsx" and form not in STYLES:
        raise Http404("Format tidak dikenal.")
    trail.record_export(request, f"{name}.{form}")
    if form == "xlsx" and rows <= writers.MAX_SHEET_ROWS:
        response = writers.workbook_response(table, notes, f"{name}.xlsx")
    else:
        # More rows than a workbook is made for go as CSV.
        form = "csv" if form == "xlsx" else form
        pieces = writers.csv_lines(table, **STYLES[form])
        response = writers.streamed(pieces, f"{name}.{form}", writers.CSV_TYPE)
    response["Cache-Control"] = "private, no-store"
    return response


def _about(request, title: str, note: str, sources) -> About:
    lines = [
        ("Perhatian", note),
        ("Diunduh oleh", str(request.user)),
        ("Diunduh pada", moment_text(timezone.now())),
        ("Satuan", about.UNITS),
        *sources,
    ]
    return About(title, lines)
