"""Content of the page of a province or the nation, as formatted strings."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from areas.charts.figure import ChartFigure, chart_figure
from areas.public.maps_page import region_maps
from areas.public.region_table import RegionTable, region_table
from areas.rules import as_of, findings, narrative
from areas.rules.narrative import KeyFigure
from areas.rules.progress import Series, Status
from areas.totals.region_series import RegionSum, region_sums
from kotaku.models import Region

SOURCE = (
    "Jumlah angka terverifikasi dari periode berjalan kabupaten/kota yang tercatat di aplikasi ini; "
    "kabupaten/kota lain tidak termasuk."
)


@dataclass(frozen=True)
class RegionContext:
    """The page of a province or the nation; without a series only its parts are known."""

    table: RegionTable
    parts_label: str
    is_sample: bool
    series: Series | None
    headline: str = ""
    completeness: str = ""
    status: Status | None = None
    status_key: str = ""
    target_sentence: str = ""
    maps: dict | None = None
    key_figures: Sequence[KeyFigure] = ()
    state_label: str = ""
    notes: Sequence[str] = ()
    chart: ChartFigure | None = None


def region_context(region: Region, *, sort: str) -> RegionContext:
    """Return headline, key figures, chart, parts and notes of a province or the nation."""
    total, parts = region_sums(region)
    series = total.series
    context = RegionContext(
        table=region_table(parts, sort),
        parts_label=_parts_label(region),
        is_sample=total.is_sample,
        series=series,
    )
    if series is None:
        return context
    return replace(
        context,
        headline=narrative.headline(region.full_name, series),
        completeness=narrative.completeness(series),
        status=series.latest.status,
        status_key=narrative.STATUS_KEYS.get(series.latest.status, ""),
        target_sentence=findings.target_sentence(series),
        maps=region_maps(parts),
        key_figures=narrative.key_figures(series),
        state_label=as_of.state_label(series.latest),
        notes=_notes(total),
        chart=chart_figure(
            series,
            key="kemajuan",
            heading=narrative.finding(region.full_name, series),
            title=narrative.chart_title(region.full_name, series),
            place=region.full_name,
            source=SOURCE,
            sample=total.is_sample,
        ),
    )


def _parts_label(region) -> str:
    return "provinsi" if region.kind == Region.Kind.NATION else "kabupaten/kota"


def _notes(total: RegionSum) -> list[str]:
    """Return notes on what is missing from the sum and on the year in which it starts."""
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
