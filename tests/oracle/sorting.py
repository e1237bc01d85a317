"""In which order sortable tables stand, by each of their columns in both directions."""

from fractions import Fraction

from tests.oracle import progress_pages
from tests.oracle.ways import OFFICIAL, WITH_SUBMITTED, Way


def villages(visit, turn: int):
    """The list of villages of a period: equal ones by name, unknown ones before all others."""
    programmes = [each for each in visit.programmes() if visit.record.village_ways(each)]
    if not programmes:
        return
    programme = programmes[turn % len(programmes)]
    states, user = ((OFFICIAL, None), (WITH_SUBMITTED, visit.world.bappeda))[turn % 2]
    ways = visit.record.village_ways(programme, states)
    ways.sort(key=lambda each: (each.village["name"], each.village["code"]))
    whole = visit.record.city_way(programme, states)
    years = progress_pages.years_with_figures([whole])[-progress_pages.MOST_YEARS :]
    keys = {
        "nama": lambda each: each.village["name"],
        "kecamatan": lambda each: visit.record.district_of(each.village)["name"],
        "baseline": lambda each: Fraction(each.baseline["area_ha"]),
        "berkurang": lambda each: Way(each.first, [each], None).reduced_percent(each.last),
        "status": lambda each: max(each.figures, default=None),
    } | {str(year): lambda each, year=year: each.left(year) for year in years}
    suffix = "&sementara=1" if user else ""
    for key, value in keys.items():
        for sign in ("", "-"):
            address = f"/desa/?periode={programme['slug']}&urut={sign}{key}{suffix}"
            known = [each for each in ways if value(each) is not None]
            known.sort(key=value, reverse=bool(sign))
            unknown = [each for each in ways if value(each) is None]
            ordered = known + unknown if sign else unknown + known
            names = [visit.record.village_name(each.village) for each in ordered]
            _expect_order(visit, address, user, names, key, sign)


def parts(visit, turn: int):
    """The table of a province or the nation: unknown ones stand last in either direction."""
    record = visit.record
    regions = [each for each in record.regions.values() if each["kind"] in ("nation", "province")]
    region = regions[turn % len(regions)]
    found = progress_pages.parts_of(record, region)
    ways = [way for _, way in found if way]
    if not ways:
        return
    years = progress_pages.years_with_figures(ways)[-progress_pages.MOST_YEARS_OF_SUMS :]
    keys = {
        "nama": lambda part, way: part["name"].casefold(),
        "baseline": lambda part, way: way and way.start,
        "berkurang": lambda part, way: way and way.reduced_percent(way.last),
        "status": lambda part, way: way and way.status(),
        "verifikasi": lambda part, way: (
            Fraction(way.verified(way.last), len(way.villages)) if way and way.has_figures else None
        ),
    } | {
        str(year): lambda part, way, year=year: (
            way.left(min(year, way.last)) if way and year >= way.first else None
        )
        for year in years
    }
    for key, value in keys.items():
        for sign in ("", "-"):
            known = [each for each in found if value(*each) is not None]
            known.sort(key=lambda each: value(*each), reverse=bool(sign))
            unknown = [each for each in found if value(*each) is None]
            names = [record.region_name(part) for part, _ in known + unknown]
            address = f"/?wilayah={region['code']}&urut={sign}{key}"
            _expect_order(visit, address, None, names, key, sign)


def _expect_order(visit, address: str, user, names: list[str], key: str, sign: str):
    page = visit.page("order", address, user)
    (table,) = [each for each in page.root.all("table") if "villages" in each.classes]
    rows = [each for each in table.all("th") if each.attributes.get("scope") == "row"]
    page.compare(f"rows by {sign}{key}", [each.text() for each in rows], names)
    marked = [
        (each.attributes["aria-sort"], each.all("a")[0].attributes["href"])
        for each in table.all("th")
        if "aria-sort" in each.attributes
    ]
    direction = "descending" if sign else "ascending"
    fits = len(marked) == 1 and marked[0][0] == direction
    other = f"urut={'' if sign else '-'}{key}"
    fits = fits and other in marked[0][1].replace("&amp;", "&").partition("?")[2].split("&")
    page.compare(f"heading of {sign}{key}: {marked}", fits, True)


KINDS = [villages, parts]
