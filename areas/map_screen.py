"""The map of a period's villages as the pages show it: circles, boundaries, sources."""

from functools import lru_cache

from django.db.models import Case, Value, When
from django.urls import reverse

from areas.maps import BubbleMap, Place, bubble_map
from areas.models import Boundary
from areas.series import counted_statuses, with_remaining

MAX_CIRCLES = 150
CUT_NOTE = (
    "Peta ini memuat {} desa/kelurahan dengan sisa terluas; "
    "jumlah per kecamatan di bawahnya hanya dari yang tergambar."
)
# Boundaries with more points than these would make the page heavy; then circles stand alone.
MAX_POINTS = 2500
WIDE, NARROW = 760, 360


def village_maps(programme, *, provisional: bool) -> dict[str, BubbleMap | list[str]]:
    """Return the map of the villages' remaining hectares, wide with names and narrow without.

    `sources` are where the boundaries on it are from; `note` says that not all are drawn.
    """
    places, districts, is_cut = _places(programme.baselines, programme, provisional)
    boundaries, sources = _boundaries(districts)
    return {
        "wide": _map(places, boundaries, width=WIDE, labels=True),
        "narrow": _map(places, boundaries, width=NARROW, labels=False),
        "sources": sources,
        "note": CUT_NOTE.format(MAX_CIRCLES) if is_cut else "",
    }


def locator_map(programme, village, *, provisional: bool) -> dict[str, BubbleMap | list[str]]:
    """Return the narrow map of a village among those of its city."""
    city = village.code.rsplit(".", 2)[0]
    neighbours = programme.baselines.filter(village__code__startswith=f"{city}.")
    places, districts, _ = _places(neighbours, programme, provisional, always=village)
    boundaries, sources = _boundaries(districts)
    drawn = _map(places, boundaries, width=NARROW, labels=False, here=village.code)
    return {"map": drawn, "sources": sources}


def _map(places, boundaries, **options) -> BubbleMap:
    """Return the map; the same places give the same one without searching room for names again."""
    if boundaries:
        return bubble_map(places, boundaries=boundaries, **options)
    return _map_of_circles(tuple(places), **options)


_map_of_circles = lru_cache(maxsize=64)(bubble_map)


def _places(
    baselines, programme, provisional, *, always=None
) -> tuple[list[Place], set[int], bool]:
    """Return the villages with most left, the kecamatan that they lie in, and whether some are left out.

    The village `always` is among them whatever it has left.
    """
    remaining = with_remaining(baselines, counted_statuses(provisional))
    is_meant = Case(When(village=always, then=0), default=1) if always else Value(1)
    largest = remaining.select_related("village__district").order_by(
        is_meant, "-remaining_ha", "pk"
    )
    found = list(largest[: MAX_CIRCLES + 1])
    shown = found[:MAX_CIRCLES]
    places = [
        Place(
            code=baseline.village.code,
            name=baseline.village.name,
            full_name=baseline.village.full_name,
            district_number=baseline.village.district.number,
            district_name=baseline.village.district.name,
            lat=baseline.village.latitude,
            lng=baseline.village.longitude,
            remaining_ha=baseline.remaining_ha,
            url=reverse("areas:village-detail", args=[baseline.village.code])
            + f"?periode={programme.slug}",
        )
        for baseline in shown
    ]
    return places, {baseline.village.district_id for baseline in shown}, found != shown


def _boundaries(districts) -> tuple[dict, list[str]]:
    """Return the boundaries in these kecamatan (code → polygons), and their sources."""
    known = Boundary.objects.filter(village__district__in=districts)
    rows = known.order_by("village__code").values_list("village__code", "drawn", "source")
    boundaries, sources, points = {}, set(), 0
    for code, polygons, source in rows[: MAX_CIRCLES + 1]:
        points += sum(len(ring) for polygon in polygons for ring in polygon)
        if points > MAX_POINTS or len(boundaries) == MAX_CIRCLES:
            return {}, []
        boundaries[code] = polygons
        sources.add(source)
    return boundaries, sorted(sources)
