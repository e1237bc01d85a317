"""The villages as GeoJSON (RFC 7946): their location and remaining slum area."""

import json
from collections.abc import Iterator

from areas.models import Baseline, Boundary, Village
from areas.models.states import OFFICIAL
from areas.totals.series import with_remaining

GEOJSON_TYPE = "application/geo+json; charset=utf-8"


def geojson_lines(programme, region, about: dict) -> Iterator[str]:
    """Yield a FeatureCollection in pieces: polygons where boundaries are loaded, points elsewhere.

    It includes every village of the region (None: of all); unknown hectares of the period are null.
    """
    baselines = (
        Baseline.objects.filter(programme=programme) if programme else Baseline.objects.none()
    )
    remaining = {
        village: known
        for village, *known in with_remaining(baselines, OFFICIAL, with_days=True)
        .order_by()
        .values_list(
            "village",
            "area_ha",
            "is_inferred",
            "remaining_ha",
            "remaining_ha_year",
            "remaining_ha_as_of",
        )
    }
    drawn = dict(Boundary.objects.order_by().values_list("village", "polygons"))
    villages = Village.objects.inside(region).select_related("district").order_by("code")
    yield json.dumps({"type": "FeatureCollection", **about}, ensure_ascii=False)[:-1]
    yield ', "features": ['
    between = "\n"
    for village in villages.iterator():
        feature = {
            "type": "Feature",
            "id": village.code,
            "geometry": _geometry(village, drawn.get(village.pk)),
            "properties": _properties(village, programme, remaining.get(village.pk)),
        }
        yield between + json.dumps(feature, ensure_ascii=False)
        between = ",\n"
    yield "\n]}\n"


def _geometry(village, polygons):
    if polygons:
        return {"type": "MultiPolygon", "coordinates": polygons}
    return {"type": "Point", "coordinates": [float(village.longitude), float(village.latitude)]}


def _properties(village, programme, known) -> dict:
    baseline_ha, is_inferred, remaining_ha, year, day = known or [None] * 5
    return {
        "kode_desa": village.code,
        "desa_kelurahan": village.name,
        "jenis": village.kind,
        "kecamatan": village.district.name,
        "periode": programme.slug if known else None,
        "data_contoh": programme.is_sample if known else None,
        "baseline_ha": None if baseline_ha is None else float(baseline_ha),
        "sisa_ha": None if remaining_ha is None else float(remaining_ha),
        "tahun": year,
        "per_tanggal": day and day.isoformat(),
        "baseline_disimpulkan": is_inferred,
    }
