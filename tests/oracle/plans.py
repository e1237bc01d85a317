"""What the work plan would bring, recomputed RT by RT and village by village from plain rows.

An RT is its last verified assessment less what activities take off its criteria. What is done
counts until an assessment of its year or later, or the village's last figure, knows it; what is
cancelled never counts; what should be done by now but is not is expected this year.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tests.oracle.numbering import half_up
from tests.oracle.scores import SLUM, Score, counted
from tests.oracle.ways import OFFICIAL


@dataclass(frozen=True)
class Planned:
    """One RT: its result now, and what is still taken off its criteria: (year, key, volume)."""

    row: dict
    known: dict
    coming: list

    @property
    def now(self) -> Score:
        return Score(self.row, self.known)

    def at(self, year: int) -> Score:
        less = dict(self.known)
        for when, key, volume in self.coming:
            if when <= year:
                less[key] = less.get(key, Decimal(0)) + volume
        return Score(self.row, less)

    @property
    def then(self) -> Score:
        return self.at(max(year for year, _, _ in self.coming))

    @property
    def leaves(self) -> bool:
        return self.now.total >= SLUM > self.then.total


def improved(record, neighbourhoods, sample: bool, this_year: int, known: int) -> list[Planned]:
    """Return those of these RTs that the plan still improves; `known` is the last year in figures."""
    activities = {row["id"]: row for row in record.rows.activities}
    found = []
    for row in counted(record.rows.assessments, neighbourhoods, this_year):
        done, coming = {}, []
        for each in record.rows.improvements:
            work = activities[each["activity_id"]]
            if (
                each["neighbourhood_id"] != row["neighbourhood_id"]
                or work["is_sample"] != sample
                or work["status"] == "cancelled"
            ):
                continue
            key, volume, seen = each["criterion"], each["volume"], max(row["year"], known)
            if work["status"] != "done":
                coming.append((max(work["year"], seen + 1, this_year), key, volume))
            elif work["year"] > seen:
                coming.append((work["year"], key, volume))
            elif work["year"] > row["year"]:
                done[key] = done.get(key, Decimal(0)) + volume
        if coming:
            found.append(Planned(row, done, coming))
    return found


def of_village(record, programme, village, states, this_year) -> list[Planned]:
    """Return the RTs of a village that the plan improves after its last figure in a period."""
    sample = programme["is_sample"]
    ids = {
        row["id"]
        for row in record.rows.neighbourhoods
        if row["village_id"] == village["id"] and row["is_sample"] == sample
    }
    way = record.village_way(programme, village, states)
    return improved(record, ids, sample, this_year, way.last)


def path(record, programme, villages, states, this_year, start_year) -> list:
    """Return (year, hectares) of villages together; each loses no more than it has. [] for none."""
    ways = [record.village_way(programme, each, states) for each in villages]
    plans = [of_village(record, programme, each, states, this_year) for each in villages]
    years = [when for plan in plans for rt in plan for when, _, _ in rt.coming]
    start = sum((way.left(9999) for way in ways), Fraction(0))
    points = [(start_year, start)]
    for year in range(start_year + 1, max([start_year + 1, *years]) + 1):
        left = Fraction(0)
        for way, plan in zip(ways, plans, strict=True):
            gone = sum(
                (Fraction(rt.now.slum_ha) - Fraction(rt.at(year).slum_ha) for rt in plan),
                Fraction(0),
            )
            left += max(Fraction(0), way.left(9999) - Fraction(half_up(gone, 2), 100))
        points.append((year, left))
    return points if points[-1][1] < start else []


def city_path(record, programme, this_year, states=OFFICIAL) -> list:
    villages = [each.village for each in record.village_ways(programme)]
    start = record.city_way(programme, states).last
    return path(record, programme, villages, states, this_year, start)


def village_path(record, programme, village, this_year, states=OFFICIAL) -> list:
    start = record.village_way(programme, village, states).last
    return path(record, programme, [village], states, this_year, start)
