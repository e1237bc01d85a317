"""Compare villages of a period; the address holds the period and the villages."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from areas.charts.download import chart_file
from areas.public import chart_views, compare_page
from areas.totals.queries import chosen_of, missed_period, programmes_inside
from areas.totals.villages import village_series_of
from kotaku.caching.page_cache import kept
from kotaku.regions.choice import choice_context
from kotaku.regions.home import owner_name
from kotaku.regions.page_region import region_of, way_to

HOLLOW = "Titik tanpa isi: belum terverifikasi untuk tahun itu, memakai angka terakhir."


@login_not_required
@require_safe
@kept(survives_outage=True)
def compare(request):
    """Show chosen villages in one chart, all as small multiples, and their order."""
    region = region_of(request)
    if region is not None and region.is_summed:
        context = choice_context(
            region, "Bandingkan desa/kelurahan", "Pilih kabupaten atau kota yang dibandingkan."
        )
        return render(request, "areas/public/region_choice.html", context)
    programmes = programmes_inside(region)
    slug = request.GET.get("periode")
    programme = chosen_of(programmes, slug)
    context = {"programme": programme, "programmes": programmes, "above": way_to(region)}
    context["missed"] = missed_period(
        programmes, slug, region.full_name if region else owner_name()
    )
    if programme:
        codes, number = request.GET.getlist("desa"), request.GET.get("hal")
        sought = request.GET.get("cari", "").strip()[:80]
        found = compare_page.compare_context(programme, codes, request.user, number, sought)
        context |= {"compared": found, "hollow": HOLLOW}
    return render(request, "areas/public/compare.html", context)


@login_not_required
@require_safe
@kept
def compare_file(request):
    """Return the chart of the chosen villages as a file."""
    programme, villages = _villages(request)
    drawn = compare_page.chosen_villages(villages, request.GET.getlist("desa")).drawn
    if not drawn:
        raise Http404("Pilih dua sampai empat desa/kelurahan.")
    chart, _ = compare_page.compare_charts(drawn, compare_page.newest_of(villages))
    file = chart_file(
        chart.title,
        chart.view_box,
        subtitle=compare_page.measure_of(drawn),
        notes=[
            *([HOLLOW] if compare_page.has_hollow(chart) else []),
            *chart_views.file_notes(programme),
        ],
        alert=chart_views.file_alert(programme),
    )
    context = {"file": file, "chart": chart, "drawing": "charts/compare.svg.html"}
    return chart_views.svg_response(request, context, f"banding-{programme.slug}", programme)


@login_not_required
@require_safe
@kept
def multiples_file(request):
    """Return the small charts of a page of villages as a file, sorted by name."""
    programme, villages = _villages(request)
    page = Paginator(villages, compare_page.PAGE).get_page(request.GET.get("hal"))
    until = compare_page.newest_of(villages)
    multiples = compare_page.all_multiples(villages, page, until)
    note = compare_page.multiples_note(villages, page, until)
    file = chart_file(
        f"Sisa luas kumuh desa/kelurahan {programme.region.full_name}",
        multiples.file_box,
        subtitle=f"Hektare, skala sama {multiples.scale} Ha; abu-abu: desa/kelurahan lain",
        notes=[*([note] if note else []), *chart_views.file_notes(programme)],
        alert=chart_views.file_alert(programme),
    )
    context = {"file": file, "chart": multiples, "drawing": "charts/multiples.svg.html"}
    return chart_views.svg_response(request, context, f"semua-desa-{programme.slug}", programme)


def _villages(request):
    programme = chart_views.programme_of(request)
    villages = village_series_of(programme)
    if not villages:
        raise Http404("Periode ini belum mempunyai desa/kelurahan.")
    return programme, villages
