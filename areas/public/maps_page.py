"""The map of a period's villages as the pages show it: circles, boundaries, sources."""

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Avg, Case, Count, FloatField, Max, Sum, When

from areas.charts.bubble_map import AREAS, SHARE, BubbleMap, Place, bubble_map
from areas.models import Baseline, Boundary, Village
from areas.models.states import Status
from areas.public.map_figure import (
    DistrictSum,
    MapFigure,
    district_rows,
    map_heading,
    map_notes,
)
from areas.totals.series import counted_statuses, with_remaining
from kotaku.caching.remembered import remembered
from kotaku.models import Region
from kotaku.regions.addresses import region_addresses
from kotaku.regions.village_address import village_addresses

MAX_CIRCLES = 150
CUT_NOTE = (
    "Peta ini memuat {} desa/kelurahan dengan sisa terluas; jumlah per kecamatan memuat semuanya."
)
# With more boundary points than this the page would be too large; boundaries are left out.
MAX_POINTS = 2500
# MARGIN is the width beside a table, NARROW that of a phone.
WIDE, MARGIN, NARROW = 760, 400, 328
# More grey dots than this would hide the villages of the period.
MAX_OTHERS = 400
VIEWS = (AREAS, SHARE)
COLUMNS = (
    "village__code",
    "village__name",
    "village__kind",
    "village__district",
    "village__district__name",
    "village__latitude",
    "village__longitude",
    "area_ha",
    "remaining_ha",
    "remaining_ha_year",
    "remaining_ha_status",
)
YEAR = COLUMNS.index("remaining_ha_year")


def chosen_view(name: str | None) -> str:
    """Return the view of this name in an address, else the hectares left."""
    return name if name in VIEWS else AREAS


def village_maps(
    programme, *, provisional: bool, view: str = AREAS, width: int = MARGIN
) -> MapFigure:
    """Return the map of the villages' remaining hectares, or of the share that is gone."""
    found = _largest(counted_statuses(provisional), "", MAX_CIRCLES + 1, programme.pk)
    shown = found[:MAX_CIRCLES]
    is_cut = found != shown
    sums, newest = _district_sums(programme, provisional) if is_cut else _sums(shown)
    places, boundaries, sources = _drawn(shown, programme, newest)
    options = {"view": view, "others": () if is_cut else _others(programme)}
    wide, narrow = (_map(places, boundaries, width=each, **options) for each in (width, NARROW))
    notes = map_notes(wide, view, sources)
    return MapFigure(
        wide=wide,
        narrow=narrow,
        view=view,
        heading=map_heading(sums, view),
        notes=(*notes, CUT_NOTE.format(MAX_CIRCLES)) if is_cut else notes,
        districts=district_rows(sums),
    )


def _sums(shown) -> tuple[tuple[DistrictSum, ...], int]:
    """Return the sums of each kecamatan from the rows of all villages, and their newest year."""
    sums: dict[str, list] = {}
    for row in map(_Row._make, shown):
        total = sums.setdefault(row.district_name, [0, Decimal(0), Decimal(0)])
        total[0] += 1
        total[1] += row.area_ha
        total[2] += row.remaining_ha
    return tuple(DistrictSum(name, *totals) for name, totals in sums.items()), _newest(shown)


def _newest(shown) -> int:
    return max((row[YEAR] or 0 for row in shown), default=0)


def _district_sums(programme, provisional) -> tuple[tuple[DistrictSum, ...], int]:
    """Return the same by the database, for more villages than are drawn."""
    remaining = with_remaining(programme.baselines.all(), counted_statuses(provisional))
    rows = remaining.order_by().values_list("village__district__name")
    found = list(
        rows.annotate(
            count=Count("pk"),
            start=Sum("area_ha"),
            total=Sum("remaining_ha"),
            newest=Max("remaining_ha_year"),
        )
    )
    cent = Decimal("0.01")
    sums = tuple(
        DistrictSum(name, count, start.quantize(cent), total.quantize(cent))
        for name, count, start, total, _ in found
    )
    return sums, max(newest or 0 for *_, newest in found)


def _others(programme) -> tuple[tuple[float, float], ...]:
    return _other_villages(programme.pk, programme.region_id)


@remembered("frame")
def _other_villages(programme, region) -> tuple[tuple[float, float], ...]:
    """Return latitude and longitude of the city's villages that are not in the period."""
    villages = Village.objects.filter(district__region=region)
    others = villages.exclude(baselines__programme=programme).order_by("code")
    rows = list(others.values_list("latitude", "longitude")[: MAX_OTHERS + 1])
    return () if len(rows) > MAX_OTHERS else tuple((float(lat), float(lng)) for lat, lng in rows)


def region_maps(parts) -> MapFigure:
    """Return the map of a province's or the nation's parts (areas.totals.region_series.RegionSum).

    A part's circle is at the mean position of its villages.
    """
    known = [part for part in parts if part.series]
    are_provinces = any(part.region.kind == Region.Kind.PROVINCE for part in known)
    centres = _centres(are_provinces, tuple(part.region.pk for part in known))
    address = region_addresses()
    places = tuple(
        Place(
            code=part.region.code,
            name=part.region.name,
            full_name=part.region.full_name,
            district_name="",
            lat=centres[part.region.pk][0],
            lng=centres[part.region.pk][1],
            remaining_ha=part.series.latest.remaining_ha,
            url=address(part.region),
            reduced_percent=part.series.latest.reduced_percent,
            basis="" if part.series.latest.is_complete else "belum semua terverifikasi",
        )
        for part in known
        if part.region.pk in centres
    )
    wide, narrow = (
        _map_of_circles(places, width=width, what="wilayah") for width in (WIDE, NARROW)
    )
    notes = (*map_notes(wide, AREAS), "Lingkaran berada di tengah desa/kelurahan wilayah itu.")
    return MapFigure(wide, narrow, AREAS, "", notes, ())


@remembered("frame")
def _centres(are_provinces, regions) -> dict[int, tuple[float, float]]:
    """Return region → mean latitude and longitude of its villages' centre points."""
    path = "district__region__parent" if are_provinces else "district__region"
    rows = (
        Village.objects.filter(**{f"{path}__in": regions})
        .order_by()
        .values_list(path)
        .annotate(
            lat=Avg("latitude", output_field=FloatField()),
            lng=Avg("longitude", output_field=FloatField()),
        )
    )
    return {pk: (round(lat, 5), round(lng, 5)) for pk, lat, lng in rows}


def locator_map(
    programme, village, *, newest: int, provisional: bool
) -> dict[str, BubbleMap | list[str]]:
    """Return the narrow map of a village and the other villages; `newest` is their newest year."""
    city = village.code.rsplit(".", 2)[0]
    statuses = counted_statuses(provisional)
    shown = _largest(statuses, f"{city}.", MAX_CIRCLES, programme.pk, village.pk)
    places, boundaries, sources = _drawn(shown, programme, newest)
    drawn = _map(places, boundaries, width=NARROW, here=village.code, others=_others(programme))
    return {"map": drawn, "sources": sources}


def _map(places, boundaries, **options) -> BubbleMap:
    """Return the map from the cache, because placing names is slow."""
    if boundaries:
        return _map_with_boundaries(places, boundaries=boundaries, **options)
    return _map_of_circles(places, **options)


_map_of_circles = lru_cache(maxsize=64)(bubble_map)
# Each entry keeps its boundaries in memory.
_map_with_boundaries = lru_cache(maxsize=12)(bubble_map)


class _Boundaries(dict):
    """Boundaries that are equal only to themselves: as long as they are remembered, maps are too."""

    __hash__ = object.__hash__

    def __eq__(self, other):
        return self is other


# Each entry takes up to a hundred kilobytes.
@remembered("areas", "frame", most=100)
def _largest(statuses, code_prefix, most, programme, always=None):
    """Return the villages with the most remaining hectares; always include the village `always`."""
    baselines = Baseline.objects.filter(programme=programme)
    if code_prefix:
        baselines = baselines.filter(village__code__startswith=code_prefix)
    order = ["-remaining_ha", "pk"]
    if always:
        order.insert(0, Case(When(village=always, then=0), default=1))
    remaining = with_remaining(baselines, statuses, with_status=True)
    return list(remaining.order_by(*order).values_list(*COLUMNS)[:most])


class _Row(NamedTuple):
    """The COLUMNS of a village."""

    code: str
    name: str
    kind: str
    district: int
    district_name: str
    lat: Decimal
    lng: Decimal
    area_ha: Decimal
    remaining_ha: Decimal
    year: int | None
    status: str | None


def _drawn(shown, programme, newest: int) -> tuple[tuple[Place, ...], dict, list[str]]:
    """Return the places of these villages, their kecamatan's boundaries and the sources."""
    address = village_addresses(f"?periode={programme.slug}")
    rows = [_Row._make(row) for row in shown]
    places = tuple(_place(row, _basis(row, newest), address(row.code)) for row in rows)
    return places, *_boundaries(tuple(sorted({row.district for row in rows})))


def _basis(row: _Row, newest: int) -> str:
    """Return what an area is based on if it is not verified for the newest year, else ""."""
    if row.status == Status.SUBMITTED:
        return f"angka {row.year} diajukan, belum terverifikasi"
    if newest and row.year != newest:
        return f"memakai angka {row.year}" if row.year else "memakai baseline"
    return ""


@lru_cache(maxsize=2048)
def _place(row: _Row, basis: str, url: str) -> Place:
    share = (row.area_ha - row.remaining_ha) * 100 / row.area_ha if row.area_ha else None
    return Place(
        code=row.code,
        name=row.name,
        full_name=Village(name=row.name, kind=row.kind).full_name,
        district_name=row.district_name,
        lat=row.lat,
        lng=row.lng,
        remaining_ha=row.remaining_ha,
        url=url,
        reduced_percent=share,
        basis=basis,
    )


# Each entry takes several hundred kilobytes.
@remembered("frame", most=30)
def _boundaries(districts) -> tuple[dict, list[str]]:
    """Return the boundaries in these kecamatan (code → polygons) and their sources."""
    if not districts:
        return {}, []
    known = Boundary.objects.filter(village__district__in=districts).order_by("village__code")
    rows = known.values_list("village__code", "drawn", "source")[: MAX_CIRCLES + 1]
    boundaries, sources, points = _Boundaries(), set(), 0
    for code, polygons, source in rows:
        points += sum(len(ring) for polygon in polygons for ring in polygon)
        if points > MAX_POINTS or len(boundaries) == MAX_CIRCLES:
            return {}, []
        boundaries[code] = polygons
        sources.add(source)
    return boundaries, sorted(sources)
