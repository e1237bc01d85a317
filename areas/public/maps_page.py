"""The map of a period's villages as the pages show it: circles, boundaries, sources."""

from decimal import Decimal
from functools import lru_cache

from django.db.models import Avg, Case, FloatField, Sum, When

from areas.charts.bubble_map import (
    BubbleMap,
    DistrictSum,
    Place,
    bubble_map,
)
from areas.models import Baseline, Boundary, District, Village
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
WIDE, NARROW = 760, 360
COLUMNS = (
    "village__code",
    "village__name",
    "village__kind",
    "village__district",
    "village__district__code",
    "village__district__name",
    "village__latitude",
    "village__longitude",
    "remaining_ha",
)
DISTRICT = COLUMNS.index("village__district")


def village_maps(programme, *, provisional: bool) -> dict[str, BubbleMap | list[str]]:
    """Return the map of the villages' remaining hectares, wide with names and narrow without.

    `sources` names the sources of its boundaries; `note` is "" if all villages are drawn.
    """
    found = _largest(counted_statuses(provisional), "", MAX_CIRCLES + 1, programme=programme.pk)
    shown = found[:MAX_CIRCLES]
    is_cut = found != shown
    places, boundaries, sources = _drawn(shown, programme)
    sums = _district_sums(programme, provisional) if is_cut else ()
    return {
        "wide": _map(places, boundaries, width=WIDE, labels=True, sums=sums),
        "narrow": _map(places, boundaries, width=NARROW, labels=False, sums=sums),
        "sources": sources,
        "note": CUT_NOTE.format(MAX_CIRCLES) if is_cut else "",
    }


def _district_sums(programme, provisional) -> tuple[DistrictSum, ...]:
    """Return the remaining hectares of each kecamatan, summed over all its villages."""
    remaining = with_remaining(programme.baselines.all(), counted_statuses(provisional))
    rows = remaining.order_by().values_list("village__district__code", "village__district__name")
    rows = rows.annotate(total=Sum("remaining_ha")).order_by("village__district__code")
    return tuple(
        DistrictSum(District(code=code).number, name, total.quantize(Decimal("0.01")))
        for code, name, total in rows
    )


def region_maps(parts) -> dict[str, BubbleMap | str]:
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
            district_number=number,
            district_name=part.region.full_name,
            lat=centres[part.region.pk][0],
            lng=centres[part.region.pk][1],
            remaining_ha=part.series.latest.remaining_ha,
            url=address(part.region),
        )
        for number, part in enumerate(known, 1)
        if part.region.pk in centres
    )
    what = "wilayah"
    return {
        "wide": _map_of_circles(places, width=WIDE, labels=True, what=what),
        "narrow": _map_of_circles(places, width=NARROW, labels=False, what=what),
    }


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


def locator_map(programme, village, *, provisional: bool) -> dict[str, BubbleMap | list[str]]:
    """Return the narrow map of a village and the other villages of its city."""
    city = village.code.rsplit(".", 2)[0]
    statuses = counted_statuses(provisional)
    shown = _largest(statuses, f"{city}.", MAX_CIRCLES, programme=programme.pk, always=village.pk)
    places, boundaries, sources = _drawn(shown, programme)
    drawn = _map(places, boundaries, width=NARROW, labels=False, here=village.code)
    return {"map": drawn, "sources": sources}


def _map(places, boundaries, **options) -> BubbleMap:
    """Return the map; maps without boundaries are cached, because placing names is slow."""
    if boundaries:
        return bubble_map(places, boundaries=boundaries, **options)
    return _map_of_circles(tuple(places), **options)


_map_of_circles = lru_cache(maxsize=64)(bubble_map)


def _largest(statuses, code_prefix, most, programme, always=None):
    """Return the villages with the most remaining hectares; always include the village `always`."""
    baselines = Baseline.objects.filter(programme=programme)
    if code_prefix:
        baselines = baselines.filter(village__code__startswith=code_prefix)
    order = ["-remaining_ha", "pk"]
    if always:
        order.insert(0, Case(When(village=always, then=0), default=1))
    return list(with_remaining(baselines, statuses).order_by(*order).values_list(*COLUMNS)[:most])


def _drawn(shown, programme) -> tuple[list[Place], dict, list[str]]:
    """Return the places of these villages, their kecamatan's boundaries and the sources."""
    address = village_addresses(f"?periode={programme.slug}")
    drawn = [_place(*village, address(village[0])) for village in shown]
    districts = {village[DISTRICT] for village in shown}
    return drawn, *_boundaries(tuple(sorted(districts)))


@lru_cache(maxsize=2048)
def _place(code, name, kind, _, district_code, district_name, lat, lng, remaining_ha, url) -> Place:
    return Place(
        code=code,
        name=name,
        full_name=Village(name=name, kind=kind).full_name,
        district_number=District(code=district_code).number,
        district_name=district_name,
        lat=lat,
        lng=lng,
        remaining_ha=remaining_ha,
        url=url,
    )


# Each entry takes several hundred kilobytes.
@remembered("frame", most=30)
def _boundaries(districts) -> tuple[dict, list[str]]:
    """Return the boundaries in these kecamatan (code → polygons) and their sources."""
    if not districts:
        return {}, []
    known = Boundary.objects.filter(village__district__in=districts).order_by("village__code")
    rows = known.values_list("village__code", "drawn", "source")[: MAX_CIRCLES + 1]
    boundaries, sources, points = {}, set(), 0
    for code, polygons, source in rows:
        points += sum(len(ring) for polygon in polygons for ring in polygon)
        if points > MAX_POINTS or len(boundaries) == MAX_CIRCLES:
            return {}, []
        boundaries[code] = polygons
        sources.add(source)
    return boundaries, sorted(sources)
