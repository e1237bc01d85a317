"""Read and check an untrusted GeoJSON file of village boundaries.

Every fault is a sentence; a file with any fault is refused as a whole.
"""

import json
from collections.abc import Iterator, Mapping

from kotaku.spreadsheets.cells import read_code

MAX_BYTES = 5 * 1024 * 1024
MAX_POINTS = 500_000
# A longer list of faults would not help.
MOST_FAULTS = 20
# The bounding box of Indonesia in degrees: west, south, east, north.
INDONESIA = (94.0, -12.0, 142.0, 7.5)
WGS84_NAMES = ("CRS84", "EPSG:4326", "EPSG::4326", "WGS84", "WGS 84")
CODE_NAMES = (
    "kode_desa", "kode", "code", "kode_kemendagri", "kd_desa", "kdepum", "kode_wilayah",
)  # fmt: skip

NOT_GEOJSON = (
    "Berkas ini bukan GeoJSON yang utuh. Simpan batas desa/kelurahan sebagai GeoJSON "
    "(FeatureCollection), lalu unggah lagi."
)
TOO_LARGE = "Berkas lebih dari 5 MB. Sederhanakan batasnya lebih dahulu, lalu unggah lagi."
NOT_DEGREES = (
    "koordinatnya bukan derajat WGS 84 (mungkin UTM atau meter). Ubah sistem koordinat berkas "
    "menjadi WGS 84 (EPSG:4326)."
)

Polygons = list[list[list[list[float]]]]


class UnreadableBoundaries(ValueError):
    """The file is refused; `faults` are the sentences that say why."""

    def __init__(self, *faults: str):
        super().__init__(faults[0])
        self.faults = faults


def read_boundaries(content: bytes, known: Mapping[str, str]) -> dict[str, Polygons]:
    """Return the boundaries of a file: code → polygons in WGS 84 degrees (longitude, latitude).

    `known` are the villages: code → name. Raises UnreadableBoundaries.
    """
    features = _features(content)
    found: dict[str, Polygons] = {}
    faults = []
    for number, feature in enumerate(features, 1):
        if len(faults) == MOST_FAULTS:
            faults.append("Masih ada kesalahan lain.")
            break
        try:
            code = _code(number, feature, known, found)
            found[code] = _polygons(f"{known[code]} ({code})", feature.get("geometry"))
        except UnreadableBoundaries as error:
            faults.extend(error.faults)
    if faults:
        raise UnreadableBoundaries(*faults)
    if sum(len(ring) for polygons in found.values() for ring in _rings(polygons)) > MAX_POINTS:
        raise UnreadableBoundaries(
            "Batasnya lebih dari 500.000 titik. Sederhanakan lebih dahulu, lalu unggah lagi."
        )
    _check_shapes(found, known)
    return found


def _features(content) -> list:
    if len(content) > MAX_BYTES:
        raise UnreadableBoundaries(TOO_LARGE)

    def refuse(constant):
        raise ValueError(constant)

    try:
        document = json.loads(content.decode("utf-8-sig"), parse_constant=refuse)
    except (ValueError, RecursionError) as error:
        raise UnreadableBoundaries(NOT_GEOJSON) from error
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        raise UnreadableBoundaries(NOT_GEOJSON)
    _check_crs(document.get("crs"))
    features = document.get("features")
    if not isinstance(features, list) or not features:
        raise UnreadableBoundaries("Berkas ini tidak berisi satu batas pun.")
    return features


def _check_crs(crs) -> None:
    if crs is None:
        return
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    if not name.upper().replace(" ", "").endswith(tuple(n.replace(" ", "") for n in WGS84_NAMES)):
        raise UnreadableBoundaries(
            f"Berkas memakai sistem koordinat {name[:80] or 'yang tidak disebut namanya'}. Ubah "
            "menjadi WGS 84 (EPSG:4326), lalu unggah lagi."
        )


def _code(number, feature, known, found) -> str:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        raise UnreadableBoundaries(
            f"Batas ke-{number} tidak mempunyai properti; kodenya tidak ada."
        )
    written = next(
        (
            value
            for name in CODE_NAMES
            for key, value in properties.items()
            if key.casefold() == name and isinstance(value, str | int)
        ),
        "",
    )
    code = read_code(written)
    if not code:
        shown = f" “{str(written)[:40]}”" if written else ""
        raise UnreadableBoundaries(
            f"Batas ke-{number}: kode desa/kelurahan{shown} tidak dikenali. Tulis di properti "
            "kode_desa, seperti 32.79.01.1001."
        )
    if code not in known:
        raise UnreadableBoundaries(
            f"Batas ke-{number}: kode {code} tidak ada di daftar desa/kelurahan."
        )
    if code in found:
        raise UnreadableBoundaries(
            f"Batas ke-{number}: kode {code} ({known[code]}) disebut lebih dari sekali. Gabungkan "
            "menjadi satu MultiPolygon."
        )
    return code


def _polygons(name, geometry) -> Polygons:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise UnreadableBoundaries(
            f"{name}: bentuknya {kind or 'kosong'}; yang diperlukan Polygon atau MultiPolygon."
        )
    coordinates = geometry.get("coordinates")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(polygons, list) or not polygons:
        raise UnreadableBoundaries(f"{name}: batasnya kosong.")
    try:
        read = [[[_point(point) for point in ring] for ring in polygon] for polygon in polygons]
    except (TypeError, ValueError, IndexError, KeyError, OverflowError) as error:
        raise UnreadableBoundaries(f"{name}: koordinatnya tidak dapat dibaca.") from error
    if not all(read):
        raise UnreadableBoundaries(f"{name}: batasnya kosong.")
    for ring in _rings(read):
        if len(ring) < 4 or ring[0] != ring[-1]:
            raise UnreadableBoundaries(
                f"{name}: garis batasnya tidak tertutup (titik pertama dan terakhir harus sama)."
            )
    _check_place(name, read)
    return read


def _point(point) -> list[float]:
    longitude, latitude = point[0], point[1]
    if isinstance(longitude, bool) or not isinstance(longitude, int | float):
        raise TypeError
    if isinstance(latitude, bool) or not isinstance(latitude, int | float):
        raise TypeError
    return [float(longitude), float(latitude)]


def _rings(polygons: Polygons) -> Iterator[list[list[float]]]:
    return (ring for polygon in polygons for ring in polygon)


def _check_place(name, polygons) -> None:
    west, south, east, north = INDONESIA
    points = [point for ring in _rings(polygons) for point in ring]
    if all(west <= x <= east and south <= y <= north for x, y in points):
        return
    if all(west <= y <= east and south <= x <= north for x, y in points):
        raise UnreadableBoundaries(
            f"{name}: bujur dan lintang tertukar. GeoJSON menulis bujur lebih dahulu, misalnya "
            "[108.54, -7.37]."
        )
    if any(abs(x) > 180 or abs(y) > 90 for x, y in points):
        raise UnreadableBoundaries(f"{name}: {NOT_DEGREES}")
    raise UnreadableBoundaries(f"{name}: batasnya berada di luar Indonesia. Periksa koordinatnya.")


def _check_shapes(found, known) -> None:
    import shapely

    faults = []
    for code, polygons in found.items():
        reason = shapely.is_valid_reason(
            shapely.from_geojson(json.dumps({"type": "MultiPolygon", "coordinates": polygons}))
        )
        if reason != "Valid Geometry":
            words, _, place = reason.partition("[")
            where = f" di [{place}" if place else ""
            faults.append(
                f"{known[code]} ({code}): bentuk batasnya tidak sah{where} ({words.strip()}). "
                "Perbaiki di aplikasi petanya, misalnya dengan Fix geometries di QGIS."
            )
    if faults:
        raise UnreadableBoundaries(*faults[:MOST_FAULTS])


def simplified(found: dict[str, Polygons], most_points: int) -> dict[str, Polygons]:
    """Return the boundaries with about `most_points` points in total; shared borders stay shared.

    Coordinates are rounded to 5 decimals, about a metre.
    """
    import shapely

    shapes = shapely.from_geojson(
        [json.dumps({"type": "MultiPolygon", "coordinates": found[code]}) for code in found]
    )
    # The tolerance grows by half in each step: 24 steps go from 1 m to about 12 km.
    tolerance, simple = 0.00001, shapes
    for _ in range(24):
        if shapely.get_num_coordinates(simple).sum() <= most_points:
            break
        simple = shapely.coverage_simplify(shapes, tolerance)
        tolerance *= 1.5
    drawn = {}
    for code, shape in zip(found, simple, strict=True):
        coordinates = json.loads(shapely.to_geojson(shape))["coordinates"]
        polygons = [coordinates] if shape.geom_type == "Polygon" else coordinates
        drawn[code] = [
            [[[round(x, 5), round(y, 5)] for x, y in ring] for ring in polygon]
            for polygon in polygons
        ]
    return drawn
