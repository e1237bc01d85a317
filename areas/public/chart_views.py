"""Charts as SVG downloads for the public: verified figures only."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from areas.charts.bubble_map import SHARE
from areas.charts.download import chart_file
from areas.charts.figure import chart_figure
from areas.models import Programme, Village
from areas.open_data.about import SAMPLE_SENTENCE
from areas.public.maps_page import WIDE, chosen_view, village_maps
from areas.rules import narrative
from areas.totals.series import newest_year, programme_series, public_series
from kotaku import contributions
from kotaku.caching.page_cache import kept
from kotaku.formats import format_date
from kotaku.regions.page_region import public_region


@login_not_required
@require_safe
@kept
def city(request):
    """Return the city's progress chart of a period."""
    programme = _programme(request, Programme.objects.all())
    series = programme_series(programme)
    if series is None:
        raise Http404("Periode ini belum mempunyai angka.")
    marks = contributions.gather(contributions.chart_marks, programme, AnonymousUser())
    place = programme.region.full_name
    return _progress(request, programme, series, place, f"kemajuan-{programme.slug}", marks)


@login_not_required
@require_safe
@kept
def village(request, code):
    """Return a village's progress chart of a period."""
    village = get_object_or_404(Village, code=code)
    programme = _programme(request, Programme.objects.filter(baselines__village=village))
    series = public_series(programme, village)
    return _progress(
        request,
        programme,
        series,
        village.full_name,
        f"{code}-{programme.slug}",
        carried_to=newest_year(programme),
    )


@login_not_required
@require_safe
@kept
def map_(request):
    """Return the map of a period's villages with its legend."""
    programme = _programme(request, Programme.objects.all())
    view = chosen_view(request.GET.get("peta"))
    figure = village_maps(programme, provisional=False, view=view, width=WIDE)
    drawn = figure.wide
    if not drawn.circles:
        raise Http404("Periode ini belum mempunyai desa/kelurahan.")
    shown = "Bagian luas kumuh yang berkurang di" if view == SHARE else "Sisa luas kumuh"
    file = chart_file(
        f"{shown} {programme.region.full_name} per desa/kelurahan",
        drawn.view_box,
        notes=[
            *figure.notes,
            *(each.sentence for each in figure.districts),
            *file_notes(programme),
        ],
        alert=file_alert(programme),
    )
    context = {"file": file, "chart": drawn, "drawing": "charts/map.svg.html"}
    name = "peta-persen" if view == SHARE else "peta"
    return svg_response(request, context, f"{name}-{programme.slug}", programme)


def programme_of(request):
    """Return the period that the address names, else the current one; raise 404 if none."""
    return _programme(request, Programme.objects.all())


def _programme(request, programmes):
    slug = request.GET.get("periode")
    programmes = programmes.inside(public_region(request)).select_related("region")
    programme = programmes.filter(slug=slug).first() if slug else programmes.current()
    if programme is None:
        raise Http404("Periode tidak dikenal.")
    return programme


def _progress(request, programme, series, place, name, marks=(), **options):
    title = narrative.chart_title(place, series)
    figure = chart_figure(
        series,
        key="unduhan",
        heading=title,
        place=place,
        marks=marks,
        source=programme.source,
        sample=programme.is_sample,
        **options,
    )
    chart = figure.wide
    events = [f"{mark.days}: {mark.name}" for mark in chart.marks]
    file = chart_file(
        title,
        chart.view_box,
        subtitle=figure.subtitle,
        notes=[*events, *chart.notes, *file_notes(programme)],
        alert=file_alert(programme),
    )
    context = {"file": file, "chart": chart, "drawing": "charts/progress.svg.html"}
    return svg_response(request, context, name, programme)


def file_notes(programme) -> list[str]:
    """Return the last lines of a file: source, site, day."""
    return [
        f"Sumber: {programme.source}",
        f"{settings.SITE_NAME}, {format_date(timezone.localdate())}. Hanya angka terverifikasi.",
    ]


def file_alert(programme) -> str:
    """Return the line above everything in a file with sample data, else ""."""
    return SAMPLE_SENTENCE if programme.is_sample else ""


def svg_response(request, context, name, programme):
    """Return a chart as a file to download or embed."""
    context["origin"] = request.build_absolute_uri("/").rstrip("/")
    response = render(request, "charts/download.svg", context, content_type="image/svg+xml")
    sample = "-data-contoh" if programme.is_sample else ""
    response["Content-Disposition"] = f'attachment; filename="{name}{sample}.svg"'
    response["X-Content-Type-Options"] = "nosniff"
    # Other sites may embed the chart.
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
