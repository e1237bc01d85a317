"""What staff take along: figures in every state with notes, each person those that are theirs."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from areas.exchange import about, writers
from areas.exchange.resources import FigureResource, resource_table
from areas.exchange.writers import About
from areas.models import Programme, YearlyFigure
from kotaku import audit
from kotaku.moments import moment_text

STYLES = {"csv": {}, "excel.csv": {"delimiter": ";", "decimal_mark": ","}}


@require_safe
def figures(request, form):
    """Hand out the figures that this person may trace, with status, notes and who did what."""
    if form != "xlsx" and form not in STYLES:
        raise Http404("Format tidak dikenal.")
    found = YearlyFigure.objects.traceable_by(request.user)
    name, programmes = "isian", []
    if slug := request.GET.get("periode"):
        programme = get_object_or_404(Programme, slug=slug)
        found = found.filter(baseline__programme=programme)
        name, programmes = f"isian-{programme.slug}", [programme]
    audit.record_export(request, f"{name}.{form}")
    table = resource_table(FigureResource(), found)
    if form == "xlsx" and found.count() <= writers.MAX_SHEET_ROWS:
        response = writers.workbook_response(table, _about(request, programmes), f"{name}.xlsx")
    else:
        # More rows than a workbook is made for go as CSV.
        form = "csv" if form == "xlsx" else form
        pieces = writers.csv_lines(table, **STYLES[form])
        response = writers.streamed(pieces, f"{name}.{form}", writers.CSV_TYPE)
    response["Cache-Control"] = "private, no-store"
    return response


def _about(request, programmes) -> About:
    lines = [
        ("Perhatian", "Untuk keperluan kantor: memuat isian yang belum terverifikasi dan catatan."),
        ("Diunduh oleh", str(request.user)),
        ("Diunduh pada", moment_text(timezone.now())),
        ("Satuan", about.UNITS),
        *((f"Sumber: {programme.name}", programme.source) for programme in programmes),
    ]
    return About("Isian tahunan", lines)
