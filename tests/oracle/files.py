"""What files say: open data and staff exports cell by cell, and the drawings to take along."""

import csv
import io
import json
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from itertools import zip_longest
from zoneinfo import ZoneInfo

from openpyxl import load_workbook

from tests.oracle import drawn_points, maps, progress_pages
from tests.oracle.comparing import Page, without_known
from tests.oracle.reading import numbers, parse, squeezed
from tests.oracle.ways import OFFICIAL

JAKARTA = ZoneInfo("Asia/Jakarta")
FORMATS = ("csv", "excel.csv", "xlsx", "json")
STATES = {
    "draft": "Draf",
    "submitted": "Diajukan",
    "returned": "Dikembalikan",
    "verified": "Terverifikasi",
}


def rows_of(content: bytes, form: str) -> list[dict]:
    """Return a file's rows, column → what the cell holds."""
    if form == "json":
        return json.loads(content)["baris"]
    if form == "xlsx":
        sheet = load_workbook(io.BytesIO(content), read_only=True)["Data"]
        header, *rows = sheet.iter_rows(values_only=True)
        return [dict(zip_longest(header, row)) for row in rows]
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";" if form == "excel.csv" else ","))


def cell(value, form: str):
    """Return how a value has to stand in a file of this form."""
    if form == "json":
        if isinstance(value, datetime):
            return value.astimezone(JAKARTA).isoformat(timespec="seconds")
        return value.isoformat() if isinstance(value, date) else value
    if form == "xlsx":
        if isinstance(value, datetime):
            return value.astimezone(JAKARTA).replace(tzinfo=None, microsecond=0)
        if isinstance(value, bool):
            return "ya" if value else "tidak"
        if isinstance(value, date):
            return datetime(value.year, value.month, value.day)  # noqa: DTZ001 (a day of a sheet)
        return value or None if isinstance(value, str) else value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, datetime):
        return value.astimezone(JAKARTA).isoformat(timespec="seconds")
    if isinstance(value, Decimal):
        # Volumes are kept with twelve decimals, most of them 0.
        twelve = value.as_tuple().exponent == -12
        text = f"{value.normalize():f}" if twelve else f"{value:f}"
        if twelve and len(text.partition(".")[2]) < 2:
            text = f"{value:.2f}"
        return text.replace(".", ",") if form == "excel.csv" else text
    return str(value)


def alike(said, expected) -> bool:
    """Whether two cells hold the same; numbers are compared exactly, as they are written."""
    if isinstance(said, int | float) and isinstance(expected, int | float | Decimal):
        if isinstance(said, bool) or isinstance(expected, bool):
            return said is expected
        return Fraction(str(said)) == Fraction(str(expected))
    return (said or None) == (expected or None)


def expect_rows(visit, kind: str, address: str, content: bytes, form: str, expected: list[dict]):
    """A file holds these rows in this order; an unexpected column holds no number."""
    page = Page(kind, address, parse(""), visit.tally)
    rows = rows_of(content, form)
    if len(rows) != len(expected):
        page.fault(f"{len(rows)} rows, expected {len(expected)}")
        return
    for number, (row, wanted_row) in enumerate(zip(rows, expected, strict=True), 1):
        want = told_apart(wanted_row)
        for column, value in want.items():
            said, wanted = row.get(column), cell(value, form)
            if alike(said, wanted):
                said = wanted
            page.compare(f"row {number}, {column}", said, wanted)
        for column in row.keys() - want.keys():
            if numbers(str(row[column] or "")):
                page.fault(f"row {number}, {column}: {row[column]!r} is not expected")


def figure_rows(record, programmes) -> list[dict]:
    """The rows of "angka-tahunan": every verified figure."""
    rows = []
    for programme in programmes:
        for way in record.village_ways(programme):
            village = way.village
            for figure in record.figures_of(way.baseline):
                if figure["status"] == "verified":
                    rows.append(
                        {
                            "periode": programme["slug"],
                            "data_contoh": programme["is_sample"],
                            "kode_desa": village["code"],
                            "desa_kelurahan": village["name"],
                            "jenis": village["kind"],
                            "kecamatan": record.district_of(village)["name"],
                            "tahun": figure["year"],
                            "sisa_ha": figure["area_ha"],
                            "baseline_ha": way.baseline["area_ha"],
                            "diverifikasi_pada": figure["verified_at"],
                            "per_tanggal": figure["as_of"],
                            "baseline_disimpulkan": way.baseline["is_inferred"],
                        }
                    )
    return sorted(rows, key=lambda row: (row["periode"], row["kode_desa"], row["tahun"]))


def wide_rows(record, programmes) -> list[dict]:
    """The rows of "angka-lebar": every village of a period, with a column for each year."""
    long = figure_rows(record, programmes)
    years = sorted({row["tahun"] for row in long})
    dated = sorted({row["tahun"] for row in long if row["per_tanggal"]})
    rows = []
    for programme in programmes:
        for way in record.village_ways(programme):
            village = way.village
            row = {
                "periode": programme["slug"],
                "data_contoh": programme["is_sample"],
                "kode_desa": village["code"],
                "desa_kelurahan": village["name"],
                "jenis": village["kind"],
                "kecamatan": record.district_of(village)["name"],
                "baseline_ha": way.baseline["area_ha"],
            }
            row |= {str(year): way.figures[year][0] if way.own(year) else None for year in years}
            row["baseline_disimpulkan"] = way.baseline["is_inferred"]
            for year in dated:
                row[f"{year}_per_tanggal"] = way.figures[year][2] if way.own(year) else None
            rows.append(row)
    return sorted(rows, key=lambda row: (row["periode"], row["kode_desa"]))


def village_rows(record, cities) -> list[dict]:
    """The rows of "desa": the villages of the cities, with and without a period."""
    rows = [
        {
            "kode_desa": village["code"],
            "desa_kelurahan": village["name"],
            "jenis": village["kind"],
            "kode_kecamatan": record.district_of(village)["code"],
            "kecamatan": record.district_of(village)["name"],
            "lintang": village["latitude"],
            "bujur": village["longitude"],
        }
        for village in record.villages.values()
        if record.region_of(village)["id"] in cities
    ]
    return sorted(rows, key=lambda row: row["kode_desa"])


def programme_rows(record, programmes) -> list[dict]:
    """The rows of "periode"."""
    names = {
        "periode": "slug",
        "nama": "name",
        "nomor_sk": "decree_number",
        "tanggal_sk": "decree_date",
        "tahun_baseline": "baseline_year",
        "luas_menurut_sk_ha": "declared_ha",
        "tahun_target": "target_year",
        "target_ha": "target_ha",
        "berjalan": "is_current",
        "data_contoh": "is_sample",
        "sumber": "source",
    }
    ordered = sorted(programmes, key=lambda each: (each["baseline_year"], each["slug"]))
    rows = [{column: each[name] for column, name in names.items()} for each in ordered]
    for row, each in zip(rows, ordered, strict=True):
        row[RECORDED] = row[DECREED]
        row["baseline_disimpulkan"] = any(
            baseline["is_inferred"]
            for baseline in record.rows.baselines
            if baseline["programme_id"] == each["id"]
        )
    return rows


DECREED, RECORDED = "luas_menurut_sk_ha", "total_tercatat_ha"


def told_apart(want: dict) -> dict:
    """Only a decree with a number declares a total; whatever is recorded has a column of its own."""
    if RECORDED not in want or want["nomor_sk"]:
        return want
    return {**want, DECREED: None}


def tables(record, programmes, cities) -> dict[str, list[dict]]:
    """Return the rows of each table of these periods and cities."""
    return {
        "angka-tahunan": figure_rows(record, programmes),
        "angka-lebar": wide_rows(record, programmes),
        "desa": village_rows(record, cities),
        "periode": programme_rows(record, programmes),
    }


def scopes(visit) -> list[tuple[str, list, set]]:
    """Return (query, periods that it offers, keys of its cities): of each period and each region."""
    found = [
        (f"periode={each['slug']}", [each], {each["region_id"]}) for each in visit.programmes()
    ]
    for region in visit.record.regions.values():
        cities = {each["id"] for each in visit.record.cities_in(region)}
        found.append((f"wilayah={region['code']}", real_ones(visit, region), cities))
    return found


def real_ones(visit, region) -> list[dict]:
    """Return the periods in a region that are no sample."""
    cities = [each["id"] for each in visit.record.cities_in(region)]
    return [
        each for each in visit.programmes() if each["region_id"] in cities and not each["is_sample"]
    ]


def open_data(visit, turn: int):
    """Every table of open data, its form another one each time: of each period and each region."""
    record = visit.record
    for place, (query, programmes, cities) in enumerate(scopes(visit)):
        wanted = tables(record, programmes, cities)
        for number, (key, rows) in enumerate(wanted.items()):
            form = FORMATS[(turn + place + number) % len(FORMATS)]
            address = f"/data/{key}.{form}?{query}"
            content = visit.get(address)
            expect_rows(visit, "open data", address, content, form, rows)


def geojson(visit, turn: int):
    """The villages of every period as GeoJSON."""
    record = visit.record
    for programme in visit.programmes():
        address = f"/data/desa.geojson?periode={programme['slug']}"
        page = Page("geojson", address, parse(""), visit.tally)
        features = json.loads(visit.get(address))["features"]
        city = record.regions[programme["region_id"]]
        villages = sorted(record.villages_in(city), key=lambda each: each["code"])
        page.compare("villages", [each["id"] for each in features], [v["code"] for v in villages])
        for feature, village in zip(features, villages, strict=False):
            said, want = feature["properties"], _properties(record, programme, village)
            for name, value in want.items():
                agrees = alike(said.get(name), value)
                page.compare(
                    f"{village['code']} {name}", value if agrees else said.get(name), value
                )
            for name in said.keys() - want.keys():
                if numbers(str(said[name])):
                    page.fault(f"{village['code']} {name}: {said[name]!r} is not expected")
            point = [float(village["longitude"]), float(village["latitude"])]
            page.compare(f"{village['code']} point", feature["geometry"]["coordinates"], point)


def _properties(record, programme, village) -> dict:
    known = record.baseline_of(programme, village) is not None
    facts = {
        "kode_desa": village["code"],
        "desa_kelurahan": village["name"],
        "jenis": village["kind"],
        "kecamatan": record.district_of(village)["name"],
        "periode": programme["slug"] if known else None,
        "data_contoh": programme["is_sample"] if known else None,
        "baseline_ha": None,
        "sisa_ha": None,
        "tahun": None,
        "per_tanggal": None,
        "baseline_disimpulkan": None,
    }
    if known:
        way = record.village_way(programme, village)
        facts["baseline_ha"] = way.baseline["area_ha"]
        facts["sisa_ha"] = float(way.left(9999))
        facts["tahun"] = max(way.figures, default=None)
        day = way.figures[facts["tahun"]][2] if way.figures else None
        facts["per_tanggal"] = day and day.isoformat()
        facts["baseline_disimpulkan"] = way.baseline["is_inferred"]
    return facts


def staff_export(visit, turn: int):
    """The office's export of figures in every state, of all periods and of each."""
    record = visit.record
    scopes = [("", visit.programmes())]
    scopes += [(f"?periode={each['slug']}", [each]) for each in visit.programmes()]
    for place, (query, programmes) in enumerate(scopes):
        form = FORMATS[:3][(turn + place) % 3]
        address = f"/data/isian.{form}{query}"
        content = visit.get(address, visit.world.bappeda)
        expected = _staff_rows(record, programmes)
        expect_rows(visit, "staff export", address, content, form, expected)


def _staff_rows(record, programmes) -> list[dict]:
    rows = []
    for programme in programmes:
        for way in record.village_ways(programme):
            village = way.village
            for figure in record.figures_of(way.baseline):
                rows.append(
                    {
                        "periode": programme["slug"],
                        "data_contoh": programme["is_sample"],
                        "kode_desa": village["code"],
                        "desa_kelurahan": record.village_name(village),
                        "kecamatan": record.district_of(village)["name"],
                        "tahun": figure["year"],
                        "sisa_ha": figure["area_ha"],
                        "baseline_ha": way.baseline["area_ha"],
                        "status": STATES[figure["status"]],
                        "catatan": figure["note"],
                        "alasan": figure["reason"],
                        "alasan_pengembalian": figure["return_reason"],
                        "diisi_pada": figure["entered_at"],
                        "diajukan_pada": figure["submitted_at"],
                        "diverifikasi_pada": figure["verified_at"],
                        "per_tanggal": figure["as_of"],
                        "baseline_disimpulkan": way.baseline["is_inferred"],
                        "_order": (-figure["year"], village["name"], figure["id"]),
                    }
                )
    rows.sort(key=lambda row: row["_order"])
    return [{name: row[name] for name in row if name != "_order"} for row in rows]


def downloads(visit, turn: int):
    """The drawings to take along: progress of periods and villages, maps."""
    record = visit.record
    for programme in visit.programmes():
        query = f"?periode={programme['slug']}"
        way = record.city_way(programme)
        if way is not None:
            _progress_file(visit, f"/grafik/kemajuan.svg{query}", way, programme)
        if way is not None and way.villages:
            page = _drawing(visit, f"/grafik/peta.svg{query}")
            progress_pages.expect_village_map(
                page, record, programme, OFFICIAL, "svg", 1, legend=False
            )
            page.compare("legend", _words(page), _map_legend(record, programme))
            page.done()
        for each in record.village_ways(programme):
            address = f"/grafik/desa/{each.village['code']}.svg{query}"
            way = record.one_village(programme, each.village)
            until = record.city_way(programme).last
            _progress_file(visit, address, way, programme, until)


def _drawing(visit, address) -> Page:
    return Page("drawing", address, parse(visit.get(address).decode()), visit.tally)


def _progress_file(visit, address, way, programme, until=0):
    page = _drawing(visit, address)
    heading, this_year = progress_pages.heading(way), visit.this_year
    drawing = next(each for each in page.root.all("svg") if "progress-chart" in each.classes)
    progress_pages.expect_drawing(page, drawing, way, this_year, (), until)
    page.take(".progress-chart circle")
    page.take(".progress-chart .chart-labels")
    page.expect(".progress-chart title", heading)
    page.expect(".progress-chart desc", progress_pages.description(way, this_year, (), until))
    page.expect("title", heading)
    notes = drawn_points.tail_note(way, until)
    notes += [each for note in progress_pages.notes_on_days(way) for each in note]
    notes += progress_pages.forecast(way, this_year)
    page.compare("words", _words(page), heading + notes)
    page.done()


def _words(page) -> list[str]:
    """Take the lines of words around a drawing, which are broken anywhere; return their numbers."""
    outer = page.root.all("svg")[0]
    lines = [each for each in page.blocks if each.element.parent is outer]
    page.blocks = [each for each in page.blocks if each not in lines]
    text = squeezed(" ".join(each.text for each in lines if each.element.tag == "text"))
    return numbers(without_known(text, lines[0])) if lines else []


def _map_legend(record, programme) -> list[str]:
    said = []
    for _, _, left, share in maps.districts(record, programme, OFFICIAL):
        said += [progress_pages.ha(left), *numbers(maps.change_words(share))]
    return said


KINDS = [open_data, geojson, staff_export, downloads]
