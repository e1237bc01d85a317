"""Download of yearly figures for staff."""

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from areas.figures.export import figure_table
from areas.models import Programme, YearlyFigure
from areas.open_data.staff_tables import hand_out, taken_by
from kotaku.spreadsheets.writers import About

NOTE = "Untuk keperluan kantor: memuat isian yang belum terverifikasi dan catatan."


@require_safe
def figures(request, form):
    """Export the figures whose notes this user may read, with status and the users who acted."""
    found = YearlyFigure.objects.traceable_by(request.user)
    name, sources = "isian", []
    if slug := request.GET.get("periode"):
        programme = get_object_or_404(Programme.objects.of(request.user), slug=slug)
        found = found.filter(baseline__programme=programme)
        name = f"isian-{programme.slug}"
        sources = [(f"Sumber: {programme.name}", programme.source)]
    about = About("Isian tahunan", [("Perhatian", NOTE), *taken_by(request.user), *sources])
    return hand_out(request, figure_table(found), found.count(), about, name=name, form=form)
