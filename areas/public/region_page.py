"""What the page of a province or the nation shows, as ready strings."""

from areas.charts.figure import chart_figure
from areas.public.maps_page import region_maps
from areas.public.region_table import region_table
from areas.rules import as_of, narrative
from areas.totals.region_series import RegionSum, region_sums
from kotaku.models import Region

SOURCE = (
    "Jumlah angka terverifikasi dari periode berjalan kabupaten/kota yang tercatat di aplikasi ini; "
    "kabupaten/kota lain tidak termasuk."
)


def region_context(region: Region, *, sort: str) -> dict:
    """Return headline, key figures, chart, parts and notes of a province or the nation."""
    total, parts = region_sums(region)
    context = {
        "table": region_table(parts, sort),
        "parts_label": _parts_label(region),
        "is_sample": total.is_sample,
        "series": total.series,
        "headline": "",
    }
    if total.series is None:
        return context
    series = total.series
    return context | {
        "headline": narrative.headline(region.full_name, series),
        "completeness": narrative.completeness(series),
        "status": series.latest.status,
        "status_key": narrative.STATUS_KEYS.get(series.latest.status, ""),
        "maps": region_maps(parts),
        "key_figures": narrative.key_figures(series),
        "state_label": as_of.state_label(series.latest),
        "notes": _notes(total),
        "chart": chart_figure(
            series,
            key="kemajuan",
            heading=narrative.chart_title(region.full_name, series),
            source=SOURCE,
            hollow=total.is_sample,
        ),
    }


def _parts_label(region) -> str:
    return "provinsi" if region.kind == Region.Kind.NATION else "kabupaten/kota"


def _notes(total: RegionSum) -> list[str]:
    """Say what the sum leaves out, and from when on everything in it is known."""
    notes = []
    if total.known < total.regencies:
        notes.append(
            f"{total.known} dari {total.regencies} kabupaten/kota sudah mempunyai luas per "
            "desa/kelurahan; yang lain tidak ikut dijumlahkan."
        )
    start = total.series.baseline_year
    if earlier := sum(each.baseline_year < start for each in total.programmes):
        notes.append(
            f"Jumlah dimulai dari {start}, tahun baseline yang terbaru. {earlier} kabupaten/kota "
            "mulai lebih awal; luasnya pada tahun itulah yang dijumlahkan."
        )
    if total.without_target and total.without_target < total.known:
        notes.append(
            f"Target tidak dijumlahkan, karena {total.without_target} kabupaten/kota belum "
            "menetapkannya."
        )
    return notes
