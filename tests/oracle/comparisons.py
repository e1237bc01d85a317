"""How a village compares with its city and the others, and which years have no figures."""

from datetime import date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from tests.oracle.numbering import ha, half_up, percent
from tests.oracle.ways import Way


def missing_years(programme: dict, way: Way) -> list[int]:
    """The years without any figure whose figures should have been handed in by today."""
    today = datetime.now(ZoneInfo("Asia/Jakarta")).date()
    if programme["is_closed"]:
        return []
    found = []
    for year in range(programme["baseline_year"] + 1, today.year + 1):
        due = date(year, 12, 31) + timedelta(days=programme["entry_days"])
        if not any(each.own(year) for each in way.villages) and today > due:
            found.append(year)
    return found


def missing(programme: dict, way: Way) -> list[str]:
    """The numbers of "Belum ada angka 2017 dan 2024–2025."."""
    return runs(missing_years(programme, way))


def runs(years: list[int]) -> list[str]:
    """The first and last of years that follow each other."""
    return [str(year) for year in years if not {year - 1, year + 1} <= {*years}]


def may_see(programme: dict, is_signed_in: bool) -> bool:
    return is_signed_in or programme["shows_ranks"]


def tenths(value: Fraction) -> int:
    return half_up(value, 1)


def beside_city(way: Way, city: Way) -> tuple[str, list[str]] | None:
    """What a village's page says of its pace beside the city's, and the numbers of the sentence."""
    mine, whole = way.reduced_percent(way.last), city.reduced_percent(way.last)
    if not way.has_figures or mine is None or whole is None:
        return None
    behind = tenths(mine) - tenths(whole)
    word = (
        "Secepat kota" if not behind else f"Lebih {'lambat' if behind < 0 else 'cepat'} dari kota"
    )
    said = [str(city.first), str(way.last)] + ([percent(abs(whole))] if tenths(whole) else [])
    return word, said


def ranked(ways: dict, until: int = 9999) -> dict:
    """Return key → place by reduction up to a year, of those with figures; equal ones share it."""
    known = {
        key: tenths(way.reduced_percent(until))
        for key, way in ways.items()
        if any(each.first < year <= until for each in way.villages for year in each.figures)
        and way.reduced_percent(until) is not None
    }
    return {key: 1 + sum(other > mine for other in known.values()) for key, mine in known.items()}


def rank(record, programme: dict, village: dict, states) -> list[str]:
    """The numbers of "13 dari 14 menurut persen, sampai 2018"; [] where there is nothing to rank."""
    ways = {
        each.village["id"]: Way(each.first, [each], None)
        for each in record.village_ways(programme, states)
    }
    until = ways[village["id"]].last
    places = ranked(ways, until)
    if village["id"] not in places or len(places) < 2:
        return []
    return [str(places[village["id"]]), str(len(places)), str(until)]


def period_gaps(record, programme: dict, way: Way, states) -> list[list[str]]:
    """The numbers of the box on what the newest total stands on, line by line."""
    if not way.villages:
        return []
    absent = missing(programme, way)
    newest = str(way.last)
    due = _due(programme)
    if not way.has_figures or not way.carried(way.last):
        return [absent, due] if absent else []
    counted = len(way.villages) - way.carried(way.last)
    lines = [[newest], [str(counted), str(len(way.villages))]]
    older = {each.last for each in record.village_ways(programme, states) if not each.own(way.last)}
    lines += [[str(year)] for year in sorted(older, reverse=True) if year > way.first]
    return [*lines, absent + (due if absent else [])]


def village_gaps(programme: dict, way: Way, city: Way) -> list[list[str]]:
    """The numbers of the same box on a village's page."""
    absent = missing(programme, way)
    if not city.has_figures or city.last <= way.last:
        return [absent]
    own = [str(way.last)] if way.has_figures else []
    return [[str(city.last)], [*own, ha(way.now), str(city.last)], absent]


def _due(programme: dict) -> list[str]:
    """The year of "Angka 2026 diajukan paling lambat …", of which the date itself is no figure."""
    year = datetime.now(ZoneInfo("Asia/Jakarta")).year
    takes = not programme["is_closed"] and programme["baseline_year"] < year
    return [str(year)] if takes else []
